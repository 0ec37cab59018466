"""The unit's side: what is open, how many are left, and what the closing second refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Assignment, Substitution
from modules.applications import services
from modules.applications.errors import CallNotOpen, NotCopyable
from modules.applications.models import Application
from modules.applications.permissions import Permission
from modules.applications.selectors import openings_for
from opium.permissions import MissingPermission
from procedures.errors import NothingToUndo, ProcedureNotOpen
from procedures.models import Case
from procedures.permissions import Permission as Procedures
from procedures.selectors import beginnings_for, start_for
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import GroupFactory, MembershipFactory, UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db


def place(actor, unit=None):
    """The only place of the only opening that the actor sees."""
    [opening] = openings_for(actor)
    [found] = [one for one in opening.places if unit is None or one.unit_id == unit.pk]
    return found


def test_a_unit_sees_what_is_open_until_when_and_how_many_are_left(unit, head):
    call = made.published(said=made.rules(limits={"per_unit": 3}))
    made.handed_in(call, head, unit)

    found = place(head)

    assert (found.may, found.left, found.limit) == (True, 2, 3)
    assert found.sentence == "Zostało 2 z 3."
    assert found.closes_at == call.edition.said.rounds[0].closes_at
    case = Application.objects.get().case
    assert (case.unit_id, case.revision, case.intake) == (
        unit.pk,
        call.revision,
        "applications.call",
    )


def test_a_limit_is_of_the_unit_of_its_kind_and_of_chosen_units(head, unit):
    special, extra = UnitFactory(kind=UnitKindFactory(code="poradnia")), UnitFactory()
    limits = {
        "per_unit": 1,
        "per_kind": [{"kind": special.kind.code, "number": 6}],
        "extra": [{"unit": str(extra.pk), "number": 2}],
    }
    made.published(said=made.rules(limits=limits))

    assert place(head).limit == 1
    assert place(procedures.head_of(special)).limit == 6
    assert place(procedures.head_of(extra)).limit == 3


def test_a_draft_counts_what_is_withdrawn_does_not(unit, head):
    call = made.published(said=made.rules(limits={"per_unit": 1}))
    application = made.begun(call, head, unit)

    with pytest.raises(CallNotOpen, match=r"\(1 z 1, w tym 1 szkic\)"):
        made.begun(call, head, unit)
    procedures.perform(application.case, head, "withdrawn")
    assert made.begun(call, head, unit)


def test_only_eligible_units_see_the_call_as_messages_would_reach_them(unit, head):
    group = GroupFactory(units=[unit])
    other = UnitFactory()
    call = made.published(said=made.rules(audience={"groups": [str(group.pk)]}))
    stranger = procedures.head_of(other)

    assert openings_for(stranger) == []
    with pytest.raises(CallNotOpen, match="nie jest dla tej jednostki"):
        made.begun(call, stranger, other)
    group.units.set([other])
    assert openings_for(head) == []
    assert place(stranger).may


def test_nobody_begins_for_a_unit_in_which_they_may_not(unit, head):
    call = made.published()

    for person in (PersonFactory(), procedures.head_of(UnitFactory()), made.clerk()):
        with pytest.raises(MissingPermission):
            made.begun(call, person, unit)
    assert not Application.objects.exists()


def test_a_substitute_hands_in_and_somebody_whose_role_ended_begins_nothing(unit, head):
    call = made.published()
    application = made.begun(call, head, unit)
    substitute = PersonFactory()
    today = timezone.localdate()
    Substitution.objects.create(person=head, substitute=substitute, starts_on=today, ends_on=today)

    assert made.hand_in(application, again(substitute)).case.stage == "ocena"
    Assignment.objects.filter(person=head).update(valid_to=today - timedelta(days=1))
    assert openings_for(again(head)) == []
    with pytest.raises(MissingPermission):
        made.begun(call, again(head), unit)


def test_a_matter_of_a_procedure_with_calls_opens_by_a_call_alone(unit, head):
    procedure = procedures.published()
    assert [one.id for one in beginnings_for(head)] == [procedure.pk]
    made.published(procedure)

    assert beginnings_for(head) == []
    start = start_for(head, procedure, unit_id=unit.pk)
    assert (start.may, start.sentence[:40]) == (False, "Wnioski w tej procedurze składa się w na")
    with pytest.raises(ProcedureNotOpen, match="składa się w naborach"):
        procedures.opened(procedure, head, unit)
    assert not Case.objects.exists()


def test_the_last_second_is_in_and_the_closing_second_is_out_with_the_servers_time(unit, head):
    closes_at = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    said = made.rules(made.window(closes_at=closes_at.isoformat()))
    call = made.published(said=said)
    early, late = made.begun(call, head, unit), made.begun(call, head, unit)

    with time_machine.travel(closes_at - timedelta(microseconds=1), tick=False):
        assert made.hand_in(early, head).case.stage == "ocena"
    with time_machine.travel(closes_at, tick=False):
        with pytest.raises(ProcedureNotOpen) as refusal:
            made.hand_in(late, head, tytul="Spóźniony")
        with pytest.raises(CallNotOpen, match="Nabór zakończył się"):
            made.begun(call, head, unit)

    at = timezone.localtime(closes_at).strftime("%d.%m.%Y, %H:%M:%S")
    assert str(refusal.value) == (
        f"Nabór zakończył się {at}. Według zegara serwera jest {at}. "
        "Wniosku nie złożono, a szkic jest zachowany."
    )
    late = made.again(late)
    assert (late.case.stage, late.case.sheet.state) == ("nabor", "draft")
    assert late.case.sheet.answers["tytul"] == "Spóźniony"
    assert (late.submitted_at, made.again(early).submitted_at is None) == (None, False)


def test_what_came_before_the_closing_second_is_in_however_long_it_waited_for_an_answer(
    unit, head, api, settings
):
    closes_at = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    call = made.published(said=made.rules(made.window(closes_at=closes_at.isoformat())))
    settings.TRUSTED_PROXIES = 1

    def press(came_at, title):
        case = procedures.answered(made.begun(call, head, unit).case, tytul=title)
        noted = {"HTTP_X_REQUEST_START": f"t={came_at:.3f}"}
        with time_machine.travel(closes_at + timedelta(seconds=40), tick=False):
            return api(head).post(
                f"/api/v1/procedures/cases/{case.pk}/perform/",
                {"action": "submitted"},
                format="json",
                **noted,
            )

    closing = closes_at.timestamp()
    answer = press(closing - 0.002, "W ostatniej chwili")
    assert (answer.status_code, answer.json()["stage"]["key"]) == (200, "ocena")
    in_time = Application.objects.exclude(submitted_at=None).get()
    assert closes_at - timedelta(seconds=1) < in_time.submitted_at < closes_at
    for late in (closing, closing + 1000, closing - 100):
        assert press(late, "Po czasie").status_code == 409
    settings.TRUSTED_PROXIES = 0
    assert press(closing - 0.002, "Słowo przeglądarki").status_code == 409


def test_a_kind_of_units_has_a_deadline_of_its_own(unit, head):
    now = timezone.now().replace(microsecond=0)
    longer = UnitFactory(kind=UnitKindFactory(code="przedszkole"))
    own = {"kinds": [longer.kind.code], "people": False}
    own["closes_at"] = (now + timedelta(days=20)).isoformat()
    said = made.rules(made.window(days=15, own_deadlines=[own]))
    call = made.published(said=said)
    other = procedures.head_of(longer)

    assert place(head).closes_at < place(other).closes_at == now + timedelta(days=20)
    with time_machine.travel(now + timedelta(days=16), tick=False):
        assert not place(head).may
        assert made.handed_in(call, other, longer).case.stage == "ocena"


def test_an_application_is_handed_in_within_its_own_round(unit, head):
    now = timezone.now().replace(microsecond=0)
    first = made.window("jesien", "Jesień", days=5)
    second = made.window(
        "wiosna",
        "Wiosna",
        opens_at=(now + timedelta(days=10)).isoformat(),
        closes_at=(now + timedelta(days=20)).isoformat(),
    )
    call = made.published(said=made.rules(first, second))
    old = made.begun(call, head, unit)

    with time_machine.travel(now + timedelta(days=7), tick=False):
        assert place(head).sentence.startswith("Nabór zacznie się")
    with time_machine.travel(now + timedelta(days=12), tick=False):
        with pytest.raises(ProcedureNotOpen, match="Nabór zakończył się"):
            made.hand_in(old, head)
        new = made.begun(call, head, unit, copied_from=old)
        assert (old.round, new.round) == ("jesien", "wiosna")
        assert made.hand_in(new, head).case.stage == "ocena"


def test_what_was_handed_in_is_not_taken_back_where_it_could_not_be_handed_in_again(unit, head):
    call = made.published()
    application = made.handed_in(call, head, unit)

    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        with pytest.raises(NothingToUndo, match="nie dałoby się złożyć ponownie"):
            steps.undo(actor=head, case=application.case)
    steps.undo(actor=head, case=application.case)
    assert made.again(application).case.stage == "nabor"
    assert made.hand_in(application, head).case.stage == "ocena"


def test_a_limit_lowered_after_drafts_were_begun_holds_when_they_are_handed_in(unit, head, clerk):
    call = made.published(said=made.rules(limits={"per_unit": 2}), actor=clerk)
    first, second = made.begun(call, head, unit), made.begun(call, head, unit)
    services.change_call(
        actor=clerk, call=call, content={"rules": made.rules(limits={"per_unit": 1})}
    )
    services.publish_call(actor=clerk, call=call)

    made.hand_in(first, head)
    with pytest.raises(CallNotOpen, match="1 z 1"):
        made.hand_in(second, head)
    assert made.again(second).case.sheet.state == "draft"


def test_people_who_apply_for_themselves_have_their_own_limit_and_deadline():
    now = timezone.now().replace(microsecond=0)
    own = {"kinds": [], "people": True, "closes_at": (now + timedelta(days=5)).isoformat()}
    procedure = procedures.published(applicant="person")
    said = made.rules(made.window(own_deadlines=[own]), limits={"per_unit": 1})
    unit = UnitFactory()
    call = made.published(procedure, said)
    person, colleague = procedures.head_of(unit), procedures.head_of(unit)

    application = made.handed_in(call, person)

    assert (application.unit, application.applicant) == (None, person)
    assert (place(person).may, place(colleague).may) == (False, True)
    assert place(colleague).closes_at == now + timedelta(days=5)


def test_an_old_application_is_copied_without_files_and_statements(unit, head):
    asked = forms.published(
        forms.question("tytul"),
        forms.question("kwota", "money"),
        forms.question("zgoda", "statement", options={"wording": "Zgadzam się."}),
    )
    call = made.published(procedures.published(form=asked))
    old = made.begun(call, head, unit)
    procedures.answered(old.case, tytul="Teatr", kwota="100.00", zgoda={"accepted": True})

    new = made.begun(call, head, unit, copied_from=made.again(old))

    assert made.again(new).case.sheet.answers == {"tytul": "Teatr", "kwota": "100.00"}
    assert new.copied_from == old
    elsewhere = made.published(procedures.published(name="Inna"))
    with pytest.raises(NotCopyable):
        made.begun(elsewhere, head, unit, copied_from=made.again(old))


def test_a_trial_call_is_seen_by_whoever_runs_calls_alone_and_binds_nobody(unit, head):
    procedure = procedures.published()
    call = made.published(procedure, is_test=True)
    runner = person_with(Permission.MANAGE_CALLS, Procedures.OPEN_CASE)
    MembershipFactory(person=runner, unit=unit)

    assert openings_for(head) == []
    with pytest.raises(CallNotOpen):
        made.begun(call, head, unit)
    assert place(runner).may
    assert procedures.opened(procedure, head, unit)


def test_what_is_open_takes_the_same_queries_for_one_call_and_for_many(
    unit, head, django_assert_num_queries
):
    made.published()
    openings_for(again(head))
    with django_assert_num_queries(7):
        assert len(openings_for(again(head))) == 1
    for number in range(5):
        made.published(procedures.published(name=f"Procedura {number}"))
    with django_assert_num_queries(7):
        assert len(openings_for(again(head))) == 6
