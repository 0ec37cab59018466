"""The verbs of pots: making them, changing what they are called, changing how much there is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts import scopes
from accounts import selectors as accounts
from audit import services as audit
from budget.deeds import Deed
from budget.errors import (
    ClassificationOfAnotherYear,
    DisposerUnknown,
    PotExists,
)
from budget.models import OF_POT, Classification, Entry, Pot
from budget.permissions import Permission, keeper_of
from budget.selectors.figures import figures_of
from budget.services.booking import Booking, Line, Subject, hold, write
from opium.constraints import refusing
from opium.permissions import WHOLE_CITY, Actor, require

DETAILS = ("name", "fund", "classification", "unit_id", "section_id", "function", "note")


@transaction.atomic
def make_pot(
    *,
    actor: Actor,
    year: int,
    code: str,
    name: str,
    amount: Decimal,
    reason: str = "",
    **details: Any,
) -> Pot:
    """Money of the year for one purpose; its amount is the first entry of its ledger.

    `details` are `fund`, `classification`, `note`, and one of `unit_id`, `section_id`, `function`:
    who disposes of it. Raises `PotExists`, `DisposerUnknown`, `ClassificationOfAnotherYear`,
    `AmountNotPossible`; an amount of nothing is planned later.
    """
    require(actor, Permission.MANAGE_POTS, WHOLE_CITY)
    pot = Pot(year=year, code=code, name=name)
    return _made(Deed.MAKE_POT, actor, pot, Planned(amount, reason), details)


@transaction.atomic
def delegate_part(
    *,
    actor: Actor,
    pot: Pot,
    code: str,
    name: str,
    amount: Decimal,
    reason: str = "",
    **details: Any,
) -> Pot:
    """Take a part of the pot for somebody else to dispose of; the pot has so much less left.

    Raises what `make_pot` does, and `PotOverdrawn`. Without a classification or a fund of its own
    the part has the pot's.
    """
    require(actor, Permission.MANAGE_POTS, pot)
    taken = {"fund": pot.fund, "classification": pot.classification} | details
    part = Pot(year=pot.year, code=code, name=name, parent=pot)
    return _made(Deed.DELEGATE_PART, actor, part, Planned(amount, reason), taken)


@dataclass(frozen=True, slots=True)
class Planned:
    """How much there is to be, or how much more or less, and on what grounds."""

    amount: Decimal
    reason: str


def _made(deed: Deed, actor: Actor, pot: Pot, planned: Planned, details: dict[str, Any]) -> Pot:
    for name, value in details.items():
        setattr(pot, name, value)
    _check(pot)
    _save(pot)
    if planned.amount:
        _plan(deed, actor, pot, planned)
    facts = {"year": pot.year, "code": pot.code, "name": pot.name, **_plain(details)}
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.MANAGE_POTS,
        target=pot,
        after=facts | {"amount": str(planned.amount), "reason": planned.reason},
    )
    return pot


@transaction.atomic
def change_pot(*, actor: Actor, pot: Pot, **details: Any) -> Pot:
    """Change the given details. Year, code and parent stay: entries and procedures rely on them.

    Raises `DisposerUnknown`, `ClassificationOfAnotherYear`.
    """
    require(actor, Permission.MANAGE_POTS, keeper_of(pot))
    changed = Pot.objects.select_for_update().get(pk=pot.pk)
    before = {name: getattr(changed, name) for name in details if name in DETAILS}
    after = {name: details[name] for name in before if details[name] != before[name]}
    for name, value in after.items():
        setattr(changed, name, value)
    if after:
        _check(changed)
        _save(changed)
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_POT,
            right=Permission.MANAGE_POTS,
            target=changed,
            before=_plain({name: before[name] for name in after}),
            after=_plain(after),
        )
    return changed


@transaction.atomic
def change_amount(*, actor: Actor, pot: Pot, amount: Decimal, reason: str = "") -> list[Entry]:
    """Let the pot's amount be this: an entry of the difference, none where there is no difference.

    Raises `PotTaken` where more than that is taken already, `PotOverdrawn` where the pot that it
    is a part of has not that much left, `AmountNotPossible`.
    """
    require(actor, Permission.MANAGE_POTS, keeper_of(pot))
    hold([pot])
    before = figures_of([pot.pk])[pot.pk].planned
    if amount == before:
        return []
    deed = Deed.CHANGE_AMOUNT
    entries = _plan(deed, actor, pot, Planned(amount - before, reason))
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.MANAGE_POTS,
        target=pot,
        before={"amount": str(before)},
        after={"amount": str(amount), "reason": reason},
    )
    return entries


def _plan(deed: Deed, actor: Actor, pot: Pot, planned: Planned) -> list[Entry]:
    hold([pot])
    subject = Subject(OF_POT, pot.pk)
    booking = Booking(deed, actor, subject, f"plan:{uuid4()}", planned.reason)
    return write(booking, [Line(pot, Entry.Kind.PLANNED, planned.amount)])


def _check(pot: Pot) -> None:
    """Raises `DisposerUnknown`, `ClassificationOfAnotherYear`."""
    for kind, target in (("unit", pot.unit_id), ("section", pot.section_id)):
        if target is not None and not scopes.names([(kind, target)]):
            raise DisposerUnknown
    if pot.function and not accounts.functions_known([pot.function]):
        raise DisposerUnknown
    if sum(map(bool, (pot.unit_id, pot.section_id, pot.function))) > 1:
        raise DisposerUnknown
    position = pot.classification
    if position is not None and position.year != pot.year:
        raise ClassificationOfAnotherYear(code=position.code, year=position.year)


def _save(pot: Pot) -> None:
    with refusing(one_pot_per_code_and_year=PotExists(year=pot.year, code=pot.code)):
        pot.save()


def _plain(facts: dict[str, Any]) -> dict[str, object]:
    """As the log keeps them."""
    return {name: _told(value) for name, value in facts.items()}


def _told(value: object) -> object:
    return str(value) if isinstance(value, UUID | Classification) else value
