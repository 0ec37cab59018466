"""An appeal with its own form, term and reasons that somebody else decides; nothing reopens."""

from datetime import datetime, time, timedelta

import pytest

from forms.selectors import sheets_of
from opium.calendar import CITY_TIME, day_of
from outbox import services as outbox
from outbox.models import Job
from procedures.checking import check
from procedures.definition import read
from procedures.errors import ActionIncomplete, ActionNotAvailable
from procedures.pages import page_of
from procedures.services import steps
from procedures.simulation import Simulation
from procedures.waits import OWNER
from tests.factories import forms
from tests.factories import procedures as made
from tests.procedures.documents import TODAY

pytestmark = pytest.mark.django_db
LETTER = forms.question("czego_dotyczy", required=True)


def stages(form, **parameters):
    return [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent"),
        made.stage("zgoda", "approval", "kierownik"),
        made.stage(
            "odwolanie", "appeal", "applicant", form=form, deadline={"days": 14}, name="Odwołanie"
        ),
        made.stage("ponownie", "reconsideration", "kierownik", parameters=parameters),
        made.end(),
        made.end("odmowa", "negative"),
    ]


WAYS = [
    made.way("nabor", "submitted", "ocena"),
    made.way("ocena", "complete", "zgoda"),
    made.way("ocena", "rejected", "odwolanie", key="odrzuc"),
    made.way("zgoda", "approved", "koniec"),
    made.way("zgoda", "refused", "odwolanie", key="odmow"),
    made.way("odwolanie", "appealed", "ponownie"),
    made.way("odwolanie", "resigned", "odmowa"),
    made.way("odwolanie", "timeout", "odmowa"),
    made.way("ponownie", "changed", "koniec"),
    made.way("ponownie", "upheld", "odmowa"),
]


@pytest.fixture
def other():
    return made.officer("kierownik", first_name="Iza", last_name="Inna")


def refused(head, unit, clerk, boss, **parameters):
    """A case that the boss has refused, in which an appeal is possible."""
    letter = forms.published(LETTER, name="Odwołanie")
    procedure = made.published(stages(str(letter.pk), **parameters), WAYS)
    case = made.perform(made.submitted(procedure, head, unit), clerk, "complete")
    return made.perform(case, boss, "odmow")


def appealed(case, head):
    [sheet] = sheets_of(OWNER, [case.pk]).filter(purpose="odwolanie/1")
    forms.services.save_answers(
        actor=head, sheet=sheet, changes={"czego_dotyczy": "Kwota"}, draft_version=1
    )
    return made.perform(case, head, "appealed", data={"uzasadnienie": "Błąd w rachunku."})


DECIDED = {"data": "2026-11-23", "uzasadnienie": "Racja."}


def test_the_applicant_appeals_on_a_form_of_its_own_and_the_application_stays(
    head, unit, clerk, boss
):
    case = refused(head, unit, clerk, boss)
    assert (case.ball_side, case.sheet.state) == ("applicant", "submitted")
    with pytest.raises(ActionIncomplete) as refusal:
        steps.perform(actor=head, case=case, action="appealed")
    assert [one.field for one in refusal.value.errors] == ["data.uzasadnienie"]

    case = appealed(case, head)

    assert (case.stage, case.sheet.state, case.sheet.version) == ("ponownie", "submitted", 1)
    letter = sheets_of(OWNER, [case.pk]).get(purpose="odwolanie/1")
    assert (letter.state, letter.answers) == ("submitted", {"czego_dotyczy": "Kwota"})
    told = {one.label: one.value for one in page_of(boss, case.pk).findings}
    assert told["Uzasadnienie odwołania"] == "Błąd w rachunku."


def test_who_has_refused_does_not_decide_again(head, unit, clerk, boss, other):
    case = appealed(refused(head, unit, clerk, boss), head)

    with pytest.raises(ActionNotAvailable, match="z Twoim udziałem"):
        steps.perform(actor=boss, case=case, action="changed", data=DECIDED)
    assert {one.blocked != "" for one in page_of(boss, case.pk).actions} == {True}
    assert {one.blocked for one in page_of(other, case.pk).actions} == {""}
    assert made.perform(case, other, "changed", data=DECIDED).meaning == "positive"


def test_nobody_who_decided_anywhere_may_decide_where_the_procedure_says_so(
    head, unit, clerk, boss
):
    made.holder("kierownik", clerk)
    by_last = appealed(refused(head, unit, clerk, boss), head)
    assert made.perform(by_last, clerk, "upheld", data=DECIDED).meaning == "negative"

    by_any = appealed(refused(head, unit, clerk, boss, may_not="all"), head)
    with pytest.raises(ActionNotAvailable, match="z Twoim udziałem"):
        steps.perform(actor=clerk, case=by_any, action="upheld", data=DECIDED)


def test_the_same_person_may_where_the_procedure_says_so(head, unit, clerk, boss):
    case = appealed(refused(head, unit, clerk, boss, may_not="nobody"), head)
    assert made.perform(case, boss, "upheld", data=DECIDED).stage == "odmowa"


def test_after_the_term_there_is_no_appeal(head, unit, clerk, boss):
    case = refused(head, unit, clerk, boss)
    after = datetime.combine(day_of(case.due_at), time(6), CITY_TIME) + timedelta(days=1)

    assert steps.plan_time_decisions(at=after) == 1
    for job in Job.objects.filter(task="procedures.let_time_decide", done_at=None):
        assert outbox.run_job(str(job.pk))

    case = made.fresh(case)
    assert (case.state, case.meaning) == ("closed", "negative")


def test_an_appeal_does_not_lie_ahead_of_who_has_not_been_refused(head, unit, clerk, boss):
    letter = forms.published(LETTER, name="Odwołanie")
    case = made.submitted(made.published(stages(str(letter.pk)), WAYS), head, unit)
    assert [one.key for one in page_of(head, case.pk).path] == ["nabor", "ocena", "zgoda"]


def test_the_simulator_has_somebody_else_decide():
    procedure = read(
        made.document(stages(""), WAYS, applicant="unit", functions=("referent", "kierownik"))
    )
    assert check(procedure) == []
    walk = Simulation.begin(procedure, today=TODAY)
    for action in ("submitted", "complete", "odmow"):
        walk = walk.take(next(one for one in walk.choices() if one.action == action))
    refusing = {one.who.id for one in walk.choices()}
    reasons = {"uzasadnienie": "Błąd."}
    walk = walk.take(next(one for one in walk.choices() if one.action == "appealed"), reasons)

    open_to = {one.who.id for one in walk.choices() if not one.blocked}
    blocked = {one.blocked for one in walk.choices() if one.blocked}
    assert len(open_to) >= 1
    assert refusing.isdisjoint(open_to)
    assert all("z Twoim udziałem" in one for one in blocked)
