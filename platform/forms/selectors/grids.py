"""Tables with keys, ready to be looked up, and when the city's school years begin."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from forms.errors import UnknownTableEdition
from forms.expressions import FROM, Grid, SchoolYear, TableShape, Value, shape_of
from forms.models import SchoolCalendar, TableEdition, UnitTable

IN_SCHOOL_YEARS = frozenset(
    {
        *("rok_szkolny", "poczatek_roku_szkolnego", "koniec_roku_szkolnego"),
        *("nazwa_roku_szkolnego", "semestr", "poczatek_semestru", "koniec_semestru"),
    }
)
"""The functions for which it has to be known how the city counts."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An edition of a table that can be asked."""

    number: int
    ready: Grid


@dataclass(frozen=True, slots=True)
class _Published:
    """An edition never changes, so it is made ready once."""

    id: UUID
    columns: Any = field(compare=False)
    keys: Any = field(compare=False)
    rows: Any = field(compare=False)


def editions_of(
    tables: Collection[str], pinned: Collection[tuple[str, int]]
) -> dict[tuple[str, int], Ready]:
    """The newest edition of each table, and those that are named besides; one query."""
    which = Q(number=F("table__edition"))
    for key, number in pinned:
        which |= Q(table__key=key, number=number)
    found = TableEdition.objects.filter(which, table__key__in=tables).values_list(
        "table__key", "number", "id", "columns", "keys", "rows"
    )
    return {
        (key, number): Ready(number, _grid(_Published(pk, columns, keys, rows)))
        for key, number, pk, columns, keys, rows in found
    }


@lru_cache(maxsize=128)
def _grid(edition: _Published) -> Grid:
    types = {column["key"]: column["type"] for column in edition.columns}
    rows: dict[tuple[str, ...], list[tuple[date | None, Mapping[str, Value]]]] = {}
    for row in edition.rows:
        since = date.fromisoformat(row["since"]) if row["since"] else None
        values = {key: typed(kind, row["values"].get(key)) for key, kind in types.items()}
        rows.setdefault(tuple(row["keys"]), []).append((since, values))
    for held in rows.values():
        held.sort(key=lambda one: one[0] or date.min, reverse=True)
    is_from = bool(edition.keys) and edition.keys[-1]["type"] == FROM
    steps: dict[tuple[str, ...], list[Decimal]] = {}
    for keys in rows if is_from else ():
        steps.setdefault(keys[:-1], []).append(Decimal(keys[-1]))
    return Grid(rows, is_from, {others: sorted(known) for others, known in steps.items()})


def typed(kind: str, value: Any) -> Value:
    """A stored value of a table as expressions know it; None where there is none."""
    if value is None or value == "":
        return None
    try:
        match kind:
            case "number" | "money":
                return Decimal(value)
            case "date":
                return date.fromisoformat(value)
            case "yes_no":
                return bool(value)
            case _:
                return str(value)
    except (InvalidOperation, ValueError):
        return None


def table_shapes() -> dict[str, TableShape]:
    """What expressions have to know of each table of the city; one query."""
    tables = UnitTable.objects.values_list("key", "columns", "keys")
    return {key: shape_of(columns, keys) for key, columns, keys in tables}


def rows_of_edition(table: UnitTable, number: int | None = None) -> TableEdition | None:
    """The newest edition, or that one; None where nobody has filled the table yet.

    Raises `UnknownTableEdition`.
    """
    wanted = table.edition if number is None else number
    editions = TableEdition.objects.select_related("made_by")
    found = editions.filter(table=table, number=wanted).first()
    if found is None and number is not None:
        raise UnknownTableEdition(number=number)
    return found


@dataclass(frozen=True, slots=True)
class GridShown:
    """A table with keys as its screen shows it; `edition` 0 where nobody has filled it yet."""

    edition: int
    made_at: datetime | None
    made_by: str
    columns: list[dict[str, str]]
    keys: list[dict[str, str]]
    rows: list[dict[str, Any]]


def grid_shown(table_id: UUID, number: int | None = None) -> GridShown:
    """The newest edition as it stands now, or that one; ask before who sees the table.

    Raises `UnknownTableEdition`.
    """
    table = UnitTable.objects.get(pk=table_id)
    found = rows_of_edition(table, number)
    if found is None:
        return GridShown(0, None, "", table.columns, table.keys, [])
    by = found.made_by
    name = by.display_name if by is not None else "OPIUM"
    return GridShown(found.number, found.created_at, name, found.columns, found.keys, found.rows)


@dataclass(frozen=True, slots=True)
class DayShown:
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class SchoolYearShown:
    begins: DayShown
    second_semester: DayShown
    now: str
    """The name of the school year of today."""
    semester: int


def school_year_shown() -> SchoolYearShown:
    """How the city counts, and which year and semester it is by that."""
    school, today = school_year(), timezone.localdate()
    year = school.of(today)
    return SchoolYearShown(
        DayShown(*school.begins),
        DayShown(*school.second_semester),
        f"{year}/{year + 1}",
        school.semester_of(today),
    )


def school_year() -> SchoolYear:
    """How the city counts its school years and semesters; one query."""
    row = SchoolCalendar.objects.first()
    if row is None:
        return SchoolYear()
    return SchoolYear((row.begins_month, row.begins_day), (row.second_month, row.second_day))
