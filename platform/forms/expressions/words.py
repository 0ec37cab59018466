"""The words of the language: how they are spelt and how many arguments a function takes."""

from typing import NamedTuple

from opium.polish import fold

MAX_LENGTH = 2000
"""Letters in one expression."""
MAX_DEPTH = 50
"""Levels of one expression's tree."""


class Arity(NamedTuple):
    least: int
    most: int | None


_ANY_NUMBER = Arity(1, None)
_SPELT = {
    "suma": _ANY_NUMBER,
    "iloczyn": _ANY_NUMBER,
    "zaokrągl": Arity(1, 2),
    "jeżeli": Arity(3, 3),
    "ile": _ANY_NUMBER,
    "min": _ANY_NUMBER,
    "max": _ANY_NUMBER,
    "średnia": _ANY_NUMBER,
    "dni": Arity(2, 2),
    "dzisiaj": Arity(0, 0),
    "puste": Arity(1, 1),
    "długość": Arity(1, 1),
    "z_tabeli": Arity(2, 2),
}
FUNCTIONS = {fold(word): arity for word, arity in _SPELT.items()}
"""How many arguments each function takes, by its name without diacritics."""
SPELLING = {fold(word): word for word in _SPELT}

AND, OR, NOT, YES, IN, CONTAINS, EMPTY = "i", "lub", "nie", "tak", "w", "zawiera", "puste"
UNIT = "jednostka"
CASE = "sprawa"
RESERVED = frozenset({AND, OR, NOT, YES, IN, CONTAINS, EMPTY, UNIT, CASE, *FUNCTIONS})
"""Words that no question may have as its key."""

UNIT_FACTS = {
    "nazwa": "name",
    "skrot": "short_name",
    "rodzaj": "kind",
    "nazwa_rodzaju": "kind_name",
    "ulica": "street",
    "kod_pocztowy": "postal_code",
    "miejscowosc": "city",
    "telefon": "phone",
    "email": "email",
    "nip": "nip",
    "regon": "regon",
    "rspo": "rspo",
}
"""The facts of a unit: their Polish names in expressions, and their codes (which are read too)."""
