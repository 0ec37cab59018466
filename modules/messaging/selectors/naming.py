"""How people call those whom a message means: „SP 1”, „30 przedszkoli i 2 osoby”."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from accounts import selectors as accounts
from opium.polish import plural
from units.selectors import kinds_of, short_names

MOST_KINDS = 3
"""With more of them the sentence would be longer than a list."""
UNITS = ("jednostka", "jednostki", "jednostek", "jednostki")
PEOPLE = ("osoba", "osoby", "osób", "osoby")


@dataclass(frozen=True, slots=True)
class Named:
    """The recipients in words: alone, and after „do”."""

    alone: str
    after_do: str


def named_recipients(units: Collection[UUID], people: Collection[UUID]) -> Named:
    """Names one by its name, many by their kinds; nobody is "". At most two queries."""
    if len(units) + len(people) == 1 and (name := _name(units, people)):
        return Named(name, name)
    parts = [*_by_kind(units), *([(len(people), PEOPLE)] if people else [])]
    return Named(
        _joined([plural(count, one, few, many) for count, (one, few, many, _) in parts]),
        _joined([plural(count, of_one, many, many) for count, (_, _, many, of_one) in parts]),
    )


def _name(units: Collection[UUID], people: Collection[UUID]) -> str:
    """Of the only one; "" where the account is closed."""
    if units:
        return short_names(units)[0]
    person = accounts.active_people().filter(pk__in=people).first()
    return person.display_name if person is not None else ""


def _by_kind(units: Collection[UUID]) -> list[tuple[int, tuple[str, ...]]]:
    if not units:
        return []
    kinds = [(count, words) for count, words in kinds_of(units) if words is not None]
    is_whole = sum(count for count, _ in kinds) == len(units)
    return kinds if is_whole and len(kinds) <= MOST_KINDS else [(len(units), UNITS)]


def _joined(parts: list[str]) -> str:
    return " i ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
