"""Writing entries: the one place where a row of the ledger is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from audit import services as audit
from budget import registry
from budget.deeds import Deed
from budget.errors import (
    AmountNotPossible,
    BookedMeanwhile,
    KeyUsedOtherwise,
    MoreThanHeld,
    PotOverdrawn,
    PotTaken,
)
from budget.models import OF_POT, Balance, Entry, Pot
from budget.permissions import Permission
from budget.selectors.pots import may_dispose
from opium.constraints import refusing
from opium.permissions import Actor, MissingPermission
from opium.polish import format_money

GROSZ = Decimal("0.01")
MOST = Decimal("99999999999.99")
"""As much as one pot or one entry can be: below what the columns hold, so that sums fit."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose the money is: a record of a kind that `budget.registry` knows."""

    kind: str
    id: UUID
    unit_id: UUID | None = None
    """The unit that gets or spends it; None for none."""


@dataclass(frozen=True, slots=True)
class Share:
    """A sum in one pot; a booking may have several, of different pots."""

    pot: Pot
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One row to be written."""

    pot: Pot
    kind: Entry.Kind
    amount: Decimal
    releases: Entry.State = Entry.State.NONE
    reverses: Entry | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """What is being booked: on whom, under which name, why, and who is written as its maker."""

    deed: Deed
    actor: Actor
    subject: Subject
    key: str
    reason: str = ""
    made_by: Actor | None = None
    """Whoever pressed, where the platform books for them; None: the actor."""


def require_disposal(actor: Actor, pots: Sequence[Pot]) -> None:
    """Let the actor book in every one of the pots. Raises `MissingPermission`."""
    for pot in pots:
        if not may_dispose(actor, pot):
            raise MissingPermission(Permission.BOOK_ENTRIES, pot)


def hold(pots: Sequence[Pot]) -> None:
    """Lock the pots' guards, and those of what they were taken from, in the order of their ids.

    Whoever books in several pots at once locks them in one order, so that two never wait for each
    other for ever. Held until the transaction ends.
    """
    ids = {pot.pk for pot in pots} | {pot.parent_id for pot in pots if pot.parent_id is not None}
    balances = Balance.objects.select_for_update().filter(pot__in=ids).order_by("pot_id")
    list(balances.values_list("pot_id", flat=True))


def known(booking: Booking, wanted: Mapping[UUID, Decimal] | None, kind: Entry.Kind) -> list[Entry]:
    """What the booking has booked already: a retry's answer; [] for a new one.

    `wanted` (pot -> amount) is what it should have booked of the kind; None: whatever it was.
    Raises `KeyUsedOtherwise`.
    """
    entries = list(_of(booking).select_related("pot").order_by("number"))
    booked = {one.pot_id: one.amount for one in entries if one.kind == kind}
    if entries and (not booked or (wanted is not None and booked != wanted)):
        raise KeyUsedOtherwise
    return entries


def post(booking: Booking, lines: Sequence[Line]) -> list[Entry]:
    """Write the rows, as `write`, with an entry of the log for each pot."""
    entries = write(booking, lines)
    for pot in {line.pot.pk: line.pot for line in lines}.values():
        _record(booking, pot, _lines(lines, pot))
    return entries


def write(booking: Booking, lines: Sequence[Line]) -> list[Entry]:
    """Write the rows, each once.

    Raises `PotOverdrawn`, `PotTaken`, `MoreThanHeld`, `BookedMeanwhile`, `AmountNotPossible`.
    """
    if booking.subject.kind != OF_POT:
        registry.kind_of(booking.subject.kind)
    for line in lines:
        check_amount(abs(line.amount))
    made_by = booking.made_by or booking.actor
    entries = [
        Entry(
            pot=line.pot,
            kind=line.kind,
            releases=line.releases,
            amount=line.amount,
            owner_kind=booking.subject.kind,
            owner_id=booking.subject.id,
            unit_id=booking.subject.unit_id,
            key=booking.key,
            number=number,
            reverses=line.reverses,
            reason=booking.reason.strip(),
            made_by_id=made_by.pk,
            made_by_name=made_by.display_name,
        )
        for number, line in enumerate(lines)
    ]
    is_plan = lines[0].kind == Entry.Kind.PLANNED
    with refusing(
        one_booking_per_key=BookedMeanwhile(),
        pot_is_not_overdrawn=lambda: _overdrawn(lines),
        balance_is_not_negative=lambda: _overdrawn(lines) if is_plan else _beyond_held(lines),
        subject_gives_what_it_holds=lambda: _beyond_held(lines),
    ):
        Entry.objects.bulk_create(entries)
    return entries


def _of(booking: Booking) -> QuerySet[Entry]:
    subject = booking.subject
    return Entry.objects.filter(owner_kind=subject.kind, owner_id=subject.id, key=booking.key)


def check_amount(amount: Decimal) -> None:
    """Raises `AmountNotPossible` for nothing, less, too much, or a part of a grosz."""
    if not GROSZ <= amount <= MOST or amount != amount.quantize(GROSZ):
        raise AmountNotPossible(least=format_money(GROSZ), most=format_money(MOST))


def _record(booking: Booking, pot: Pot, lines: Sequence[Line]) -> None:
    """Of each kind how much was booked, and on whom."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[str(line.kind)] = sums.get(str(line.kind), Decimal(0)) + line.amount
    told: dict[str, object] = {kind: str(amount) for kind, amount in sums.items()}
    subject = booking.subject
    audit.record(
        actor=booking.made_by or booking.actor,
        deed=booking.deed,
        right=Permission.BOOK_ENTRIES,
        target=pot,
        after=told
        | {"owner": registry.kind_of(subject.kind).label, "owner_id": str(subject.id)}
        | ({"reason": booking.reason} if booking.reason else {}),
    )


def _beyond_held(lines: Sequence[Line]) -> MoreThanHeld:
    return MoreThanHeld(sentence=_beyond(lines))


TAKEN = {
    Entry.Kind.RESERVED: 1,
    Entry.Kind.GRANTED: 1,
    Entry.Kind.RELEASED: -1,
    Entry.Kind.RETURNED: -1,
}


def _overdrawn(lines: Sequence[Line]) -> PotOverdrawn | PotTaken:
    """Which pot it was: the first whose rows together want more than it has."""
    for pot in {line.pot.pk: line.pot for line in lines}.values():
        planned = sum(one.amount for one in _lines(lines, pot) if one.kind == Entry.Kind.PLANNED)
        source = pot.parent if planned > 0 and pot.parent is not None else pot
        balance = Balance.objects.get(pot=source)
        if planned < 0 and balance.left + planned < 0:
            taken = format_money(balance.planned - balance.left)
            return PotTaken(name=pot.name, year=pot.year, taken=taken)
        needed = planned or sum(TAKEN.get(one.kind, 0) * one.amount for one in _lines(lines, pot))
        if needed > balance.left:
            return _too_much(source, balance, Decimal(needed))
    pot = lines[0].pot
    return _too_much(pot, Balance.objects.get(pot=pot), abs(lines[0].amount))


def _lines(lines: Sequence[Line], pot: Pot) -> list[Line]:
    return [line for line in lines if line.pot.pk == pot.pk]


def _too_much(pot: Pot, balance: Balance, needed: Decimal) -> PotOverdrawn:
    left, wanted = format_money(balance.left), format_money(needed)
    return PotOverdrawn(name=pot.name, year=pot.year, left=left, needed=wanted)


def _beyond(lines: Sequence[Line]) -> str:
    """What was tried with more than the subject holds."""
    line = lines[0]
    return (
        f"W puli „{line.pot.name}” ({line.pot.year}) nie ma tu tyle środków: "
        f"{DEEDS[line.kind]} {format_money(abs(line.amount))} to za dużo. Popraw kwotę."
    )


DEEDS = {
    Entry.Kind.PLANNED: "zaplanować",
    Entry.Kind.ASKED: "wnioskować",
    Entry.Kind.RESERVED: "zarezerwować",
    Entry.Kind.GRANTED: "przyznać",
    Entry.Kind.RELEASED: "zwolnić",
    Entry.Kind.PAID: "wypłacić",
    Entry.Kind.INVOICED: "zafakturować",
    Entry.Kind.SETTLED: "rozliczyć",
    Entry.Kind.RETURNED: "zwrócić",
}
