"""Cells of a workbook as the values that a table of units stores."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.expressions import FROM, key_text
from opium.polish import fold
from spreadsheets import values
from spreadsheets.cells import Fault

YES = frozenset({"tak", "t", "1", "x", "prawda"})
NO = frozenset({"nie", "n", "0", "falsz"})


class NotThisKind(ValueError):
    """The cell is no value of its column; the sentence is Polish."""


def stored(kind: str, cell: object) -> Any:
    """The value in the JSON form of answers; None for an empty cell. Raises `NotThisKind`."""
    if isinstance(cell, str):
        cell = cell.strip()
    if cell is None or cell == "" or (isinstance(cell, str) and values.is_no_value(cell)):
        return None
    if isinstance(cell, Fault):
        raise NotThisKind("W komórce jest błąd formuły albo nie zapisano jej wyniku.")
    match kind:
        case "number" | "money":
            return _number(kind, cell)
        case "date":
            return _date(cell)
        case "yes_no":
            return _truth(cell)
        case _:
            return _text(cell)


def key_of(kind: str, given: object) -> str:
    """The text by which a key is found. Raises `NotThisKind`, also where it is empty."""
    value = stored("number" if kind == FROM else kind, given)
    if value is None or value == "":
        raise NotThisKind("Wpisz klucz: bez niego wiersza nie da się znaleźć.")
    if isinstance(value, bool):
        return key_text(value)
    return key_text(Decimal(value)) if kind in {"number", FROM} else str(value)


def _number(kind: str, cell: object) -> str:
    if isinstance(cell, str):
        reading = values.number(cell)
        cell = reading.value
        if not isinstance(cell, int | float | Decimal):
            raise NotThisKind("To nie jest liczba.")
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        raise NotThisKind("To nie jest liczba.")
    try:
        number = Decimal(str(cell))
    except InvalidOperation as wrong:
        raise NotThisKind("To nie jest liczba.") from wrong
    if not number.is_finite():
        raise NotThisKind("To nie jest liczba.")
    if kind == "money":
        return f"{number:.2f}"
    return f"{number.normalize():f}"


def _date(cell: object) -> str:
    if isinstance(cell, str):
        cell = values.date(cell).value
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if not isinstance(cell, dt.date):
        raise NotThisKind("To nie jest data.")
    return cell.isoformat()


def _truth(cell: object) -> bool:
    if isinstance(cell, bool):
        return cell
    said = fold(_text(cell))
    if said in YES | NO:
        return said in YES
    raise NotThisKind("Wpisz „tak” albo „nie”.")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        return "tak" if cell else "nie"
    return " ".join(str(cell).split())
