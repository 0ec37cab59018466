from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import tenant_context

from audit.models import Entry
from audit.services import verify_chain
from forms.errors import SheetIncomplete
from notifications.models import Notification
from opium.errors import Conflict
from outbox.models import Job
from procedures import registry, tasks
from procedures.errors import (
    ActionIncomplete,
    ActionNotAvailable,
    CaseChangedMeanwhile,
    CaseClosed,
)
from procedures.models import Case, Event, Vote
from procedures.services import steps
from tests.factories import procedures as made
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_submission_to_its_end(procedure, head, unit, clerk, boss):
    case = made.submitted(procedure, head, unit)
    assert (case.stage, case.version, case.ball_side) == ("ocena", 2, "office")

    case = made.perform(case, clerk, "complete")
    assert (case.stage, case.state) == ("zgoda", Case.State.OPEN)

    case = made.perform(case, boss, "approved")
    assert (case.stage, case.state, case.meaning) == ("koniec", "closed", "positive")
    assert case.closed_at is not None
    assert case.ball_side == Case.Side.NOBODY
    assert list(
        Event.objects.filter(case=case).values_list("number", "action", "from_stage", "to_stage")
    ) == [
        (1, "open", "", "nabor"),
        (2, "submitted", "nabor", "ocena"),
        (3, "complete", "ocena", "zgoda"),
        (4, "approved", "zgoda", "koniec"),
    ]
    assert not made.waiting(case).exists()


def test_a_step_leaves_rows_an_event_an_entry_and_a_job(case, clerk):
    event = steps.perform(actor=clerk, case=case, action="complete", reason="Wszystko jest.")

    assert (event.number, event.part, event.function) == (
        3,
        "referent",
        "Referent prowadzący",
    )
    assert (event.reason, event.outcome, event.actor_name) == (
        "Wszystko jest.",
        "complete",
        "Ewa Lis",
    )
    entry = Entry.objects.latest("id")
    assert (entry.right, entry.target_id) == ("procedures.act_in_case", str(case.pk))
    assert (entry.before, entry.after) == (
        {"stage": "Ocena"},
        {"action": "complete", "label": "Complete", "event": 3, "stage": "Zgoda"},
    )
    job = Job.objects.filter(task="procedures.tell_event").latest("created_at")
    assert job.args == [str(event.pk)]


def test_the_ball_passes_to_whoever_is_waited_for(case, clerk, boss):
    waiting = made.waiting(case).get()
    assert (waiting.function, waiting.what, waiting.who) == (
        "referent",
        "Sprawdź formalnie",
        "Referent prowadzący",
    )

    made.perform(case, clerk, "complete")

    waiting.refresh_from_db()
    assert waiting.done_at is not None
    assert waiting.closed_in == 3
    assert made.waiting(case).get().function == "kierownik"


def test_an_incomplete_application_is_not_submitted(procedure, head, unit):
    case = made.opened(procedure, head, unit)

    with pytest.raises(SheetIncomplete) as refusal:
        steps.perform(actor=head, case=case, action="submitted")

    assert [error.field for error in refusal.value.errors] == ["tytul"]
    case = made.fresh(case)
    assert (case.stage, case.version) == ("nabor", 1)


def test_whoever_looks_at_an_old_version_is_told_who_was_faster(case, clerk):
    other = made.officer("referent", first_name="Olga", last_name="Mak")
    steps.perform(actor=other, case=case, action="complete", version=2)

    with pytest.raises(CaseChangedMeanwhile, match="Olga Mak: „Complete”") as refusal:
        steps.perform(actor=clerk, case=case, action="complete", version=2)
    assert "Sprawa jest teraz w etapie „Zgoda”" in str(refusal.value)

    with pytest.raises(ActionNotAvailable, match="Olga Mak: „Complete”"):
        steps.perform(actor=clerk, case=case, action="complete")
    assert made.fresh(case).version == 3


def test_a_closed_case_takes_no_more_steps(case, clerk, boss):
    made.perform(case, clerk, "complete")
    made.perform(case, boss, "approved")

    with pytest.raises(CaseClosed):
        steps.perform(actor=boss, case=case, action="approved")


def test_a_required_reason_is_asked_for(case, clerk):
    with pytest.raises(ActionIncomplete) as refusal:
        steps.perform(actor=clerk, case=case, action="rejected", reason="   ")
    assert [(one.field, one.detail) for one in refusal.value.errors] == [("reason", "Podaj powód.")]
    assert made.fresh(case).stage == "ocena"

    made.perform(case, clerk, "rejected", reason="Po terminie.")
    assert made.fresh(case).meaning == "negative"


def test_what_a_kind_asks_for_is_validated(case, clerk):
    with pytest.raises(ActionIncomplete) as refusal:
        steps.perform(actor=clerk, case=case, action="incomplete", data={"sekcje": ["obca"]})

    assert {error.field for error in refusal.value.errors} == {"data.sekcje", "data.wezwanie"}


def test_a_send_back_cancels_the_approvals_before_it(clerk, boss, head, unit):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent"),
        made.stage("zgoda", "approval", "kierownik"),
        made.stage("podpis", "approval", "dyrektor"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "zgoda"),
        made.way("zgoda", "approved", "podpis"),
        made.way("podpis", "approved", "koniec"),
        made.way("podpis", "returned", "ocena"),
    ]
    director = made.officer("dyrektor")
    case = made.submitted(made.published(stages, ways), head, unit)
    case = made.perform(case, clerk, "complete")
    case = made.perform(case, boss, "approved")
    assert Vote.objects.get(case=case).is_valid

    case = made.perform(case, director, "returned", reason="Inny termin.")

    assert (case.stage, case.round) == ("ocena", 2)
    assert list(
        Vote.objects.filter(case=case).order_by("pk").values_list("verdict", "is_valid")
    ) == [
        ("approved", False),
        ("returned", False),
    ]
    case = made.perform(case, clerk, "complete")
    assert case.stage == "zgoda"
    case = made.perform(case, boss, "approved")
    assert case.stage == "podpis"
    assert list(Vote.objects.filter(case=case, is_valid=True).values_list("person", "stage")) == [
        (boss.pk, "zgoda")
    ]


def test_a_correction_opens_the_chosen_section_and_keeps_the_versions(case, clerk, head):
    case = made.perform(
        case, clerk, "incomplete", data={"sekcje": ["dane"], "wezwanie": "Dopisz miasto."}
    )

    assert (case.stage, case.ball_side, case.sheet.state) == ("poprawa", "applicant", "draft")
    assert case.sheet.asks_correction["sections"] == ["dane"]
    assert case.sheet.asks_correction["sentence"] == "Dopisz miasto."
    case = made.answered(case, tytul="Teatr w Bydgoszczy")
    event = steps.perform(actor=head, case=case, action="corrected")
    assert event.sheet_version == 2
    assert list(case.sheet.versions.values_list("number", "answers__tytul")) == [
        (1, "Teatr"),
        (2, "Teatr w Bydgoszczy"),
    ]


def test_a_withdrawn_application_closes_the_case(procedure, head, unit):
    case = made.opened(procedure, head, unit)

    case = made.perform(case, head, "withdrawn")

    assert (case.state, case.meaning) == ("closed", "withdrawn")


def test_a_condition_chooses_the_way(head, unit, clerk):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent"),
        made.stage("rada", "approval", "kierownik"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "rada", key="duze", condition="kwota > 1000"),
        made.way("nabor", "submitted", "ocena", key="male"),
        made.way("ocena", "complete", "koniec"),
        made.way("rada", "approved", "koniec"),
    ]
    procedure = made.published(stages, ways)

    large = made.answered(made.opened(procedure, head, unit), tytul="Most", kwota="5000.00")
    small = made.answered(made.opened(procedure, head, unit), tytul="Ławka", kwota="500.00")

    assert made.perform(large, head, "male").stage == "rada"
    assert made.perform(small, head, "duze").stage == "ocena"


def test_those_waited_for_and_the_applicant_are_told(case, clerk, boss, head):
    event = steps.perform(actor=clerk, case=case, action="complete")

    for _ in range(2):
        tasks.tell_event(str(event.pk))

    told = Notification.objects.filter(kind__startswith="procedures.")
    assert set(told.values_list("person", "kind")) == {
        (boss.pk, "procedures.case_waits"),
        (head.pk, "procedures.case_moved"),
    }
    assert told.get(person=boss.pk).url == f"/procedures/cases/{case.pk}"


def test_who_plays_the_function_without_the_right_to_act_is_not_told(case, clerk, boss, head):
    titular = made.person_with(made.Permission.VIEW_CASES)
    made.holder("kierownik", titular)
    event = steps.perform(actor=clerk, case=case, action="complete")

    tasks.tell_event(str(event.pk))
    tasks.tell_effect(str(event.pk), "kierownik", "Wpłynęła faktura")

    told = Notification.objects.filter(kind__startswith="procedures.")
    assert sorted(told.values_list("person", "kind")) == sorted(
        [
            (boss.pk, "procedures.case_waits"),
            (boss.pk, "procedures.case_moved"),
            (head.pk, "procedures.case_moved"),
        ]
    )


def test_an_effect_that_fails_leaves_nothing(head, unit, clerk, monkeypatch):
    def fail(*_):
        raise Conflict("Pula jest pusta.")

    monkeypatch.setitem(
        registry._effects, "tests.fail", registry.RegisteredEffect("tests.fail", "Próba", fail)
    )
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("zgoda", "approval", "referent"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "zgoda"),
        made.way("zgoda", "approved", "koniec", effects=[{"kind": "tests.fail"}]),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)
    before = (Event.objects.count(), Entry.objects.count(), Job.objects.count())

    with pytest.raises(Conflict, match="Pula jest pusta"):
        steps.perform(actor=clerk, case=case, action="approved")

    case = made.fresh(case)
    assert (case.stage, case.version) == ("zgoda", 2)
    assert (Event.objects.count(), Entry.objects.count(), Job.objects.count()) == before
    assert not Vote.objects.exists()


def test_the_log_cannot_be_changed_or_removed_in_the_database(case):
    for sql in (
        "UPDATE procedures_event SET reason = 'inny'",
        "DELETE FROM procedures_event",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_step_costs_the_same_queries_early_and_late(case, clerk, head, django_assert_num_queries):
    with django_assert_num_queries(27):
        case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    for _ in range(5):
        case = made.perform(case, head, "corrected")
        case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    case = made.perform(case, head, "corrected")
    # the clerk's rights are known by now
    with django_assert_num_queries(24):
        made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_press_at_once_one_wins(city):
    with tenant_context(city):
        case, people = _contested()

    def press(person):
        try:
            with tenant_context(city):
                steps.perform(actor=person, case=case, action="complete", version=2)
        except Conflict as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(50) as pool:
        results = list(pool.map(press, people))

    assert results.count("won") == 1
    assert sum("Odśwież stronę" in one for one in results) == 49
    with tenant_context(city):
        numbers = list(Event.objects.filter(case=case).values_list("number", flat=True))
        assert numbers == [1, 2, 3]
        assert made.fresh(case).version == 3
        assert made.waiting(case).count() == 1
        assert verify_chain().holds


def _contested():
    unit = UnitFactory()
    case = made.submitted(made.published(), made.head_of(unit), unit)
    return case, [made.officer("referent") for _ in range(50)]
