"""Matters and rules that the tests of the ranking share."""

from decimal import Decimal

import ranking
from ranking import Field, Kind, Matter

FIELDS = {
    "wynik": Field(Kind.NUMBER, "Wynik"),
    "srednia": Field(Kind.NUMBER, "Średnia ocen"),
    "kwota": Field(Kind.NUMBER, "Kwota wnioskowana"),
    "koszt": Field(Kind.NUMBER, "Koszt całkowity"),
    "szkola": Field(Kind.TEXT, "Szkoła"),
    "kategoria": Field(Kind.TEXT, "Kategoria"),
    "ranga": Field(Kind.TEXT, "Ranga konkursu"),
    "miejsce": Field(Kind.NUMBER, "Miejsce w konkursie"),
    "zlozono": Field(Kind.DATE, "Data złożenia"),
}
BY_SCORE = [{"by": "wynik"}]
AS_ASKED = {"way": "asked", "by": "kwota"}


def matter(key, wynik=None, kwota=None, **rest):
    values = {"wynik": wynik, "kwota": kwota, **rest}
    return Matter(key, {name: _typed(value) for name, value in values.items() if value is not None})


def rules(**members):
    return ranking.read_rules({"order": BY_SCORE, **members}, FIELDS)


def played(document, matters, changes=None):
    read = rules(**document)
    return ranking.play(read, matters, ranking.read_changes(changes or {}, matters, read))


def over(outcome):
    return [row.key for row in outcome.rows if row.is_over]


def given(outcome):
    return {row.key: str(row.amount) for row in outcome.rows if row.is_over}


def row(outcome, key):
    return next(one for one in outcome.rows if one.key == key)


def pot(amount, code="granty", **only):
    return {"code": code, "amount": amount, **({"only": only} if only else {})}


def _typed(value):
    return Decimal(value) if isinstance(value, int) else _number_or(value)


def _number_or(value):
    try:
        return Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return value
