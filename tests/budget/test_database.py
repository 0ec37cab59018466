"""What the database itself refuses, whoever writes: overdrafts, and any change of an entry."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tenants.utils import tenant_context

from budget.errors import PotOverdrawn, PotTaken
from budget.models import Balance, Entry, Pot
from budget.services import Share, change_amount, delegate_part, grant
from opium.permissions import SYSTEM
from tests.factories import budget as made

pytestmark = pytest.mark.django_db


def refused(sql, *values, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)


def raw_entry(pot, kind, amount, **fields):
    """An entry past every service."""
    subject = made.repair()
    given = {
        "owner_kind": subject.kind,
        "owner_id": subject.id,
        "key": str(subject.id),
        "number": 0,
        "made_by_name": "SQL",
    }
    return Entry.objects.create(pot=pot, kind=kind, amount=Decimal(amount), **(given | fields))


def test_an_entry_past_every_service_cannot_overdraw_a_pot():
    pot = made.pot("100.00")

    raw_entry(pot, "granted", "100.00")

    for kind in ("reserved", "granted"):
        with pytest.raises(IntegrityError, match="pot_is_not_overdrawn"), transaction.atomic():
            raw_entry(pot, kind, "0.01")


def test_a_plan_past_every_service_cannot_go_below_what_is_taken():
    pot = made.pot("100.00")
    raw_entry(pot, "reserved", "60.00")

    with pytest.raises(IntegrityError, match="pot_is_not_overdrawn"), transaction.atomic():
        raw_entry(pot, "planned", "-40.01", owner_kind="budget.pot", owner_id=pot.pk)
    raw_entry(pot, "planned", "-40.00", owner_kind="budget.pot", owner_id=pot.pk)


def test_a_part_past_every_service_cannot_have_more_than_its_pot_has_left():
    pot = made.pot("100.00")
    raw_entry(pot, "granted", "30.00")
    part = made.part(pot, "70.00")

    with pytest.raises(IntegrityError, match="pot_is_not_overdrawn"), transaction.atomic():
        raw_entry(part, "planned", "0.01", owner_kind="budget.pot", owner_id=part.pk)
    with pytest.raises(IntegrityError, match="pot_is_not_overdrawn"), transaction.atomic():
        raw_entry(pot, "granted", "0.01")


def test_a_subject_cannot_give_back_spend_or_settle_more_than_it_holds():
    pot = made.pot("100.00")
    mine = {"owner_id": raw_entry(pot, "granted", "50.00").owner_id}
    for number, (kind, fields) in enumerate(
        [
            ("released", {"releases": "granted"}),
            ("released", {"releases": "reserved"}),
            ("invoiced", {}),
            ("settled", {}),
            ("returned", {}),
        ]
    ):
        with pytest.raises(IntegrityError, match=r"not hold|not_neg"), transaction.atomic():
            raw_entry(pot, kind, "50.01", key=f"{number}", **mine, **fields)

    raw_entry(pot, "settled", "30.00", key="a", **mine)
    raw_entry(pot, "returned", "20.00", key="b", **mine)
    with pytest.raises(IntegrityError, match="does not hold"), transaction.atomic():
        raw_entry(pot, "settled", "0.01", key="c", **mine)


def test_entries_are_neither_changed_nor_removed_nor_emptied():
    entry = raw_entry(made.pot("100.00"), "granted", "10.00")

    refused("UPDATE budget_entry SET amount = 1 WHERE id = %s", entry.pk, match="append-only")
    refused("DELETE FROM budget_entry WHERE id = %s", entry.pk, match="append-only")
    entry.refresh_from_db()
    assert entry.amount == Decimal("10.00")


def test_emptying_the_ledger_has_a_trigger_of_its_own():
    """Switched off in the tests' own cities, which it would keep from cleaning up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'budget_entry'::regclass"
            " AND tgname = 'budget_entry_is_not_emptied' AND tgtype & 32 > 0"
        )
        assert cursor.fetchall() == [("budget_entry_is_not_emptied",)]


def test_nobody_writes_a_balance_by_hand():
    pot = made.pot("100.00")

    refused(
        "UPDATE budget_balance SET planned = 1000000 WHERE pot_id = %s", pot.pk, match="by entries"
    )
    refused("DELETE FROM budget_balance WHERE pot_id = %s", pot.pk, match="by entries")


def test_a_pot_keeps_its_year_code_and_parent():
    pot, other = made.pot("100.00"), made.pot("100.00")

    for column, value in (("year", 2031), ("code", "inny"), ("parent_id", other.pk)):
        refused(f"UPDATE budget_pot SET {column} = %s WHERE id = %s", value, pot.pk, match="never")
    with pytest.raises(DatabaseError, match="of the year of its pot"), transaction.atomic():
        Pot.objects.create(year=pot.year + 1, code="x", name="X", parent=pot)


def test_what_takes_an_entry_back_is_the_same_with_the_opposite_sign_and_once():
    pot = made.pot("100.00")
    entry = raw_entry(pot, "granted", "10.00")
    same = {"owner_id": entry.owner_id, "reverses": entry}

    with pytest.raises(DatabaseError, match="opposite sign"), transaction.atomic():
        raw_entry(pot, "granted", "-9.99", **same, key="a")
    raw_entry(pot, "granted", "-10.00", **same, key="b")
    with pytest.raises(IntegrityError, match="reverses"), transaction.atomic():
        raw_entry(pot, "granted", "-10.00", **same, key="c")


@pytest.mark.parametrize("kind", ["granted", "reserved", "released", "settled"])
def test_an_amount_below_nothing_is_no_entry(kind):
    with pytest.raises(IntegrityError, match=r"sign_of_its_kind|says_what"), transaction.atomic():
        raw_entry(made.pot("100.00"), kind, "-1.00")


def _at_once(city, deeds):
    """What came of the deeds, each in a connection of its own."""

    def run(deed):
        try:
            with tenant_context(city):
                deed()
        except (PotOverdrawn, PotTaken) as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_overdraw_a_pot(city):
    with tenant_context(city):
        pot = made.pot("1000.00")
    share = [Share(pot, Decimal("400.00"))]

    results = _at_once(
        city,
        [lambda: grant(actor=SYSTEM, subject=made.repair(), shares=share, key="1")] * 6,
    )

    assert results.count("done") == 2
    assert sum("zostało 200,00" in one for one in results) == 4
    with tenant_context(city):
        assert Balance.objects.get(pot=pot).left == Decimal("200.00")


@pytest.mark.django_db(transaction=True)
def test_a_part_a_grant_and_a_lower_plan_at_once_never_overdraw_the_pot(city):
    with tenant_context(city):
        pot = made.pot("1000.00")
    share = [Share(pot, Decimal("600.00"))]

    results = _at_once(
        city,
        [
            lambda: grant(actor=SYSTEM, subject=made.repair(), shares=share, key="1"),
            lambda: delegate_part(
                actor=SYSTEM, pot=pot, code="czesc", name="Część", amount=Decimal("600.00")
            ),
            lambda: change_amount(actor=SYSTEM, pot=pot, amount=Decimal("300.00")),
        ],
    )

    assert results.count("done") == 1
    with tenant_context(city):
        balance = Balance.objects.get(pot=pot)
        assert balance.planned >= balance.delegated + balance.taken


@pytest.mark.django_db(transaction=True)
def test_a_retry_at_the_same_moment_books_once(city):
    with tenant_context(city):
        pot, subject = made.pot("1000.00"), made.repair()
    share = [Share(pot, Decimal("100.00"))]

    results = _at_once(
        city, [lambda: grant(actor=SYSTEM, subject=subject, shares=share, key="raz")] * 4
    )

    assert results == ["done"] * 4
    with tenant_context(city):
        assert Entry.objects.filter(kind="granted").count() == 1
