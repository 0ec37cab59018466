"""Making pots, changing them, delegating parts, and the classification."""

from decimal import Decimal
from uuid import uuid4

import pytest

from audit.models import Entry as Audit
from budget import errors, selectors
from budget import services as budget
from budget.models import Classification, Pot
from budget.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories import budget as made
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    return person_with(Permission.MANAGE_POTS, Permission.VIEW_POTS)


def planned(pot):
    return selectors.figures_of([pot.pk])[pot.pk].planned


def test_the_amount_of_a_pot_is_its_first_entry(finance):
    pot = budget.make_pot(
        actor=finance, year=2031, code="granty", name="Granty", amount=Decimal("100.00"),
        reason="Uchwała XII/3/2030",
    )  # fmt: skip

    entry = pot.entries.get()
    assert (entry.kind, entry.amount, entry.reason, entry.made_by) == (
        "planned", Decimal("100.00"), "Uchwała XII/3/2030", finance,
    )  # fmt: skip


def test_a_changed_amount_is_an_entry_of_the_difference(finance):
    pot = made.pot("100.00")

    budget.change_amount(actor=finance, pot=pot, amount=Decimal("80.50"), reason="Zmiana")
    nothing = budget.change_amount(actor=finance, pot=pot, amount=Decimal("80.50"))

    amounts = list(pot.entries.order_by("id").values_list("amount", flat=True))
    assert (amounts, nothing) == ([Decimal("100.00"), Decimal("-19.50")], [])


def test_an_amount_below_what_is_taken_is_refused_with_what_to_do(finance):
    pot = made.pot("100.00")
    made.part(pot, "30.00")
    made.book("grant", made.repair(), (pot, "20.00"))

    with pytest.raises(errors.PotTaken, match=r"rozdysponowano już 50,00\szł"):
        budget.change_amount(actor=finance, pot=pot, amount=Decimal("49.99"))
    budget.change_amount(actor=finance, pot=pot, amount=Decimal("50.00"))


def test_a_part_is_taken_from_its_pot_and_may_not_outgrow_it(finance):
    pot = made.pot("100.00")
    part = budget.delegate_part(
        actor=finance, pot=pot, code="czesc", name="Część", amount=Decimal("60.00")
    )

    with pytest.raises(errors.PotOverdrawn, match=rf"„{pot.name}”.*zostało 40,00\szł"):
        budget.change_amount(actor=finance, pot=part, amount=Decimal("100.01"))
    with pytest.raises(errors.PotOverdrawn):
        made.part(pot, "40.01")
    assert not Pot.objects.filter(code="czesc_x").exists()
    assert selectors.left_in([pot.pk])[pot.pk] == Decimal("40.00")


def test_a_refused_part_leaves_no_half_of_itself():
    pot = made.pot("10.00")

    with pytest.raises(errors.PotOverdrawn):
        made.part(pot, "10.01", code="polowa")
    assert not Pot.objects.filter(code="polowa").exists()


def test_two_pots_of_a_year_do_not_share_a_code_and_years_do(finance):
    made.pot(code="granty", year=2031)

    with pytest.raises(errors.PotExists, match="2031 r"):
        budget.make_pot(actor=finance, year=2031, code="granty", name="Inna", amount=Decimal(1))
    made.pot(code="granty", year=2032)
    assert selectors.years_by_code() == {"granty": frozenset({2031, 2032})}


def test_who_disposes_of_a_part_does_not_raise_it():
    unit = UnitFactory()
    part = made.part(made.pot("100.00"), "10.00", unit_id=unit.pk)
    head = person_with(Permission.MANAGE_POTS, scope_kind="unit", scope_id=unit.pk)

    for deed in (
        lambda: budget.change_amount(actor=head, pot=part, amount=Decimal(20)),
        lambda: budget.change_pot(actor=head, pot=part, name="Moja"),
        lambda: made.pot() and budget.make_pot(
            actor=head, year=2031, code="x", name="X", amount=Decimal(1)
        ),
    ):  # fmt: skip
        with pytest.raises(MissingPermission):
            deed()
    budget.delegate_part(actor=head, pot=part, code="dalej", name="D", amount=Decimal("5.00"))
    assert planned(part) == Decimal("10.00")


def test_a_disposer_that_is_not_there_is_refused(finance):
    pot = made.pot()

    for details in ({"unit_id": uuid4()}, {"section_id": uuid4()}, {"function": "nikt"}):
        with pytest.raises(errors.DisposerUnknown):
            budget.change_pot(actor=finance, pot=pot, **details)


def test_only_a_change_is_logged_with_what_was_before(finance):
    pot = made.pot(name="Stara", fund="własne")

    budget.change_pot(actor=finance, pot=pot, name="Nowa", fund="własne")
    budget.change_pot(actor=finance, pot=pot, name="Nowa")

    entry = Audit.objects.filter(target_id=str(pot.pk), actor_id=finance.pk).get()
    assert (entry.before, entry.after) == ({"name": "Stara"}, {"name": "Nowa"})


def test_a_pot_names_a_position_of_its_own_year(finance):
    old = budget.add_classification(
        actor=finance, year=2030, chapter="80101", paragraph="4210", name="Materiały"
    )

    assert old.code == "801-80101-4210"
    with pytest.raises(errors.ClassificationOfAnotherYear, match="2030 r"):
        budget.change_pot(actor=finance, pot=made.pot(year=2031), classification=old)


def test_the_classification_is_copied_into_the_next_year_once(finance):
    for chapter in ("80101", "80104"):
        budget.add_classification(actor=finance, year=2030, chapter=chapter, name="R")
    Classification.objects.filter(chapter="80104").update(is_active=False)

    added = [
        budget.copy_classifications(actor=finance, from_year=2030, to_year=2031) for _ in range(2)
    ]

    assert added == [1, 0]
    assert Classification.objects.get(year=2031).chapter == "80101"
    with pytest.raises(errors.NothingToCopy, match="2035"):
        budget.copy_classifications(actor=finance, from_year=2035, to_year=2036)


def test_a_used_position_keeps_its_symbols_and_stays(finance):
    used = budget.add_classification(actor=finance, year=2031, chapter="80101", name="R")
    made.pot(year=2031, classification=used)

    with pytest.raises(errors.ClassificationInUse):
        budget.change_classification(actor=finance, classification=used, chapter="80102")
    with pytest.raises(errors.ClassificationInUse):
        budget.delete_classification(actor=finance, classification=used)
    with pytest.raises(errors.ClassificationExists):
        budget.add_classification(actor=finance, year=2031, chapter="80101", name="Znowu")
    budget.change_classification(actor=finance, classification=used, name="Nowa", is_active=False)


@pytest.mark.parametrize("right", [None, Permission.VIEW_POTS, Permission.BOOK_ENTRIES])
def test_without_the_right_nothing_of_the_budget_is_changed(right):
    actor = person_with(*filter(None, [right]))
    pot = made.pot()

    for deed in (
        lambda: budget.make_pot(actor=actor, year=2031, code="x", name="X", amount=Decimal(1)),
        lambda: budget.delegate_part(actor=actor, pot=pot, code="x", name="X", amount=Decimal(1)),
        lambda: budget.change_pot(actor=actor, pot=pot, name="X"),
        lambda: budget.change_amount(actor=actor, pot=pot, amount=Decimal(1)),
        lambda: budget.add_classification(actor=actor, year=2031, chapter="80101", name="R"),
        lambda: budget.copy_classifications(actor=actor, from_year=2031, to_year=2032),
    ):
        with pytest.raises(MissingPermission):
            deed()


def test_the_platform_may_make_a_pot_of_nothing_to_be_filled_later():
    pot = made.pot("0.00")

    assert (pot.entries.count(), planned(pot)) == (0, 0)
    budget.change_amount(actor=SYSTEM, pot=pot, amount=Decimal("5.00"))
    assert planned(pot) == Decimal("5.00")


def test_a_position_is_added_and_removed_on_record(finance):
    added = budget.add_classification(actor=finance, year=2031, chapter="80101", name="Szkoły")
    kept = budget.add_classification(actor=finance, year=2031, chapter="80104", name="P")
    budget.delete_classification(actor=finance, classification=added)

    assert list(Classification.objects.filter(year=2031)) == [kept]
    told = Audit.objects.filter(deed__endswith="_classification").order_by("id")
    assert [(one.deed, one.actor_id) for one in told] == [
        ("budget.add_classification", finance.pk),
        ("budget.add_classification", finance.pk),
        ("budget.delete_classification", finance.pk),
    ]
    assert told[0].after == {"year": 2031, "code": added.code, "name": "Szkoły"}
    assert told[2].before == {"year": 2031, "code": added.code, "name": "Szkoły"}
