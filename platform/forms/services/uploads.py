"""What is read of uploads in the background: tables of units, and forms as files."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from files.registry import Purpose, Source
from forms import selectors
from forms.definition import Definition, Unreadable, write
from forms.errors import (
    FormFileUnknown,
    FormUnreadable,
    GridUnreadable,
    TableUnreadable,
    TooManyRows,
)
from forms.models import UnitTable
from forms.permissions import Permission
from forms.plain import LARGEST, flaw
from forms.services.cells import NotThisKind, key_of, stored
from forms.tabular import definition_from_rows
from opium.errors import FieldError, NotFound
from opium.permissions import WHOLE_CITY, Actor, require
from opium.polish import fold
from spreadsheets.cells import Row
from spreadsheets.readers import Limits, read_workbook

TABLE, FORM = "forms.table", "forms.form"
UNIT_TITLES = ("jednostka", "rspo", "numer rspo", "nazwa skrocona", "szkola", "placowka")
MOST_OF_TABLE, MOST_OF_FORM = 5000, 5000
"""Rows."""
SINCE_TITLE = "Obowiązuje od"
_LIMITS = Limits(answer=2**26)
_HEADER_WITHIN = 20


def read_table(source: Source) -> dict[str, Any]:
    """The rows of a workbook by the columns that the table has now, each cell in its column's kind.

    Raises `NotFound` where the table is gone, `TableUnreadable`, `TooManyRows`.
    """
    table = UnitTable.objects.filter(pk=source.about).first()
    if table is None:
        raise NotFound
    with read_workbook(source.path, limits=_LIMITS) as workbook:
        rows = list(_rows(source.name, table, workbook.sheets[0].rows()))
    return {"columns": table.columns, "keys": table.keys, "rows": rows}


def read_form(source: Source) -> dict[str, Any]:
    """Name, description and definition: json as `export_form` writes it, or a workbook.

    Raises `FormUnreadable` with every fault, `FormFileUnknown`.
    """
    if source.name.lower().endswith(".json"):
        given = _document(source)
    else:
        given = {"definition": write(_from_workbook(source))}
    document = given["definition"]
    name = given.get("name") or document.get("title") or source.name.rpartition(".")[0]
    description = given.get("description") or ""
    return {"name": str(name), "description": str(description), "definition": document}


def _asks_for_table(actor: Actor, about: str) -> None:
    table = UnitTable.objects.filter(pk=about).first()
    require(actor, Permission.MANAGE_DICTIONARIES, table or WHOLE_CITY)
    if table is None:
        raise NotFound


def _asks_for_form(actor: Actor, _about: str) -> None:
    require(actor, Permission.MANAGE_FORMS, WHOLE_CITY)


PURPOSES = {
    TABLE: Purpose(read_table, _asks_for_table, is_about_one=True),
    FORM: Purpose(read_form, _asks_for_form),
}


def _rows(
    name: str, table: UnitTable, numbered: Iterator[tuple[int, Row]]
) -> Iterator[dict[str, Any]]:
    """Row number as people see it, what it is of as written, column key -> value, what is none.

    It is of a unit; where the table has keys, of these (`keys`) from a day on (`since`).
    """
    header: _Header | None = None
    count = 0
    for number, row in numbered:
        if header is None:
            header = _header(table, row)
            if header is None and number >= _HEADER_WITHIN:
                break
            continue
        named = [row[at] if at < len(row) else None for at in header.named]
        cells = {key: row[at] if at < len(row) else None for key, at in header.columns.items()}
        if any(cell is not None for cell in (*named, *cells.values())):
            count += 1
            if count > MOST_OF_TABLE:
                raise TooManyRows(limit=MOST_OF_TABLE)
            values, faults = _values(table, cells)
            said = {"row": number + 1, "values": values, "faults": faults}
            if table.keys:
                at = header.since
                yield said | _keyed(table, named, row[at] if 0 <= at < len(row) else None, faults)
            else:
                yield said | {"unit": _text(named[0])}
    if header is None:
        titles = ", ".join(f"„{one['label']}”" for one in (*table.keys, *table.columns))
        refusal = GridUnreadable if table.keys else TableUnreadable
        raise refusal(name=name, columns=titles)


class _Header(NamedTuple):
    """Where what a row is of, the day from which it holds (-1: nowhere) and each column stand."""

    named: list[int]
    since: int
    columns: dict[str, int]


def _header(table: UnitTable, row: Row) -> _Header | None:
    """None where this row is no header."""
    titles = {fold(str(cell)): at for at, cell in reversed([*enumerate(row)]) if cell is not None}
    units = [at for title, at in titles.items() if title.partition(" (")[0] in UNIT_TITLES]
    keys = [titles[fold(key["label"])] for key in table.keys if fold(key["label"]) in titles]
    found = {
        column["key"]: titles[title]
        for column in table.columns
        for title in (fold(column["label"]), column["key"])
        if title in titles
    }
    named = keys if table.keys else units[:1]
    is_whole = len(named) == (len(table.keys) or 1)
    return _Header(named, titles.get(fold(SINCE_TITLE), -1), found) if is_whole and found else None


def _keyed(
    table: UnitTable, cells: list[Any], since: Any, faults: list[list[str]]
) -> dict[str, Any]:
    """The keys as they are found by, the day, and how people read them."""
    keys = []
    for key, cell in zip(table.keys, cells, strict=True):
        try:
            keys.append(key_of(key["type"], cell))
        except NotThisKind as wrong:
            faults.append([key["label"], str(wrong)])
    try:
        day = stored("date", since)
    except NotThisKind as wrong:
        faults.append([SINCE_TITLE, str(wrong)])
        day = None
    unit = ", ".join(keys) + (f" (od {day})" if day else "")
    return {"keys": keys, "since": day, "unit": unit}


def _values(table: UnitTable, cells: dict[str, Any]) -> tuple[dict[str, Any], list[list[str]]]:
    values: dict[str, Any] = {}
    faults = []
    for column in table.columns:
        if column["key"] in cells:
            try:
                values[column["key"]] = stored(column["type"], cells[column["key"]])
            except NotThisKind as wrong:
                faults.append([column["label"], str(wrong)])
    return values, faults


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _document(source: Source) -> dict[str, Any]:
    """The envelope of `export_form`, or a bare definition document in one of our own making."""
    content = source.path.read_bytes() if source.path.stat().st_size <= LARGEST else b""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise FormFileUnknown(name=source.name) from wrong
    if not isinstance(found, dict):
        raise FormFileUnknown(name=source.name)
    given = found if "definition" in found else {"definition": found}
    document = given["definition"]
    if not isinstance(document, dict):
        raise FormFileUnknown(name=source.name)
    if sentence := flaw(given):
        raise FormUnreadable(errors=[FieldError("", sentence)])
    selectors.readable(document)
    return given


def _from_workbook(source: Source) -> Definition:
    with read_workbook(source.path, limits=_LIMITS) as workbook:
        read = islice(workbook.sheets[0].rows(), MOST_OF_FORM + 1)
        rows = [[_written(cell) for cell in row] for _, row in read]
    if len(rows) > MOST_OF_FORM:
        sentence = (
            f"Arkusz ma więcej niż {MOST_OF_FORM} wierszy; formularz tyle nie zmieści. "
            "Podziel go na mniejsze formularze."
        )
        raise FormUnreadable(errors=[FieldError("", sentence)])
    try:
        return definition_from_rows(rows)
    except Unreadable as unreadable:
        raise selectors.unreadable(unreadable) from unreadable


def _written(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        return "tak" if cell else "nie"
    return "" if cell is None else str(cell).strip()
