"""The verbs of money: what each books, and what it refuses."""

from decimal import Decimal

import pytest

from accounts.models import Function, Holder
from audit.models import Entry as Audit
from budget import selectors
from budget import services as budget
from budget.errors import AmountNotPossible, KeyUsedOtherwise, MoreThanHeld, PotOverdrawn
from budget.models import Balance, Entry
from budget.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories import budget as made
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


def figures(pot):
    found = selectors.figures_of([pot.pk])[pot.pk]
    balance = Balance.objects.get(pot=pot)
    assert balance.left == found.left  # the guard and the rows never part
    return {
        name: str(getattr(found, name))
        for name in ("asked", "reserved", "granted", "invoiced", "settled", "returned", "left")
        if getattr(found, name)
    }


def rows(entries):
    return [(str(one.kind), str(one.releases), str(one.amount)) for one in entries]


def test_money_goes_its_whole_way_and_every_sum_is_a_sum_of_entries():
    pot, subject = made.pot("1000.00"), made.repair()

    made.book("ask", subject, (pot, "500.00"))
    made.book("reserve", subject, (pot, "400.00"))
    assert figures(pot) == {"asked": "500.00", "reserved": "400.00", "left": "600.00"}
    made.book("grant", subject, (pot, "300.00"))
    assert figures(pot) == {
        "asked": "500.00", "reserved": "100.00", "granted": "300.00", "left": "600.00",
    }  # fmt: skip
    budget.release(actor=SYSTEM, subject=subject, key="reszta", of=[budget.State.RESERVED])
    made.book("invoice", subject, (pot, "250.00"))
    made.book("settle", subject, (pot, "250.00"))
    made.book("take_return", subject, (pot, "50.00"))

    assert figures(pot) == {
        "asked": "500.00", "granted": "300.00", "invoiced": "250.00", "settled": "250.00",
        "returned": "50.00", "left": "750.00",
    }  # fmt: skip


def test_a_grant_takes_what_is_reserved_for_it_first():
    pot, subject = made.pot("100.00"), made.repair()
    made.book("reserve", subject, (pot, "100.00"))

    booked = made.book("grant", subject, (pot, "70.00"))

    assert rows(booked) == [("released", "reserved", "70.00"), ("granted", "", "70.00")]
    assert figures(pot) == {"reserved": "30.00", "granted": "70.00"}


def test_what_is_reserved_for_one_is_not_granted_to_another():
    pot = made.pot("100.00")
    made.book("reserve", made.repair(), (pot, "100.00"))

    with pytest.raises(PotOverdrawn, match=r"zostało 0,00\szł, a potrzeba 0,01\szł"):
        made.book("grant", made.repair(), (pot, "0.01"))


def test_an_award_may_come_of_several_pots_or_of_none_at_all():
    rich, poor, subject = made.pot("100.00"), made.pot("10.00"), made.repair()

    with pytest.raises(PotOverdrawn, match=poor.name):
        made.book("grant", subject, (rich, "50.00"), (poor, "10.01"))
    assert selectors.held_by(subject.kind, subject.id) == {}
    made.book("grant", subject, (rich, "50.00"), (poor, "10.00"))

    assert selectors.held_together(subject.kind, subject.id).kept == Decimal("60.00")


def test_a_retry_books_once_and_answers_the_same():
    pot, subject = made.pot("100.00"), made.repair()

    first = made.book("grant", subject, (pot, "60.00"), key="krok")
    again = made.book("grant", subject, (pot, "60.00"), key="krok")

    assert [one.pk for one in again] == [one.pk for one in first]
    assert figures(pot) == {"granted": "60.00", "left": "40.00"}


def test_another_deed_under_the_same_key_is_refused():
    pot, subject = made.pot("100.00"), made.repair()
    made.book("grant", subject, (pot, "60.00"), key="krok")

    with pytest.raises(KeyUsedOtherwise):
        made.book("grant", subject, (pot, "10.00"), key="krok")
    with pytest.raises(KeyUsedOtherwise):
        made.book("settle", subject, (pot, "60.00"), key="krok")
    made.book("grant", made.repair(), (pot, "10.00"), key="krok")


def test_releasing_gives_back_what_is_not_spent_and_nothing_twice():
    pot, subject = made.pot("100.00"), made.repair()
    made.book("grant", subject, (pot, "60.00"))
    made.book("reserve", subject, (pot, "30.00"))
    made.book("invoice", subject, (pot, "20.00"))

    released = budget.release(actor=SYSTEM, subject=subject, key="koniec")

    assert rows(released) == [("released", "reserved", "30.00"), ("released", "granted", "40.00")]
    assert figures(pot) == {"granted": "20.00", "invoiced": "20.00", "left": "80.00"}
    assert budget.release(actor=SYSTEM, subject=subject, key="znowu") == []


def test_taking_back_leaves_everything_as_it_was_with_the_deed_and_its_undoing_in_the_ledger():
    pot, subject = made.pot("100.00"), made.repair()
    made.book("reserve", subject, (pot, "50.00"))
    before = figures(pot)
    made.book("grant", subject, (pot, "40.00"), key="7:grant")
    budget.release(actor=SYSTEM, subject=subject, key="7:release", of=[budget.State.RESERVED])

    budget.take_back(actor=SYSTEM, subject=subject, keys_from="7:", key="8:undo")
    again = budget.take_back(actor=SYSTEM, subject=subject, keys_from="7:", key="9:undo")

    assert (figures(pot), again) == (before, [])
    assert Entry.objects.filter(owner_id=subject.id).count() == 1 + 2 * 3


def test_what_somebody_else_got_meanwhile_cannot_be_taken_back():
    pot, subject = made.pot("100.00"), made.repair()
    made.book("grant", subject, (pot, "100.00"))
    budget.release(actor=SYSTEM, subject=subject, key="5:release")
    made.book("grant", made.repair(), (pot, "1.00"))

    with pytest.raises(PotOverdrawn):
        budget.take_back(actor=SYSTEM, subject=subject, keys_from="5:", key="6:undo")


def test_a_spent_grant_cannot_be_taken_back():
    pot, subject = made.pot("100.00"), made.repair()
    made.book("grant", subject, (pot, "100.00"), key="5:grant")
    made.book("settle", subject, (pot, "1.00"))

    with pytest.raises(MoreThanHeld, match="nie ma tu tyle środków"):
        budget.take_back(actor=SYSTEM, subject=subject, keys_from="5:", key="6:undo")


@pytest.mark.parametrize("of", [budget.State.RESERVED, budget.State.GRANTED])
def test_no_more_is_released_than_is_held(of):
    pot, subject = made.pot("100.00"), made.repair()
    made.book("reserve", subject, (pot, "10.00"))
    made.book("grant", made.repair(), (pot, "50.00"))

    for amount in ("10.01", "60.01"):
        with pytest.raises(MoreThanHeld, match="zwolnić"):
            made.book("release", subject, (pot, amount), of=[of])


def test_asking_again_says_the_whole_sum_anew_and_takes_nothing():
    pot, other, subject = made.pot("10.00"), made.pot("10.00"), made.repair()
    made.book("ask", subject, (pot, "500.00"))

    booked = made.book("ask", subject, (other, "300.00"))

    assert rows(booked) == [("asked", "", "-500.00"), ("asked", "", "300.00")]
    assert (figures(pot), figures(other)) == (
        {"left": "10.00"},
        {"asked": "300.00", "left": "10.00"},
    )


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "0.001", "100000000000.00"])
def test_an_amount_that_is_none_is_refused(amount):
    for verb in ("reserve", "grant", "invoice", "settle", "take_return"):
        with pytest.raises(AmountNotPossible, match=r"od 0,01\szł"):
            made.book(verb, made.repair(), (made.pot("1.00"), amount))


def test_nothing_is_booked_on_a_subject_that_no_module_knows():
    with pytest.raises(LookupError):
        made.book("grant", budget.Subject("tests.stranger", made.repair().id), (made.pot(), "1"))


def test_who_does_not_dispose_of_the_pot_books_nothing_in_it():
    unit = UnitFactory()
    mine, others = made.pot(unit_id=unit.pk), made.pot(unit_id=UnitFactory().pk)
    viewer = person_with(Permission.VIEW_POTS, Permission.MANAGE_POTS)
    head = person_with(Permission.BOOK_ENTRIES, scope_kind="unit", scope_id=unit.pk)

    for actor, pot in ((viewer, mine), (head, others)):
        with pytest.raises(MissingPermission):
            made.book("grant", made.repair(), (pot, "1.00"), actor=actor)
    made.book("grant", made.repair(), (mine, "1.00"), actor=head)


def test_whoever_plays_the_function_that_disposes_books_by_it(south):

    function = Function.objects.create(code="finanse", name="Finanse")
    pot, unit = made.pot(function="finanse"), UnitFactory()
    player, other = (
        person_with(Permission.BOOK_ENTRIES, scope_kind="unit", scope_id=unit.pk) for _ in range(2)
    )
    Holder.objects.create(function=function, person=player)

    made.book("grant", made.repair(), (pot, "1.00"), actor=player)
    with pytest.raises(MissingPermission):
        made.book("grant", made.repair(), (pot, "1.00"), actor=other)


def test_a_deed_is_in_the_log_with_whoever_pressed():
    pot, presser = made.pot("100.00"), person_with(first_name="Ewa", last_name="Lis")

    booked = made.book("grant", made.repair(), (pot, "1.00"), made_by=presser, reason="Bo tak")

    entry = Audit.objects.filter(target_id=str(pot.pk)).latest("pk")
    owner = {"owner": "Remont", "owner_id": str(booked[0].owner_id)}
    assert (entry.actor_id, entry.deed, entry.after) == (
        presser.pk,
        "budget.grant",
        {"granted": "1.00", "reason": "Bo tak", **owner},
    )
    assert (booked[0].made_by_name, booked[0].reason) == ("Ewa Lis", "Bo tak")
