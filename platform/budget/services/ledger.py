"""The verbs of money: each books once, however often it is tried with the same key.

`subject` is whose the money is and `key` names the deed among those of the subject. `made_by` is
whoever pressed, where the platform books for them in a procedure whose step they may take.
Every verb may raise `MissingPermission`, `PotOverdrawn`, `MoreThanHeld`, `AmountNotPossible`,
`KeyUsedOtherwise` and `BookedMeanwhile`; amounts are in złote, in whole grosze.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from budget.deeds import Deed
from budget.models import Entry, Pot
from budget.selectors.figures import Figures
from budget.selectors.ledger import held_by
from budget.selectors.pots import pots_of_ids
from budget.services.booking import (
    Booking,
    Line,
    Share,
    Subject,
    check_amount,
    hold,
    known,
    post,
    require_disposal,
)
from opium.permissions import Actor

NOTHING = Decimal(0)


class Told(TypedDict):
    """What every deed that books shares as they are is told."""

    subject: Subject
    shares: Sequence[Share]
    key: str
    reason: NotRequired[str]
    made_by: NotRequired[Actor | None]


@transaction.atomic
def ask(
    *,
    actor: Actor,
    subject: Subject,
    shares: Sequence[Share],
    key: str,
    reason: str = "",
    made_by: Actor | None = None,
) -> list[Entry]:
    """Let the subject's asked sums be these, from now on; nothing is taken of any pot for it.

    What it asked of a pot before is made up to the new sum, or down to it; a pot that is not named
    is asked for nothing. The answer is the entries of the differences.
    """
    require_disposal(actor, [share.pot for share in shares])
    booking = Booking(Deed.ASK, actor, subject, key, reason, made_by)
    if found := known(booking, None, Entry.Kind.ASKED):
        return found
    held = held_by(subject.kind, subject.id)
    wanted = {share.pot.pk: share.amount for share in shares}
    pots = {share.pot.pk: share.pot for share in shares}
    pots |= {pot.pk: pot for pot in Pot.objects.filter(pk__in=held.keys() - pots.keys())}
    lines = [
        Line(pot, Entry.Kind.ASKED, wanted.get(pk, NOTHING) - held.get(pk, Figures()).asked)
        for pk, pot in sorted(pots.items())
    ]
    return _post(booking, lines)


@transaction.atomic
def reserve(*, actor: Actor, **told: Unpack[Told]) -> list[Entry]:
    """Keep the sums for the subject: nobody else can get them until they are released."""
    return _booked(actor, Deed.RESERVE, Entry.Kind.RESERVED, **told)


@transaction.atomic
def grant(
    *,
    actor: Actor,
    subject: Subject,
    shares: Sequence[Share],
    key: str,
    reason: str = "",
    made_by: Actor | None = None,
) -> list[Entry]:
    """Give the subject the sums, from what is reserved for it there first; the rest stays so."""
    require_disposal(actor, [share.pot for share in shares])
    booking = Booking(Deed.GRANT, actor, subject, key, reason, made_by)
    wanted = _amounts(shares)
    hold([share.pot for share in shares])
    if found := known(booking, wanted, Entry.Kind.GRANTED):
        return found
    held = held_by(subject.kind, subject.id)
    lines: list[Line] = []
    for share in _in_order(shares):
        reserved = held.get(share.pot.pk, Figures()).reserved
        released = min(reserved, share.amount)
        lines += [
            Line(share.pot, Entry.Kind.RELEASED, released, Entry.State.RESERVED),
            Line(share.pot, Entry.Kind.GRANTED, share.amount),
        ]
    return _post(booking, lines)


@transaction.atomic
def release(
    *,
    actor: Actor,
    subject: Subject,
    key: str,
    of: Sequence[Entry.State] = (Entry.State.RESERVED, Entry.State.GRANTED),
    shares: Sequence[Share] | None = None,
    reason: str = "",
    made_by: Actor | None = None,
) -> list[Entry]:
    """Give back to the pots what the subject holds and has not spent: all of it, or the shares.

    `of` says what: reservations, grants, or both; shares are of one of them. What is invoiced or
    settled stays granted. Where there is nothing to give back, nothing is booked.
    """
    booking = Booking(Deed.RELEASE, actor, subject, key, reason, made_by)
    if shares is not None:
        wanted = _amounts(shares)
        require_disposal(actor, [share.pot for share in shares])
        hold([share.pot for share in shares])
        if found := known(booking, wanted, Entry.Kind.RELEASED):
            return found
        rows = [Line(one.pot, Entry.Kind.RELEASED, one.amount, of[0]) for one in _in_order(shares)]
        return _post(booking, rows)
    held = held_by(subject.kind, subject.id)
    holding = [pk for pk, figures in held.items() if any(_free(figures, state) for state in of)]
    pots = pots_of_ids(holding) if holding else []
    require_disposal(actor, pots)
    hold(pots)
    if found := known(booking, None, Entry.Kind.RELEASED):
        return found
    held = held_by(subject.kind, subject.id) if pots else {}
    lines = [
        Line(pot, Entry.Kind.RELEASED, _free(held[pot.pk], state), state)
        for pot in pots
        for state in of
    ]
    return _post(booking, lines)


def _free(figures: Figures, state: Entry.State) -> Decimal:
    """What of it is not spent yet."""
    return figures.reserved if state == Entry.State.RESERVED else figures.free


@transaction.atomic
def pay(*, actor: Actor, **told: Unpack[Told]) -> list[Entry]:
    """Write down that so much of the granted money was handed to the bank; it is granted still."""
    return _booked(actor, Deed.PAY, Entry.Kind.PAID, **told)


@transaction.atomic
def invoice(*, actor: Actor, **told: Unpack[Told]) -> list[Entry]:
    """Write down that so much of the granted money is invoiced."""
    return _booked(actor, Deed.INVOICE, Entry.Kind.INVOICED, **told)


@transaction.atomic
def settle(*, actor: Actor, **told: Unpack[Told]) -> list[Entry]:
    """Write down that so much of the granted money was accounted for."""
    return _booked(actor, Deed.SETTLE, Entry.Kind.SETTLED, **told)


@transaction.atomic
def take_return(*, actor: Actor, **told: Unpack[Told]) -> list[Entry]:
    """Write down that the subject has returned so much; the pot can give it to others."""
    return _booked(actor, Deed.TAKE_RETURN, Entry.Kind.RETURNED, **told)


@transaction.atomic
def take_back(
    *,
    actor: Actor,
    subject: Subject,
    keys_from: str,
    key: str,
    reason: str = "",
    made_by: Actor | None = None,
) -> list[Entry]:
    """Undo every deed of the subject whose key begins with `keys_from`, by entries of their own.

    The subject and the pots stand as they stood before. Raises `PotOverdrawn` where somebody else
    has got meanwhile what the undone deed had released, `MoreThanHeld` where the money was spent.
    """
    booking = Booking(Deed.TAKE_BACK, actor, subject, key, reason, made_by)
    booked = Entry.objects.filter(
        owner_kind=subject.kind,
        owner_id=subject.id,
        key__startswith=keys_from,
        reverses=None,
        reversed_by=None,
    )
    undone = list(booked.select_related("pot__parent").order_by("-id"))
    if not undone:
        return []
    pots = [one.pot for one in undone]
    require_disposal(actor, pots)
    hold(pots)
    lines = [
        Line(one.pot, Entry.Kind(one.kind), -one.amount, Entry.State(one.releases), one)
        for one in undone
    ]
    return _post(booking, lines)


def _booked(
    actor: Actor,
    deed: Deed,
    kind: Entry.Kind,
    *,
    subject: Subject,
    shares: Sequence[Share],
    key: str,
    reason: str = "",
    made_by: Actor | None = None,
) -> list[Entry]:
    """The whole of a deed that books each share as it is, as entries of one kind."""
    pots = [share.pot for share in shares]
    require_disposal(actor, pots)
    booking = Booking(deed, actor, subject, key, reason, made_by)
    wanted = _amounts(shares)
    hold(pots)
    if found := known(booking, wanted, kind):
        return found
    return _post(booking, [Line(share.pot, kind, share.amount) for share in _in_order(shares)])


def _post(booking: Booking, lines: Sequence[Line]) -> list[Entry]:
    wanted = [line for line in lines if line.amount]
    return post(booking, wanted) if wanted else []


def _in_order(shares: Sequence[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: share.pot.pk)


def _amounts(shares: Sequence[Share]) -> dict[UUID, Decimal]:
    """Pot -> its amount. Raises `AmountNotPossible`; two shares of one pot are a `ValueError`."""
    amounts = {share.pot.pk: share.amount for share in shares}
    if len(amounts) != len(shares) or not shares:
        raise ValueError("a deed has one share of each pot that it is about")
    for share in shares:
        check_amount(share.amount)
    return amounts
