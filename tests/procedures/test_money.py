"""What the steps of a case book in the pots, and what gives it back."""

from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budget import selectors as budget
from budget.errors import PotOverdrawn
from budget.models import Entry
from budget.permissions import Permission as Budget
from procedures.errors import ActionNotAvailable, ProcedureFaulty, ProcedureNotOpen
from procedures.pages import page_of
from procedures.selectors.simulating import walk
from procedures.services import designing, steps
from procedures.waits import OWNER
from tests.factories import budget as pots
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db


def a_grant(*codes, returned_to="ocena", **parameters):
    """A procedure that allocates from the pots, decides, and settles."""
    asked = forms.published()
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "kierownik"),
        made.stage(
            "podzial", "allocation", "kierownik", parameters=made.from_pots(*codes, **parameters)
        ),
        made.stage("zgoda", "approval", "kierownik", parameters={"author_may_approve": True}),
        made.stage("rozliczenie", "settlement", "kierownik"),
        made.end(),
        made.end("odmowa", "negative"),
        made.end("wycofane", "withdrawn"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("nabor", "withdrawn", "wycofane"),
        made.way("ocena", "complete", "podzial"),
        made.way("ocena", "rejected", "odmowa"),
        made.way("podzial", "allocated", "zgoda"),
        made.way("podzial", "none", "odmowa"),
        made.way("zgoda", "approved", "rozliczenie"),
        made.way("zgoda", "returned", returned_to),
        made.way("zgoda", "refused", "odmowa"),
        made.way("rozliczenie", "settled", "koniec"),
        made.way("rozliczenie", "incomplete", "rozliczenie"),
    ]
    return made.published(stages, ways, form=asked)


@pytest.fixture
def pot():
    return pots.pot("1000.00", code="granty")


@pytest.fixture
def grants(pot):
    return a_grant("granty", requested="kwota")


@pytest.fixture
def another(grants, head, unit, boss):
    """One more case that waits for its money; it asks for 800."""
    return lambda: _allocating(grants, head, unit, boss)


@pytest.fixture
def allocating(another):
    """A case that waits for its money; it asks for 800."""
    return another()


def _allocating(procedure, head, unit, boss, asked="800.00"):
    case = made.submitted(procedure, head, unit, kwota=asked)
    return made.perform(case, boss, "complete")


def figures(pot):
    found = budget.figures_of([pot.pk])[pot.pk]
    names = ("asked", "granted", "settled", "returned", "left")
    return {name: str(getattr(found, name)) for name in names if getattr(found, name)}


def test_granting_books_in_the_step_with_whoever_pressed(allocating, boss, pot, unit):
    made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})

    entry = Entry.objects.get(kind="granted")
    assert (entry.pot, entry.amount, entry.owner_kind, entry.owner_id, entry.unit_id) == (
        pot, Decimal("600.00"), OWNER, allocating.pk, unit.pk,
    )  # fmt: skip
    assert (entry.made_by, entry.key) == (boss, f"{made.fresh(allocating).version}:grant")
    assert figures(pot) == {"asked": "800.00", "granted": "600.00", "left": "400.00"}


def test_nobody_needs_a_right_of_the_budget_to_take_a_step_that_grants(allocating, boss):
    assert not boss.reach(Budget.BOOK_ENTRIES)

    made.perform(allocating, boss, "allocated", data={"kwota": "1.00"})


def test_nothing_is_booked_by_a_step_that_is_refused(allocating, boss, pot):
    pots.book("grant", pots.repair(), (pot, "300.00"))

    with pytest.raises(ActionNotAvailable, match=r"przekracza pulę: zostało 700,00"):
        made.perform(allocating, boss, "allocated", data={"kwota": "700.01"})
    with pytest.raises(ActionNotAvailable, match=r"wyższa niż wnioskowana"):
        made.perform(allocating, boss, "allocated", data={"kwota": "800.01"})

    assert not Entry.objects.filter(owner_id=allocating.pk, kind="granted").exists()


@pytest.mark.parametrize(
    ("action", "left"), [("refused", "1000.00"), ("returned", "1000.00"), ("approved", "400.00")]
)
def test_a_refusal_and_a_return_release_and_an_approval_does_not(
    allocating, boss, pot, action, left
):
    case = made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})

    made.perform(case, boss, action, reason="Tak")

    assert figures(pot)["left"] == left


@pytest.mark.parametrize("target", ["podzial", "ocena"])
def test_a_case_that_was_returned_holds_what_it_is_granted_anew_and_nothing_before(
    head, unit, boss, pot, target
):
    procedure = a_grant("granty", returned_to=target, requested="kwota")
    case = _allocating(procedure, head, unit, boss)
    case = made.perform(case, boss, "allocated", data={"kwota": "600.00"})

    case = made.perform(case, boss, "returned", reason="Za dużo")

    assert (case.stage, figures(pot)["left"]) == (target, "1000.00")
    if target == "ocena":
        case = made.perform(case, boss, "complete")
    case = made.perform(case, boss, "allocated", data={"kwota": "200.00"})
    made.perform(case, boss, "approved")
    assert figures(pot)["left"] == "800.00"


def test_no_money_for_one_leaves_it_to_others(allocating, another, boss, pot):
    other = another()
    made.perform(allocating, boss, "none")

    made.perform(other, boss, "allocated", data={"kwota": "800.00"})

    assert figures(pot)["left"] == "200.00"


def test_undoing_the_grant_gives_the_money_back_and_both_stay_in_the_ledger(allocating, boss, pot):
    case = made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})

    steps.undo(actor=boss, case=case)

    assert figures(pot) == {"asked": "800.00", "left": "1000.00"}
    amounts = Entry.objects.filter(kind="granted").order_by("id").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("600.00"), Decimal("-600.00")]
    made.perform(case, boss, "allocated", data={"kwota": "500.00"})
    assert figures(pot)["granted"] == "500.00"


def test_undoing_a_refusal_takes_the_money_again_or_is_refused_where_it_is_gone(
    allocating, another, boss, pot
):
    case = made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})
    refused = made.perform(case, boss, "returned", reason="Od nowa")
    steps.undo(actor=boss, case=refused)
    assert figures(pot)["left"] == "400.00"

    again = made.perform(refused, boss, "returned", reason="Od nowa")
    other = another()
    made.perform(other, boss, "allocated", data={"kwota": "700.00"})

    with pytest.raises(PotOverdrawn, match=r"zostało 300,00.*potrzeba 600,00"):
        steps.undo(actor=boss, case=again)
    assert made.fresh(again).stage == "ocena"


def test_withdrawing_takes_back_what_was_asked_for(grants, head, unit, boss, pot):
    case = made.submitted(grants, head, unit, kwota="800.00")
    assert figures(pot)["asked"] == "800.00"
    steps.undo(actor=head, case=case)
    assert "asked" not in figures(pot)
    made.perform(case, head, "submitted")
    steps.undo(actor=head, case=case)

    made.perform(case, head, "withdrawn")

    assert "asked" not in figures(pot)


def test_last_years_grants_do_not_block_this_years_call(grants, head, unit, boss, pot):
    case = _allocating(grants, head, unit, boss)
    made.perform(case, boss, "allocated", data={"kwota": "800.00"})
    next_year = pot.year + 1
    pots.pot("900.00", code="granty", year=next_year)

    with time_machine.travel(f"{next_year}-03-01 12:00:00+00:00"):
        new = _allocating(grants, head, unit, boss)
        made.perform(new, boss, "allocated", data={"kwota": "800.00"})

    assert {one.pot.year: one.amount for one in Entry.objects.filter(kind="granted")} == {
        pot.year: Decimal("800.00"), next_year: Decimal("800.00"),
    }  # fmt: skip


def test_after_a_stage_has_another_key_no_more_is_granted_than_the_pot_holds(
    grants, head, unit, boss, pot
):
    case = _allocating(grants, head, unit, boss)
    made.perform(case, boss, "allocated", data={"kwota": "800.00"})
    renamed = _renamed(grants, "podzial", "przydzial")
    made.revised(grants, renamed)

    other = _allocating(grants, head, unit, boss)

    with pytest.raises(ActionNotAvailable, match=r"zostało 200,00"):
        made.perform(other, boss, "allocated", data={"kwota": "200.01"})
    made.perform(other, boss, "allocated", data={"kwota": "200.00"})
    assert "left" not in figures(pot)


def _renamed(procedure, old, new):
    document = procedure.revisions.latest("number").definition
    for stage in document["stages"]:
        stage["key"] = new if stage["key"] == old else stage["key"]
    for way in document["transitions"]:
        way["from"] = new if way["from"] == old else way["from"]
        way["to"] = new if way["to"] == old else way["to"]
    return document


@pytest.mark.parametrize(
    ("target", "left"),
    [
        (None, "400.00"),
        ("ocena", "1000.00"),
        ("rozliczenie", "400.00"),
        ("odmowa", "1000.00"),
        ("koniec", "400.00"),
    ],
)
def test_a_case_moved_before_its_grant_releases_it_and_one_moved_behind_it_does_not(
    allocating, boss, pot, target, left
):
    case = made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})
    revision = made.revised(case.procedure, case.revision.definition)
    maker = person_with("procedures.manage_procedures")

    steps.move_case(actor=maker, case=case, revision=revision, stage_key=target)

    assert figures(pot)["left"] == left


def test_the_settlement_books_what_was_spent_and_what_came_back(allocating, head, boss, pot):
    case = made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})
    case = made.perform(case, boss, "approved")
    case = made.perform(case, head, "file_report")
    with pytest.raises(ActionNotAvailable, match=r"przyznano 600,00"):
        made.perform(case, boss, "settled", data={"kwota": "550.00", "zwrot": "50.01"})

    case = made.perform(case, boss, "settled", data={"kwota": "550.00", "zwrot": "50.00"})

    assert not case.is_open
    assert figures(pot) == {
        "asked": "800.00", "granted": "600.00", "settled": "550.00", "returned": "50.00",
        "left": "450.00",
    }  # fmt: skip


def test_a_loop_of_the_settlement_keeps_the_grant(allocating, head, boss, pot):
    case = made.perform(allocating, boss, "allocated", data={"kwota": "600.00"})
    case = made.perform(made.perform(case, boss, "approved"), head, "file_report")

    made.perform(case, boss, "incomplete", reason="Brak faktury")

    assert figures(pot)["granted"] == "600.00"


def test_an_award_of_two_pots_is_a_row_of_each_and_is_settled_from_each_to_the_grosz(
    head, unit, boss
):
    first, second = pots.pot("100.00", code="miasto"), pots.pot("50.00", code="wojewoda")
    case = _allocating(a_grant("miasto", "wojewoda"), head, unit, boss)
    given = {"kwota_1": "100.00", "kwota_2": "50.00"}
    case = made.perform(case, boss, "allocated", data=given)
    case = made.perform(made.perform(case, boss, "approved"), head, "file_report")

    made.perform(case, boss, "settled", data={"kwota": "100.01", "zwrot": "0.02"})

    found = [budget.figures_of([one.pk])[one.pk] for one in (first, second)]
    assert [(one.granted, one.settled, one.returned) for one in found] == [
        (Decimal("100.00"), Decimal("66.67"), Decimal("0.01")),
        (Decimal("50.00"), Decimal("33.34"), Decimal("0.01")),
    ]
    assert case.facts["podzial"]["kwota"] == "150.00"


def test_a_matter_is_not_opened_before_its_pot_is_there(grants, head, unit, pot):
    with time_machine.travel(f"{pot.year + 1}-01-02 12:00:00+00:00"):
        with pytest.raises(ProcedureNotOpen, match=rf"na {pot.year + 1} r.*„granty”"):
            made.opened(grants, head, unit)


def test_a_stage_may_draw_on_the_next_years_budget(head, unit, boss):
    year = timezone.localdate().year + 1
    pot = pots.pot("100.00", code="przyszle", year=year)
    case = _allocating(a_grant("przyszle", year=str(year)), head, unit, boss)

    made.perform(case, boss, "allocated", data={"kwota": "100.00"})

    assert figures(pot)["granted"] == "100.00"


def test_whoever_grants_reads_what_is_left_and_what_the_case_holds_counts_as_left(
    allocating, boss, pot
):
    pots.book("reserve", pots.repair(), (pot, "300.00"))

    def told():
        page = page_of(boss, allocating.pk)
        button = next(one for one in page.actions if one.action == "allocated")
        return button.fields["sections"][0]["questions"][0]["help"]

    assert told() == f"Pula „{pot.name}”: zostało 700,00\xa0zł."


def test_the_ledger_names_a_case_to_those_alone_who_may_see_it(allocating, boss, pot):
    made.perform(allocating, boss, "allocated", data={"kwota": "1.00"})
    finance = person_with(Budget.VIEW_POTS)

    def told(actor):
        entries = list(budget.entries_of(actor, pot.pk).filter(kind="granted"))
        return budget.owners_of(actor, entries)[OWNER, allocating.pk]

    assert (told(finance).label, told(finance).name, told(finance).url) == ("Sprawa", "", "")
    both = person_with(Budget.VIEW_POTS, "procedures.view_cases")
    assert told(both).name == str(allocating)


def test_a_draft_that_names_a_pot_which_is_not_there_is_not_published(grants, pot):
    maker = person_with("procedures.manage_procedures")
    draft = grants.revisions.get().definition
    draft["stages"][2]["parameters"] = made.from_pots("inne")
    type(grants).objects.filter(pk=grants.pk).update(draft=draft)
    grants.refresh_from_db()

    with pytest.raises(ProcedureFaulty, match="nie można jeszcze opublikować") as refusal:
        designing.publish_procedure(actor=maker, procedure=grants)
    assert any("„inne”" in one.detail for one in refusal.value.errors)


def test_the_simulator_plays_with_what_is_left_in_the_citys_pots(grants, pot):
    maker = person_with("procedures.manage_procedures")
    pots.book("grant", pots.repair(), (pot, "990.00"))

    walked = walk(maker, grants, steps=[])

    assert walked.simulation.matter.pots == {"granty": Decimal("10.00")}


@pytest.mark.parametrize("others", [0, 5])
def test_a_step_that_grants_costs_the_same_however_long_the_ledger_is(
    allocating, boss, pot, others
):
    for _ in range(others):
        pots.book("grant", pots.repair(), (pot, "1.00"))

    with CaptureQueriesContext(connection) as queries:
        steps.perform(actor=boss, case=allocating, action="allocated", data={"kwota": "1.00"})

    of_money = [one["sql"] for one in queries if "budget_" in one["sql"]]
    assert len(of_money) == 14
