"""The sums of a ledger of 200,000 entries against SQL by hand, and a grant in a long ledger.

Everything happens in a city of its own, schema `bench_ledger`, which is dropped at the end.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from bench.city import own_city, queries_of, row, seconds
from budget import registry, selectors, services
from budget.models import Entry, Pot
from budget.services import Share, Subject
from opium.permissions import SYSTEM

CITY, HOST = "bench_ledger", "bench-ledger.localhost"
POTS, ENTRIES, YEAR, ROUNDS = 50, 200_000, 2031, 11
TINY = {"POTS": 2, "ENTRIES": 2_000, "ROUNDS": 1}
SUMS_LIMIT, GRANT_LIMIT = 2.0, 1.5
KIND = "bench.matter"
BY_HAND = """
SELECT p.id,
    coalesce(sum(e.amount) FILTER (WHERE e.kind = 'planned'), 0),
    coalesce(sum(e.amount) FILTER (WHERE e.kind = 'asked'), 0),
    coalesce(sum(CASE WHEN e.kind = 'reserved' THEN e.amount
        WHEN e.releases = 'reserved' THEN -e.amount END), 0),
    coalesce(sum(CASE WHEN e.kind = 'granted' THEN e.amount
        WHEN e.releases = 'granted' THEN -e.amount END), 0),
    coalesce(sum(e.amount) FILTER (WHERE e.kind = 'invoiced'), 0),
    coalesce(sum(e.amount) FILTER (WHERE e.kind = 'settled'), 0),
    coalesce(sum(e.amount) FILTER (WHERE e.kind = 'returned'), 0)
FROM budget_pot p LEFT JOIN budget_entry e ON e.pot_id = p.id
WHERE p.id = ANY(%s) GROUP BY p.id
"""


def rows() -> list[dict[str, Any]]:
    told = registry.SubjectKind("Sprawa", lambda _actor, _ids: {})
    registry.subject(KIND, told)
    with own_city(CITY, HOST):
        pots = [_pot(number) for number in range(POTS)]
        short = [_grant(_pot(POTS)) for _ in range(ROUNDS + 1)]
        _fill(pots)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE budget_entry, budget_pot")
        long = [_grant(pots[0]) for _ in range(ROUNDS + 1)]
        name = f"grant in a pot of {ENTRIES // POTS} entries among {ENTRIES}"
        return [_sums(pots), row(name, long, short, "in an empty ledger", GRANT_LIMIT)]


def _pot(number: int) -> Pot:
    return services.make_pot(
        actor=SYSTEM,
        year=YEAR,
        code=f"pula_{number}_{uuid4().hex[:8]}",
        name=f"Pula {number}",
        amount=Decimal(10_000_000),
    )


def _fill(pots: list[Pot]) -> None:
    """Grants, and for every second one a settlement: past the services, not past the triggers."""
    for start in range(0, ENTRIES, 2_000):
        entries = []
        for number in range(start, start + 2_000, 2):
            pot, owner = pots[number // 2 % len(pots)], uuid4()
            entries += [_entry(pot, "granted", owner, 0), _entry(pot, "settled", owner, 1)]
        Entry.objects.bulk_create(entries)
    counted = Entry.objects.exclude(kind="planned").filter(pot__in=pots).count()
    assert counted == ENTRIES, counted


def _entry(pot: Pot, kind: str, owner: UUID, number: int) -> Entry:
    return Entry(
        pot=pot,
        kind=kind,
        amount=Decimal("12.34"),
        owner_kind=KIND,
        owner_id=owner,
        key="1",
        number=number,
        made_by_name="Ewa Lis",
    )


def _grant(pot: Pot) -> float:
    share = [Share(pot, Decimal("1.00"))]
    subject = Subject(KIND, uuid4())
    return seconds(lambda: services.grant(actor=SYSTEM, subject=subject, shares=share, key="1"))


def _sums(pots: list[Pot]) -> dict[str, Any]:
    ids = [pot.pk for pot in pots]
    ours_found, peer_found = selectors.figures_of(ids), _by_hand(ids)
    assert {pk: one.granted for pk, one in ours_found.items()} == {
        line[0]: line[4] for line in peer_found
    }
    queries = len(queries_of(lambda: selectors.figures_of(ids)))
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(seconds(lambda: selectors.figures_of(ids)))
        peer.append(seconds(lambda: _by_hand(ids)))
    name = f"sums of {POTS} pots over {ENTRIES} entries, {queries} queries"
    return row(name, ours, peer, "SQL by hand, fetched", SUMS_LIMIT)


def _by_hand(ids: list[UUID]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [ids])
        return list(cursor.fetchall())
