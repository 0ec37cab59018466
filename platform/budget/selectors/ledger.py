"""Questions about entries: a pot's ledger, and what a subject holds."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from budget import registry
from budget.models import OF_POT, Entry
from budget.registry import Shown
from budget.selectors.figures import Figures
from budget.selectors.pots import pot_visible_to, pots_visible_to
from opium.permissions import Actor


def entries_of(actor: Actor, pot_id: UUID) -> QuerySet[Entry]:
    """The ledger of a pot that the actor sees, the newest first. Raises `NotFound`."""
    pot = pot_visible_to(actor, pot_id)
    return Entry.objects.filter(pot=pot).select_related("reversed_by").order_by("-id")


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """The entries of every pot that the actor sees, the newest first."""
    pots = pots_visible_to(actor).order_by()
    return Entry.objects.filter(pot__in=pots).select_related("reversed_by").order_by("-id")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the money of an entry is, as one actor may know it."""

    label: str
    name: str
    """"" where the actor may not see it."""
    url: str


def owners_of(actor: Actor, entries: Collection[Entry]) -> dict[tuple[str, UUID], Owner]:
    """(kind, id) -> whose it is; the queries do not grow with the number of entries.

    A subject that the actor may not see is told by its kind alone.
    """
    wanted = {(one.owner_kind, one.owner_id) for one in entries if one.owner_kind != OF_POT}
    shown = registry.shown(actor, wanted)
    labels = registry.labels()
    nothing = Shown(name="", url="")
    return {
        (kind, pk): Owner(
            label=labels.get(kind, kind),
            name=shown.get((kind, pk), nothing).name,
            url=shown.get((kind, pk), nothing).url,
        )
        for kind, pk in wanted
    }


def held_by(owner_kind: str, owner_id: UUID) -> dict[UUID, Figures]:
    """Pot -> what the subject has there; one query. For the module whose subject it is."""
    found: dict[UUID, Figures] = {}
    rows = Entry.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("pot_id")
    for pot, kind, releases, amount in rows.values_list("pot_id", "kind", "releases", "amount"):
        found.setdefault(pot, Figures()).add(kind, releases, amount)
    return found


def held_together(owner_kind: str, owner_id: UUID) -> Figures:
    """What the subject has in all its pots together; one query."""
    found = Figures()
    rows = Entry.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
    for kind, releases, amount in rows.values_list("kind", "releases", "amount"):
        found.add(kind, releases, amount)
    return found
