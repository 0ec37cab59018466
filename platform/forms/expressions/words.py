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
    "z_tabeli": Arity(2, None),
}
_LATER = {
    "suma_gdy": Arity(2, 2),
    "ile_gdy": Arity(1, 1),
    "najlepsze": Arity(2, 3),
    "z_tabeli_na": Arity(3, None),
    "dzień_odniesienia": Arity(0, 0),
    "rok_szkolny": Arity(0, 1),
    "nazwa_roku_szkolnego": Arity(0, 1),
    "początek_roku_szkolnego": Arity(0, 1),
    "koniec_roku_szkolnego": Arity(0, 1),
    "semestr": Arity(0, 1),
    "początek_semestru": Arity(2, 2),
    "koniec_semestru": Arity(2, 2),
    "wiek": Arity(1, 2),
    "rok": Arity(1, 1),
    "miesiąc": Arity(1, 1),
    "data": Arity(3, 3),
    "miesiące": Arity(2, 2),
    "dodaj_dni": Arity(2, 2),
    "dodaj_miesiące": Arity(2, 2),
}
"""Younger than the forms that cities have: a question may bear such a name too (`rok`, `data`)."""
FUNCTIONS = {fold(word): arity for word, arity in (_SPELT | _LATER).items()}
"""How many arguments each function takes, by its name without diacritics."""
SPELLING = {fold(word): word for word in _SPELT | _LATER}
OVER_ROWS = frozenset({"suma_gdy", "ile_gdy", "najlepsze"})
"""Functions that go through the rows of one table: in them `table.column` is a cell of the row."""
LOOKUPS = frozenset({"z_tabeli", "z_tabeli_na"})

AND, OR, NOT, YES, IN, CONTAINS, EMPTY = "i", "lub", "nie", "tak", "w", "zawiera", "puste"
UNIT = "jednostka"
CASE = "sprawa"
RESERVED = frozenset({AND, OR, NOT, YES, IN, CONTAINS, EMPTY, UNIT, CASE, *map(fold, _SPELT)})
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
