import pytest

from forms.models import Sheet
from procedures import registry
from procedures.errors import CaseChangedMeanwhile, NothingToUndo
from procedures.models import Event, Opinion, Vote
from procedures.services import steps
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_maker_takes_the_last_step_back(case, clerk):
    before = made.fresh(case)
    waiting = made.waiting(case).get()
    made.perform(case, clerk, "complete")

    event = steps.undo(actor=clerk, case=case)

    after = made.fresh(case)
    assert (after.stage, after.round, after.due_at) == (before.stage, 1, before.due_at)
    assert (after.ball_side, after.ball_since) == (before.ball_side, before.ball_since)
    assert (after.entered, after.facts) == (before.entered, before.facts)
    assert made.waiting(case).get() == waiting
    assert (event.number, event.action, event.label) == (4, "undo", "Cofnięto: Complete")
    assert event.undoes.number == 3
    assert list(Event.objects.filter(case=case).values_list("number", flat=True)) == [1, 2, 3, 4]


def test_what_was_undone_can_be_done_again(case, clerk):
    made.perform(case, clerk, "complete")
    steps.undo(actor=clerk, case=case)

    case = made.perform(case, clerk, "complete")

    assert (case.stage, case.round, case.version) == ("zgoda", 1, 5)


def test_nobody_else_takes_a_step_back(case, clerk):
    other = made.officer("referent")
    made.perform(case, clerk, "complete")

    with pytest.raises(NothingToUndo, match="Ewa Lis"):
        steps.undo(actor=other, case=case)


def test_a_step_is_not_taken_back_once_somebody_has_acted(case, clerk, boss):
    made.perform(case, clerk, "complete")
    made.perform(case, boss, "returned", reason="Nie.")

    with pytest.raises(NothingToUndo, match="Adam Nowak"):
        steps.undo(actor=clerk, case=case)


def test_an_undoing_is_not_undone(case, clerk):
    made.perform(case, clerk, "complete")
    steps.undo(actor=clerk, case=case)

    with pytest.raises(NothingToUndo):
        steps.undo(actor=clerk, case=case)


def test_undoing_an_old_version_is_refused(case, clerk):
    made.perform(case, clerk, "complete")

    with pytest.raises(CaseChangedMeanwhile):
        steps.undo(actor=clerk, case=case, version=2)


def test_a_vote_that_closed_the_case_is_taken_back_with_it(case, clerk, boss):
    made.perform(case, clerk, "complete")
    case = made.perform(case, boss, "approved")
    assert not case.is_open

    steps.undo(actor=boss, case=case)

    case = made.fresh(case)
    assert (case.state, case.meaning, case.closed_at) == ("open", "", None)
    assert Vote.objects.get(case=case).is_valid is False
    assert made.perform(case, boss, "approved").meaning == "positive"


def test_a_step_that_did_what_cannot_be_taken_back_stands(head, unit, clerk, monkeypatch):
    kind = "tests.tell_a_ministry"
    effect = registry.RegisteredEffect(kind, "Próba", lambda *_: None)
    monkeypatch.setitem(registry._effects, kind, effect)
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent"),
        made.stage("zgoda", "approval", "kierownik"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena", effects=[{"kind": "notify"}]),
        made.way("ocena", "complete", "zgoda", effects=[{"kind": "notify"}, {"kind": kind}]),
        made.way("zgoda", "approved", "koniec"),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)
    steps.undo(actor=head, case=case)
    case = made.perform(case, head, "submitted")
    case = made.perform(case, clerk, "complete")

    with pytest.raises(NothingToUndo):
        steps.undo(actor=clerk, case=case)
    assert made.fresh(case).stage == "zgoda"


def test_undoing_a_send_back_brings_the_approvals_back(clerk, boss, head, unit):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("zgoda", "approval", "referent"),
        made.stage("podpis", "approval", "kierownik"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "zgoda"),
        made.way("zgoda", "approved", "podpis"),
        made.way("podpis", "approved", "koniec"),
        made.way("podpis", "returned", "zgoda"),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)
    made.perform(case, clerk, "approved")
    made.perform(case, boss, "returned")
    assert not Vote.objects.filter(is_valid=True).exists()

    steps.undo(actor=boss, case=case)

    assert made.fresh(case).stage == "podpis"
    assert Vote.objects.get(is_valid=True).person == clerk
    assert not made.perform(case, boss, "approved").is_open


def test_a_submission_taken_back_is_open_again_and_its_version_stays(case, head):
    steps.undo(actor=head, case=case)

    case = made.fresh(case)
    assert (case.stage, case.sheet.state, case.sheet.version) == ("nabor", Sheet.State.DRAFT, 1)
    event = steps.perform(actor=head, case=case, action="submitted")
    assert event.sheet_version == 2


def test_a_call_for_correction_is_taken_back_until_the_applicant_begins(case, clerk, head):
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    steps.undo(actor=clerk, case=case)

    case = made.fresh(case)
    assert (case.stage, case.sheet.state, case.sheet.version) == ("ocena", "submitted", 1)

    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    made.answered(case, tytul="Nowy")
    with pytest.raises(NothingToUndo, match="zaczął już poprawiać"):
        steps.undo(actor=clerk, case=case)


def test_an_opinion_asked_by_mistake_is_taken_back(head, unit, clerk):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("opinie", "opinion", "referent"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "opinie"),
        made.way("opinie", "opinions_in", "koniec"),
    ]
    case = made.submitted(made.published(stages, ways), head, unit)
    asked = {"osoba": str(PersonFactory().pk), "tresc": "Czy warto?"}
    made.perform(case, clerk, "ask_opinion", data=asked)

    steps.undo(actor=clerk, case=case)

    assert Opinion.objects.get().revoked_at is not None
    assert made.waiting(case).get().function == "referent"
