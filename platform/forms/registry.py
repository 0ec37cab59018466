"""What other packages tell forms: whose a sheet is and who may fill it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from opium.declaring import Registry, name_of
from opium.permissions import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forms.models import Sheet


def _open(_actor: Actor, _sheet: "Sheet") -> bool:
    return False


def _by_correction(sheet: "Sheet") -> frozenset[str] | None:
    return sheet.open_sections


def _all(sheets: "QuerySet[Sheet]") -> "QuerySet[Sheet]":
    return sheets


def _none(_actor: Actor, sheets: "QuerySet[Sheet]") -> "QuerySet[Sheet]":
    return sheets.none()


def _held(_ids: Collection[UUID]) -> None:
    return


def _unnamed(_ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Guard:
    """What the owner of sheets decides about them. A sheet that nobody guards is nobody's."""

    may_view: Callable[[Actor, "Sheet"], bool]
    may_fill: Callable[[Actor, "Sheet"], bool]
    """Whether the actor may write answers into it now; forms itself asks that it is a draft.
    Whoever fills a sheet sees it, so `may_view` is not asked of them again."""
    veils: Callable[[Actor, "Sheet"], bool] = _open
    """Whether somebody who may not view it reads it as far as it does not tell whose it is; asked
    of those alone whom `may_view` refuses. No other way into the sheet opens to them."""
    open_sections: Callable[["Sheet"], frozenset[str] | None] = _by_correction
    """Keys of the sections that may be changed; None where every one may."""
    may_submit: Callable[[Actor, "Sheet"], bool] | None = None
    """Whether the sheet's own page submits it; None asks `may_fill`. A sheet that is submitted by
    a move of its matter says no here, and the owner calls `services.submit_sheet` itself."""
    visible: Callable[[Actor, "QuerySet[Sheet]"], "QuerySet[Sheet]"] = _none
    """Those of the sheets that the actor may view, for lists and exports; in one query."""
    in_flight: Callable[["QuerySet[Sheet]"], "QuerySet[Sheet]"] = _all
    """Those that a new revision may move: not the sheets of closed matters."""
    hold: Callable[[Collection[UUID]], None] = _held
    """Lock the owners' rows, in the order of their ids, before forms locks their sheets: whoever
    moves a matter locks in that order too, so that neither waits for the other for ever."""
    names: Callable[[Collection[UUID]], Mapping[UUID, str]] = _unnamed
    """Owner id -> how people call the matter: its sign, its title; one query."""


SHEET = "forms.sheet"
"""The subject of what waits until a sheet is submitted or withdrawn (`todo.Wait`)."""

Asked = Callable[[Actor, Sequence["Sheet"]], None]

_guards: Registry[Guard] = Registry("guard of sheets")
_asked: dict[str, Registry[Asked]] = {}


def guard(owner_kind: str, guard: Guard) -> None:
    """Let `guard` decide about the sheets whose `owner_kind` this is."""
    _guards.declare(owner_kind, guard)


def guards() -> Mapping[str, Guard]:
    return _guards


def guard_of(sheet: "Sheet") -> Guard | None:
    """None for an unknown kind of owner: then the sheet is nobody's."""
    return _guards.get(sheet.owner_kind)


def sheets_moved(owner_kind: str, subscriber: Asked) -> None:
    """Call `subscriber(actor, sheets)` in the transaction that asks for their correction.

    It comes where a new revision of the form was published with „przenieś i poproś o poprawę”;
    the sheets are drafts again by then and say in `asks_correction` what is to be corrected.
    """
    theirs = _asked.setdefault(owner_kind, Registry("subscriber"))
    theirs.declare(name_of(subscriber), subscriber)


def tell_moved(actor: Actor, sheets: Sequence["Sheet"]) -> None:
    kinds = dict.fromkeys(sheet.owner_kind for sheet in sheets)
    for kind in kinds:
        theirs = [sheet for sheet in sheets if sheet.owner_kind == kind]
        for subscriber in _asked.get(kind, {}).values():
            subscriber(actor, theirs)
