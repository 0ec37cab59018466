"""Questions about pots: which somebody sees, who disposes of them, whether a sum would fit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts import scopes
from accounts import selectors as accounts
from budget.errors import PotUnknown
from budget.models import Balance, Classification, Pot
from budget.permissions import Permission
from opium.errors import NotFound
from opium.models import holding
from opium.permissions import Actor, System, may
from opium.polish import format_money

if TYPE_CHECKING:
    from accounts.models import Person


def pots_visible_to(actor: Actor) -> QuerySet[Pot]:
    """Those within the reach of the right, and those that the actor's functions dispose of.

    The newest year first, then the Polish order of names.
    """
    reach = actor.reach(Permission.VIEW_POTS)
    visible = scopes.within(reach, unit="unit_id", section="section_id")
    if reach and not reach.everywhere:
        visible |= Q(function__in=_functions_of(actor))
    return Pot.objects.filter(visible).order_by("-year", "sort_key", "pk")


def pot_visible_to(actor: Actor, pot_id: UUID) -> Pot:
    """One pot with what it was delegated from and its classification. Raises `NotFound`."""
    pots = pots_visible_to(actor).select_related("parent", "classification")
    found = pots.filter(pk=pot_id).first()
    if found is None:
        raise NotFound
    return found


def pots_matching(pots: QuerySet[Pot], text: str) -> QuerySet[Pot]:
    """Those with every word of `text` in name, code or fund; a city has hundreds of them."""
    return holding(pots, text, ("name", "code", "fund"))


def may_dispose(actor: Actor, pot: Pot) -> bool:
    """Whether the actor may book in the pot: by the right there, or by the function's part."""
    if may(actor, Permission.BOOK_ENTRIES, pot):
        return True
    is_player = bool(pot.function) and pot.function in _functions_of(actor)
    return is_player and may(actor, Permission.BOOK_ENTRIES)


def _functions_of(actor: Actor) -> frozenset[str]:
    """The functions that the actor plays today, their own."""
    if isinstance(actor, System):
        return frozenset()
    return frozenset(part.function for part in accounts.parts_of(cast("Person", actor), ()))


def disposers_of(pots: Iterable[Pot]) -> dict[UUID, str]:
    """Pot -> how people call who disposes of it; one query at most for each kind of disposer."""
    listed = list(pots)
    wanted = {scope for pot in listed if (scope := _scope_of(pot)) is not None}
    names = scopes.names(wanted)
    codes = {pot.function for pot in listed if pot.function}
    functions = accounts.function_names(codes) if codes else {}
    return {
        pot.pk: functions.get(pot.function, pot.function)
        if pot.function
        else names.get(scope, "")
        if (scope := _scope_of(pot)) is not None
        else ""
        for pot in listed
    }


def _scope_of(pot: Pot) -> scopes.Scope | None:
    if pot.unit_id is not None:
        return "unit", pot.unit_id
    return ("section", pot.section_id) if pot.section_id is not None else None


def years_by_code() -> Mapping[str, frozenset[int]]:
    """Code -> the years in which there is a pot of it: what procedures may name."""
    found: dict[str, set[int]] = {}
    for code, year in Pot.objects.order_by().values_list("code", "year"):
        found.setdefault(code, set()).add(year)
    return {code: frozenset(years) for code, years in found.items()}


def pots_by_code(codes: Collection[str], year: int) -> dict[str, Pot]:
    """As `pots_of_year`, but raises `PotUnknown` with every code that is missing."""
    known = pots_of_year(codes, year)
    missing = [code for code in dict.fromkeys(codes) if code not in known]
    if missing:
        names = ", ".join(f"„{code}”" for code in missing)
        raise PotUnknown(year=year, codes=names)
    return known


def pots_of_year(codes: Collection[str], year: int) -> dict[str, Pot]:
    """Code -> the pot of the year, for those of the codes that the year has one of; one query.

    Whose right it is to draw on them is not asked here: the caller's procedure decides.
    """
    known = {pot.code: pot for pot in Pot.objects.filter(year=year, code__in=codes)}
    return {code: known[code] for code in codes if code in known}


def pots_of_ids(ids: Collection[UUID]) -> list[Pot]:
    """The pots, in the order of their making; for whoever holds money in them."""
    return list(Pot.objects.filter(pk__in=ids).select_related("parent").order_by("pk"))


def missing_pots(codes: Collection[str], year: int) -> list[str]:
    """Those of the codes of which the year has no pot; one query."""
    known = set(Pot.objects.filter(year=year, code__in=codes).values_list("code", flat=True))
    return [code for code in dict.fromkeys(codes) if code not in known]


def left_in(pots: Collection[UUID]) -> dict[UUID, Decimal]:
    """Pot -> what can still be taken of it at this moment; one query.

    Read from the guard that the next entry will be judged by.
    """
    rows = Balance.objects.filter(pot__in=pots)
    return {one.pot_id: one.left for one in rows}


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a sum would go into a pot now, for whoever is still typing it."""

    fits: bool
    left: Decimal
    """What would be left; negative where it does not fit."""
    sentence: str


def would_fit(actor: Actor, pot_id: UUID, amount: Decimal) -> Fit:
    """What would come of taking the amount now; nothing is held.

    A pot that is not there, or not theirs to see, cannot be checked, and that is no yes: raises
    `NotFound`.
    """
    pot = pot_visible_to(actor, pot_id)
    left = left_in([pot.pk])[pot.pk] - amount
    if left >= 0:
        return Fit(fits=True, left=left, sentence=f"Zmieści się; zostanie {format_money(left)}.")
    missing = format_money(-left)
    return Fit(fits=False, left=left, sentence=f"Nie zmieści się: brakuje {missing}.")


def classifications_visible_to(actor: Actor) -> QuerySet[Classification]:
    """Every position of every year, for whoever sees a pot anywhere."""
    if not actor.reach(Permission.VIEW_POTS) and not actor.reach(Permission.MANAGE_POTS):
        return Classification.objects.none()
    return Classification.objects.order_by("-year", "chapter", "paragraph", "pk")


def classifications_matching(
    positions: QuerySet[Classification], text: str
) -> QuerySet[Classification]:
    """Those with every word of `text` in symbols or name."""
    return holding(positions, text, ("chapter", "paragraph", "name"))
