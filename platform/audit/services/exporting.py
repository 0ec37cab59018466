"""Taking the log away."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Literal

from django.db import transaction
from django.db.models import QuerySet

from audit import selectors
from audit.deeds import Deed
from audit.models import Entry
from audit.permissions import Permission
from audit.services.lists import as_they_stand, write_list
from audit.services.recording import record_export
from opium.permissions import WHOLE_CITY, Actor, require
from spreadsheets.writing import Cell, Column, Kind

COLUMNS = (
    Column("Nr", id="at"),
    Column("Kiedy", Kind.DATETIME, id="at"),
    Column("Kto", id="who"),
    Column("W zastępstwie", id="who"),
    Column("Skąd", id="who"),
    Column("Czynność", id="what"),
    Column("Uprawnienie", id="what"),
    Column("Wynik", id="what"),
    Column("Czego dotyczy", id="target"),
    Column("Przed", id="change"),
    Column("Po", id="change"),
)


@transaction.atomic
def export_log(
    *,
    actor: Actor,
    entries: QuerySet[Entry],
    query: Mapping[str, object],
    as_: Literal["xlsx", "csv"] = "xlsx",
) -> IO[bytes] | Iterator[str]:
    """The entries as an open xlsx, or as the lines of a csv, read as they are asked for.

    An entry of its own. `entries` comes from `selectors.entries_visible_to` of the same actor;
    `query` says in the log how it was narrowed.
    """
    require(actor, Permission.VIEW_LOG, WHOLE_CITY)
    deed, right = Deed.EXPORT_LOG, Permission.VIEW_LOG
    if as_ == "csv":
        number = entries.count()
        record_export(actor=actor, deed=deed, right=right, model=Entry, query=query, rows=number)
        return _csv(*as_they_stand(COLUMNS, _rows(entries), query))
    return write_list(
        actor=actor,
        deed=deed,
        right=right,
        model=Entry,
        query=query,
        columns=COLUMNS,
        rows=_rows(entries),
        name="Dziennik",
        frozen=0,
    )


def _rows(entries: QuerySet[Entry]) -> Iterator[list[Cell]]:
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


def _csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Semicolons and a byte-order mark, so that a Polish Excel opens it by a double click."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    writer.writerow(column.title for column in columns)
    yield "\ufeff" + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        safe = [f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell for cell in row]
        writer.writerow(safe)
        yield line.getvalue()
