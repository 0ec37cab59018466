"""The applicant asks the office and the office the applicant, in a thread of the case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Assignment, Substitution
from files.models import File
from notifications.models import Notification
from opium.errors import NotFound
from opium.permissions import MissingPermission
from procedures.models import Exclusion
from procedures.permissions import Permission
from procedures.services import steps, ties
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.factories.keys import program_of
from threads import selectors, services
from threads.errors import NoGroup, ThreadClosed
from threads.models import Thread
from threads.services import entrusted
from todo.models import Waiting
from todo.selectors import todo_of

pytestmark = pytest.mark.django_db
KIND = "procedures.case"
QUESTIONS = ("procedures.question_to_office", "procedures.question_to_applicant")


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 7")


@pytest.fixture
def head(unit):
    return made.head_of(unit, first_name="Jan", last_name="Dyrektor")


@pytest.fixture
def clerk():
    return made.officer("referent", first_name="Ewa", last_name="Lis")


@pytest.fixture
def case(head, unit):
    return made.submitted(made.published(), head, unit)


def write(actor, case, text="Jaki termin faktury?", *, asks=True):
    return services.write_post(
        actor=actor, kind=KIND, subject_id=case.pk, text=text, wants_answer=asks
    )


def side(actor, case):
    try:
        return selectors.thread_of(actor, KIND, case.pk).side
    except (NotFound, MissingPermission):
        return None


def questions(person):
    rows = todo_of(again(person)).filter(code__in=QUESTIONS)
    return [(row.what, row.url) for row in rows]


def test_a_question_of_the_unit_waits_for_whoever_has_the_case(head, clerk, case):
    boss = made.officer("kierownik")
    services.tell_post(write(head, case))

    url = f"/procedures/cases/{case.pk}"
    assert questions(clerk) == [("Odpowiedz na pytanie wnioskodawcy", url)]
    assert questions(boss) == questions(head) == []
    assert Notification.objects.filter(person=clerk, kind="threads.post", url=url).exists()
    assert not Notification.objects.filter(person=boss, kind="threads.post").exists()

    write(clerk, case, "Do końca roku.", asks=False)

    assert questions(clerk) == []


def test_a_question_of_the_office_waits_for_the_unit(head, clerk, case):
    services.tell_post(write(clerk, case, "Ilu uczniów?"))

    [(what, _)] = questions(head)
    assert what == "Odpowiedz na pytanie urzędu"
    assert Notification.objects.filter(person=head, kind="threads.post").exists()
    write(head, case, "Trzydziestu.", asks=False)
    assert questions(head) == []


def test_while_the_applicant_has_the_case_a_question_goes_to_who_had_it_last(head, clerk, case):
    made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})

    write(head, made.fresh(case))

    assert [what for what, _ in questions(clerk)] == ["Odpowiedz na pytanie wnioskodawcy"]


def test_a_substitute_of_the_office_answers_and_one_whose_days_are_over_sees_nothing(
    head, clerk, case
):
    today = timezone.localdate()
    substitute, former = PersonFactory(), PersonFactory()
    for one, end in ((substitute, today), (former, today - timedelta(days=1))):
        Substitution.objects.create(
            person=clerk, substitute=one, starts_on=today - timedelta(days=3), ends_on=end
        )
    write(head, case)

    assert (side(substitute, case), side(former, case)) == ("office", None)
    write(substitute, case, "Do końca roku.", asks=False)
    with pytest.raises(NotFound):
        write(former, case)


def test_whoever_no_longer_sees_the_case_sees_no_thread(head, clerk, case, api):
    stranger = made.head_of(UnitFactory(short_name="SP nr 9"))
    write(head, case)
    url = f"/api/v1/threads/about/{KIND}/{case.pk}/"
    assert (side(head, case), side(clerk, case)) == ("outside", "office")
    gone = timezone.localdate() - timedelta(days=1)
    Assignment.objects.filter(person__in=[head, clerk]).update(valid_to=gone)

    for one in (stranger, again(head), again(clerk), person_with()):
        assert side(one, case) is None
        assert api(one).get(url).status_code == 404
        assert api(one).post(url, {"text": "A ja?"}).status_code == 404
    assert api().get(url).status_code == 401


def test_a_key_needs_both_rights(head, case):
    write(head, case)

    assert side(program_of(head, Permission.OPEN_CASE), case) is None
    assert side(program_of(head, "threads.take_part"), case) is None
    assert side(program_of(head, Permission.OPEN_CASE, "threads.take_part"), case) == "outside"


def scored_by(member, head, unit):
    card = forms.published(
        forms.question("punkty", "number", required=True, options={"min": "0", "max": "10"}),
        name="Karta oceny",
    )
    made.holder("komisja", member)
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("formalna", "formal_check", "referent"),
        made.stage(
            "ocena", "scoring", "komisja", form=str(card.pk), parameters={"points": "punkty"}
        ),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "formalna"),
        made.way("formalna", "complete", "ocena"),
        made.way("ocena", "scored", "koniec"),
    ]
    return made.submitted(made.published(stages, ways), head, unit)


def test_a_member_of_a_committee_sees_the_case_and_not_its_thread(head, unit, clerk, api):
    member = person_with(Permission.ACT_IN_CASE)
    case = scored_by(member, head, unit)
    made.perform(case, clerk, "complete")
    write(head, case)
    seen = f"/api/v1/procedures/cases/{case.pk}/"
    assert api(member).get(seen).status_code == 200

    assert side(member, case) is None
    assert questions(member) == []
    assert [what for what, _ in questions(clerk)] == ["Odpowiedz na pytanie wnioskodawcy"]
    with pytest.raises(NotFound):
        write(member, case)


def test_whoever_is_excluded_never_sees_the_thread_whatever_they_may_view(head, unit, clerk):
    member = made.officer()
    case = scored_by(member, head, unit)
    made.perform(case, clerk, "complete")
    write(head, case)
    assert side(member, case) == "office"

    Exclusion.objects.create(
        case=case, person=member, reason="rodzina", is_declared=True, excluded_in=case.version
    )

    assert side(again(member), case) is None
    with pytest.raises(NotFound):
        write(again(member), case)


def test_a_question_waits_for_nobody_who_was_excluded_before_it(head, unit, clerk, api):
    member, other = made.officer("referent"), made.officer("referent")
    case = scored_by(member, head, unit)
    made.perform(case, clerk, "complete")
    case = made.perform(made.fresh(case), again(member), "declare_conflict", reason="Kuzyn.")
    write(head, case)

    assert questions(member) == []
    waiting = api(again(member)).get("/api/v1/todo/waiting/").json()
    assert (waiting["count"], waiting["results"]) == (0, [])
    assert len(questions(clerk)) == len(questions(other)) == 1


def test_a_question_stops_waiting_for_whoever_is_excluded_and_comes_back_with_the_undoing(
    head, unit, clerk
):
    member = made.officer("referent")
    case = scored_by(member, head, unit)
    made.perform(case, clerk, "complete")
    write(head, case)
    assert len(questions(member)) == 1

    case = made.perform(made.fresh(case), again(member), "declare_conflict", reason="Kuzyn.")
    assert (questions(member), len(questions(clerk))) == ([], 1)

    steps.undo(actor=again(member), case=case)
    assert len(questions(member)) == len(questions(clerk)) == 1


def test_a_question_stops_waiting_for_whoever_declares_a_tie(head, unit, clerk):
    member = made.officer("referent")
    case = scored_by(member, head, unit)
    made.perform(case, clerk, "complete")
    write(head, case)

    ties.declare_tie(actor=member, name="SP 1", unit_id=unit.pk)
    steps.renew_waiting(case=made.fresh(case))

    assert (questions(member), len(questions(clerk))) == ([], 1)


def test_a_case_that_has_ended_keeps_its_thread_and_takes_nothing_more(head, clerk, case):
    write(head, case)
    made.perform(case, clerk, "rejected", reason="Po terminie.")

    shown = selectors.thread_of(head, KIND, case.pk)
    assert (len(shown.posts), shown.may_write) == (1, False)
    assert shown.closed == "Ta sprawa jest zakończona."
    assert not Waiting.objects.filter(done_at=None, code__in=QUESTIONS).exists()
    with pytest.raises(ThreadClosed):
        write(head, case)


def test_an_answer_about_a_case_is_shown_to_nobody_else(head, clerk, case):
    write(head, case)
    post = write(clerk, case, "Do końca roku.", asks=False)

    assert not selectors.thread_of(clerk, KIND, case.pk).may_show
    with pytest.raises(NoGroup):
        services.show_answer(actor=clerk, post=post, question="Kiedy?")


def test_a_trial_that_is_thrown_away_leaves_no_thread_nor_its_files(head, case):
    file = uploaded(head, "pytanie.pdf")
    services.write_post(
        actor=head, kind=KIND, subject_id=case.pk, text="", files=[file.pk], wants_answer=True
    )

    entrusted.forget(KIND, [case.pk])

    assert not Thread.objects.exists()
    assert not File.objects.filter(pk=file.pk).exists()
    assert not Waiting.objects.filter(code__in=QUESTIONS).exists()
