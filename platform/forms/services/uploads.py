"""What is read of uploads in the background: tables of units, and forms as files."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from files.registry import Purpose, Source
from forms import selectors
from forms.definition import Definition, Unreadable, write
from forms.errors import FormFileUnknown, FormUnreadable, TableUnreadable, TooManyRows
from forms.models import UnitTable
from forms.permissions import Permission
from forms.plain import LARGEST, flaw
from forms.services.cells import NotThisKind, stored
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
    return {"columns": table.columns, "rows": rows}


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
    """Row number as people see it, the unit as written, column key -> value, what is no value."""
    places: dict[str, int] = {}
    unit_at = -1
    count = 0
    for number, row in numbered:
        if unit_at < 0:
            unit_at, places = _header(table, row)
            if unit_at < 0 and number >= _HEADER_WITHIN:
                break
            continue
        unit = _text(row[unit_at] if unit_at < len(row) else None)
        cells = {key: row[at] if at < len(row) else None for key, at in places.items()}
        if unit or any(cell is not None for cell in cells.values()):
            count += 1
            if count > MOST_OF_TABLE:
                raise TooManyRows(limit=MOST_OF_TABLE)
            values, faults = _values(table, cells)
            yield {"row": number + 1, "unit": unit, "values": values, "faults": faults}
    if unit_at < 0:
        titles = ", ".join(f"„{column['label']}”" for column in table.columns)
        raise TableUnreadable(name=name, columns=titles)


def _header(table: UnitTable, row: Row) -> tuple[int, dict[str, int]]:
    """Where the unit and each column stand; -1 where this row is no header."""
    titles = {fold(str(cell)): at for at, cell in reversed([*enumerate(row)]) if cell is not None}
    unit_at = next(
        (at for title, at in titles.items() if title.partition(" (")[0] in UNIT_TITLES), -1
    )
    found = {
        column["key"]: titles[title]
        for column in table.columns
        for title in (fold(column["label"]), column["key"])
        if title in titles
    }
    return (unit_at, found) if unit_at >= 0 and found else (-1, {})


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
