"""Taking the log away."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from audit import selectors
from audit.deeds import Deed
from audit.models import Entry
from audit.permissions import Permission
from audit.services.recording import record_export
from opium.permissions import WHOLE_CITY, Actor, require

HEADER = (
    "Nr",
    "Kiedy",
    "Kto",
    "W zastępstwie",
    "Skąd",
    "Czynność",
    "Uprawnienie",
    "Wynik",
    "Rekord",
    "Przed",
    "Po",
)


@transaction.atomic
def export_log(
    *, actor: Actor, entries: QuerySet[Entry], query: Mapping[str, object]
) -> Iterator[list[Any]]:
    """The entries as rows under `HEADER`, read as they are asked for; an entry of its own.

    `entries` comes from `selectors.entries_visible_to` of the same actor; `query` says in the log
    how it was narrowed.
    """
    require(actor, Permission.VIEW_LOG, WHOLE_CITY)
    record_export(
        actor=actor,
        deed=Deed.EXPORT_LOG,
        right=Permission.VIEW_LOG,
        model=Entry,
        query=query,
        rows=entries.count(),
    )
    return _rows(entries)


def _rows(entries: QuerySet[Entry]) -> Iterator[list[Any]]:
    deeds, rights = selectors.words_of_deeds(), selectors.names_of_rights()
    for entry in entries.iterator():
        yield [
            str(entry.id),
            entry.at,
            entry.actor_name,
            entry.in_place_of_name,
            entry.origin or "",
            deeds.get(entry.deed, entry.deed),
            rights.get(entry.right, entry.right),
            entry.get_outcome_display(),
            entry.target_label,
            _told(entry.before),
            _told(entry.after),
        ]


def _told(facts: dict[str, Any] | None) -> str:
    return "; ".join(f"{name}: {value}" for name, value in (facts or {}).items())
