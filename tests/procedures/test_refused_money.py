"""What was refused holds no money, even while the matter goes on."""

import pytest

from budget import selectors as budget
from procedures.services import steps
from tests.factories import budget as pots
from tests.factories import procedures as made

pytestmark = pytest.mark.django_db
POT = made.from_pots("granty")
DECIDING = {"with_amount": True, "without_number": True}


@pytest.fixture
def left():
    """What is left of a pot of a thousand."""
    pot = pots.pot("1000.00", code="granty")
    return lambda: str(budget.figures_of([pot.pk])[pot.pk].left)


def a_second_word(kind, granted, refused, **parameters):
    """Money is divided, and then spoken of once more; a refusal can be appealed against."""
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("podzial", "allocation", "kierownik", parameters=POT),
        made.stage("drugi", kind, "kierownik", parameters=POT | parameters),
        made.stage("odwolanie", "formal_check", "kierownik"),
        made.end(),
    ]
    ways = [
        made.way("nabor", "submitted", "podzial"),
        made.way("podzial", "allocated", "drugi"),
        made.way("drugi", granted, "koniec"),
        made.way("drugi", refused, "odwolanie"),
        made.way("odwolanie", "complete", "koniec"),
    ]
    return made.published(stages, ways)


def refused_after_a_grant(procedure, head, unit, boss, **press):
    case = made.submitted(procedure, head, unit)
    case = made.perform(case, boss, "allocated", data={"kwota": "600.00"})
    return made.perform(case, boss, **press)


def test_an_allocation_of_nothing_gives_back_what_was_granted_before(left, head, unit, boss):
    procedure = a_second_word("allocation", "allocated", "none")

    case = refused_after_a_grant(procedure, head, unit, boss, action="none")

    assert (case.stage, left()) == ("odwolanie", "1000.00")
    steps.undo(actor=boss, case=case)
    assert left() == "400.00"


def test_a_refusing_decision_gives_back_what_was_granted_before(left, head, unit, boss):
    procedure = a_second_word("decision", "granted", "refused", **DECIDING)
    said = {"data": "2026-11-30", "uzasadnienie": "Brak środków."}

    case = refused_after_a_grant(procedure, head, unit, boss, action="refused", data=said)

    assert (case.stage, left()) == ("odwolanie", "1000.00")
    steps.undo(actor=boss, case=case)
    assert left() == "400.00"
