"""What is ranked: matters, each with a key and typed values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = Decimal | str | bool | date | None


class Kind(StrEnum):
    """What a field of matters holds."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"


NAMES = {
    Kind.NUMBER: "liczba",
    Kind.TEXT: "tekst",
    Kind.DATE: "data",
    Kind.FLAG: "tak albo nie",
}
_TYPES: Mapping[Kind, type] = {
    Kind.NUMBER: Decimal,
    Kind.TEXT: str,
    Kind.DATE: date,
    Kind.FLAG: bool,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A value that every matter may have: what it is, and what people call it."""

    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class Matter:
    """`key` tells it apart from all others; a value that is absent is a missing one."""

    key: str
    values: Mapping[str, Value]
    pots: frozenset[str] | None = None
    """Codes of the pots that it may get money of; None: of every one."""

    def number(self, name: str) -> Decimal | None:
        """The number, or None where there is none; a yes or no is no number."""
        found = self.values.get(name)
        return found if isinstance(found, Decimal) else None

    def group(self, name: str) -> str:
        """What the field groups by, as a word; "" where it is missing."""
        found = self.values.get(name)
        if isinstance(found, bool):
            return "tak" if found else "nie"
        if isinstance(found, Decimal):
            return word_of(found)
        return "" if found is None else str(found)


def word_of(number: Decimal) -> str:
    """One word for one number, however it was written: 1, 1.0 and 1.00 are „1”."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def told(number: Decimal) -> str:
    """The number as a Pole writes it: 82,5."""
    return word_of(number).replace(".", ",")


def is_of(kind: Kind, value: Value) -> bool:
    """Whether a value that is there is of the kind."""
    return type(value) is _TYPES[kind]
