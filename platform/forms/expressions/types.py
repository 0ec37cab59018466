"""The types of values, and the names that an expression may use."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forms.expressions.grids import TableShape
from forms.expressions.tree import Name


class Type(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"
    DATE = "date"
    NUMBERS = "numbers"
    TEXTS = "texts"
    YES_NOS = "yes_nos"
    DATES = "dates"
    TABLE = "table"
    EMPTY = "empty"
    """Only the word `puste`."""
    ANY = "any"
    """Known when it is looked up, or spoilt by a fault; fits everywhere."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in an expression, and at which letter of it."""

    position: int
    sentence: str


@dataclass(frozen=True)
class Scope:
    """The names that an expression may use. Scopes join: `form | case.under("sprawa")`."""

    names: Mapping[Name, Type] = field(default_factory=dict)
    tables: Mapping[str, Collection[str] | TableShape] | None = None
    """Columns of each table of the city, or its shape with types and keys. None: not known
    here, so not checked."""
    choices: Mapping[Name, frozenset[str]] = field(default_factory=dict)
    """What a name can only be equal to."""

    def under(self, prefix: str) -> "Scope":
        """The same names behind a prefix: `wynik` as `ocena.wynik`."""
        return Scope(
            {(prefix, *name): kind for name, kind in self.names.items()},
            self.tables,
            {(prefix, *name): keys for name, keys in self.choices.items()},
        )

    def in_rows_of(self, table: Name) -> "Scope":
        """The same names, the columns of that table being cells of one row."""
        names = {
            name: item_of(kind) if name[:-1] == table else kind for name, kind in self.names.items()
        }
        return Scope(names, self.tables, self.choices)

    def __or__(self, other: "Scope") -> "Scope":
        """Both; the right one wins where a name is in both."""
        return Scope(
            {**self.names, **other.names},
            self.tables if other.tables is None else other.tables,
            {**self.choices, **other.choices},
        )


_ITEM = {
    Type.NUMBERS: Type.NUMBER,
    Type.TEXTS: Type.TEXT,
    Type.YES_NOS: Type.YES_NO,
    Type.DATES: Type.DATE,
}
_LIST = {item: many for many, item in _ITEM.items()}
LISTS = frozenset(_ITEM)
SPOKEN = {
    Type.NUMBER: "liczba",
    Type.TEXT: "tekst",
    Type.YES_NO: "odpowiedź tak/nie",
    Type.DATE: "data",
    Type.NUMBERS: "lista liczb",
    Type.TEXTS: "lista tekstów",
    Type.YES_NOS: "lista odpowiedzi tak/nie",
    Type.DATES: "lista dat",
    Type.TABLE: "tabela",
    Type.EMPTY: "puste",
    Type.ANY: "dowolna wartość",
}
"""How people call each type."""


def item_of(kind: Type) -> Type:
    """The type of one value of a list; another type is its own item."""
    return _ITEM.get(kind, kind)


def list_of(kind: Type) -> Type:
    """The type of a list of such values: a column of a table."""
    return _LIST.get(kind, Type.ANY)


def fits(kind: Type, wanted: Type) -> bool:
    """Whether a value of this type may stand where the other is wanted."""
    return kind is wanted or kind in {Type.ANY, Type.EMPTY} or wanted is Type.ANY
