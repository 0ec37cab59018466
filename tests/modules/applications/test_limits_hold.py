"""What a call asks holds by whatever way an application comes to count, and at each change."""

import pytest

from modules.applications import services
from modules.applications.errors import PersonReached
from modules.applications.selectors.counting import Used, used_by_units
from procedures.errors import NothingToUndo, ProcedureNotOpen
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.directory import UnitFactory
from tests.factories.procedures import SIMPLE, way

pytestmark = pytest.mark.django_db


def call_with(**limits):
    """What is sent back for correction may be withdrawn in it."""
    stages, ways = SIMPLE
    ways = [*ways, way("poprawa", "withdrawn", "wycofane", key="rezygnacja")]
    return made.published(procedures.published(stages, ways), made.rules(limits=limits))


def sent_back(application):
    """The officer asks for corrections."""
    officer = procedures.officer("referent")
    return procedures.perform(
        procedures.fresh(application.case), officer, "incomplete", reason="Popraw."
    )


def withdrawn(application, head):
    return procedures.perform(sent_back(application), head, "rezygnacja")


def used(call, unit):
    return used_by_units([call.pk], [unit.pk])[call.pk, unit.pk]


def test_a_withdrawal_is_undone_only_where_the_limit_leaves_a_place(unit, head):
    call = call_with(per_unit=1)
    first = withdrawn(made.handed_in(call, head, unit), head)
    second = made.handed_in(call, head, unit)

    with pytest.raises(NothingToUndo) as refusal:
        steps.undo(actor=head, case=first)

    assert str(refusal.value) == (
        "Tego kroku nie można cofnąć. Wykorzystano już cały limit (1 z 1)."
    )
    assert (procedures.fresh(first).stage, used(call, unit)) == ("wycofane", Used(0, 1))
    withdrawn(second, head)
    steps.undo(actor=head, case=first)
    assert (procedures.fresh(first).stage, used(call, unit)) == ("poprawa", Used(0, 1))


def test_a_withdrawn_draft_comes_back_only_where_one_more_might_be_begun(unit, head):
    call = call_with(per_unit=1)
    first = procedures.perform(made.begun(call, head, unit).case, head, "withdrawn")
    made.begun(call, head, unit)

    with pytest.raises(NothingToUndo, match=r"\(1 z 1, w tym 1 szkic\)"):
        steps.undo(actor=head, case=first)
    assert used(call, unit) == Used(1, 0)


def test_a_withdrawal_is_not_undone_once_another_unit_has_applied_for_the_person(unit, head):
    call = call_with(per_person=1, person_questions=["tytul"])
    first = withdrawn(made.handed_in(call, head, unit, tytul="Jan Kowalski"), head)
    other = UnitFactory()
    made.handed_in(call, procedures.head_of(other), other, tytul="JAN KOWALSKI")

    with pytest.raises(NothingToUndo, match=r"Dla tej samej osoby złożono już inny wniosek"):
        steps.undo(actor=head, case=first)
    assert procedures.fresh(first).stage == "wycofane"


def test_a_correction_makes_no_second_application_for_the_same_person(unit, head):
    call = call_with(per_person=1, person_questions=["tytul"])
    made.handed_in(call, head, unit, tytul="Jan Kowalski")
    other = UnitFactory()
    head_there = procedures.head_of(other)
    second = made.handed_in(call, head_there, other, tytul="Anna Nowak")
    before = second.person_digest

    case = procedures.answered(sent_back(second), tytul="jan kowalski")
    with pytest.raises(PersonReached, match="a odpowiedzi są zachowane"):
        procedures.perform(case, head_there, "corrected")

    kept = made.again(second)
    assert (kept.case.stage, kept.case.sheet.state) == ("poprawa", "draft")
    assert kept.case.sheet.answers["tytul"] == "jan kowalski"
    assert kept.person_digest == before


def test_a_correction_counts_for_the_person_it_names_and_frees_the_one_before(unit, head):
    call = call_with(per_person=1, person_questions=["tytul"])
    first = made.handed_in(call, head, unit, tytul="Jan Kowalski")

    case = procedures.answered(sent_back(first), tytul="Anna Nowak")
    procedures.perform(case, head, "corrected")

    assert made.again(first).submitted_at == first.submitted_at
    assert made.handed_in(call, head, unit, tytul="Jan Kowalski").case.stage == "ocena"
    with pytest.raises(PersonReached):
        made.handed_in(call, head, unit, tytul="Anna Nowak")


def excluding(call, clerk, *units):
    """A published change after which these units may not apply."""
    audience = {"all_units": True, "except_units": [str(one.pk) for one in units]}
    services.change_call(actor=clerk, call=call, content={"rules": made.rules(audience=audience)})
    services.publish_call(actor=clerk, call=call)


def test_a_unit_excluded_by_a_later_change_hands_in_nothing_and_keeps_its_draft(unit, head, clerk):
    call = made.published(actor=clerk, title="Granty")
    other = UnitFactory()
    mine, theirs = (
        made.begun(call, head, unit),
        made.begun(call, procedures.head_of(other), other),
    )
    in_time = made.handed_in(call, head, unit)
    excluding(call, clerk, unit)

    with pytest.raises(ProcedureNotOpen) as refusal:
        made.hand_in(mine, head, tytul="Spóźniony")

    assert str(refusal.value) == (
        "Nabór „Granty” nie jest już dla tej jednostki. "
        "Wniosku nie złożono, a szkic jest zachowany."
    )
    kept = made.again(mine)
    assert (kept.case.stage, kept.case.sheet.state) == ("nabor", "draft")
    assert kept.case.sheet.answers["tytul"] == "Spóźniony"
    assert made.hand_in(theirs, theirs.case.opened_by).case.stage == "ocena"
    assert procedures.perform(sent_back(in_time), head, "corrected").stage == "ocena"


def test_whoever_applies_for_themselves_is_excluded_with_their_unit(unit, head, clerk):
    call = made.published(procedures.published(applicant="person"), actor=clerk, title="Stypendia")
    colleague = procedures.head_of(UnitFactory())
    mine, theirs = made.begun(call, head), made.begun(call, colleague)
    excluding(call, clerk, unit)

    with pytest.raises(ProcedureNotOpen, match="„Stypendia” nie jest już dla Twojej jednostki"):
        made.hand_in(mine, head)
    assert made.again(mine).case.stage == "nabor"
    assert made.hand_in(theirs, colleague).case.stage == "ocena"
