"""Members of a rule document that name fields, words and sums, each with its fault."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from forms.definition.members import Members
from forms.definition.model import Fault
from ranking.matters import Field, Kind
from ranking.rules import GROSZ, NOTHING

MOST_MONEY = Decimal("99999999999.99")
_NUMBER = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,10})?")


def word(members: Members, member: str, known: Sequence[str]) -> str:
    """One of the words; the first where it is absent or none of them."""
    found = members.take(member, known[0])
    if isinstance(found, str) and found in known:
        return found
    members.fault(member, f"Tu ma być jedno ze słów: {', '.join(known)}.")
    return known[0]


def field(
    members: Members, member: str, fields: Mapping[str, Field], *, may_be_absent: bool = False
) -> str:
    """The name of a field that the matters have; "" for none, and where it is at fault."""
    found = members.take(member, "")
    if isinstance(found, str) and found in fields:
        return found
    if found != "" or not may_be_absent:
        names = ", ".join(fields)
        told = f"Sprawy nie mają pola „{str(found)[:60]}”." if found else "Podaj pole."
        members.fault(member, f"{told} Pola: {names}.")
    return ""


def number_field(
    members: Members, member: str, fields: Mapping[str, Field], *, may_be_absent: bool = False
) -> str:
    """As `field`, of one that holds numbers."""
    found = field(members, member, fields, may_be_absent=may_be_absent)
    if found and fields[found].kind is not Kind.NUMBER:
        members.fault(member, f"Pole „{fields[found].label}” nie jest liczbą.")
        return ""
    return found


def number(members: Members, member: str) -> Decimal:
    """A number that has to be there; nothing where it is at fault."""
    found = members.take(member, None)
    if found is None:
        members.fault(member, "Podaj liczbę, np. 60 albo 0.5.")
        return NOTHING
    return _decimal(members, member, found) or NOTHING


def optional_number(members: Members, member: str) -> Decimal | None:
    """A number, or None where there is none or it is at fault; a yes or no is a fault."""
    found = members.take(member, None)
    return None if found is None else _decimal(members, member, found)


def _decimal(members: Members, member: str, found: object) -> Decimal | None:
    written = "" if isinstance(found, bool) else str(found)
    if _NUMBER.fullmatch(written):
        return Decimal(written)
    members.fault(member, "Tu ma być liczba, np. 3000 albo 0.5.")
    return None


def money(members: Members, member: str) -> Decimal:
    """A sum in whole grosze that has to be there, not below nothing."""
    return _money(members, member, number(members, member))


def optional_money(members: Members, member: str) -> Decimal | None:
    found = optional_number(members, member)
    return None if found is None else _money(members, member, found)


def _money(members: Members, member: str, found: Decimal) -> Decimal:
    if NOTHING <= found <= MOST_MONEY and found == found.quantize(GROSZ):
        return found.quantize(GROSZ)
    members.fault(member, "Kwota nie może być ujemna i ma być w pełnych groszach.")
    return NOTHING


def each(owner: Members, member: str, called: str, most: int, faults: list[Fault]) -> list[Members]:
    """The objects of a list, each with its place in words."""
    found = owner.list(member)
    if len(found) > most:
        owner.fault(member, f"Najwyżej {most} pozycji w jednym miejscu, a jest {len(found)}.")
        return []
    return [
        Members(one, owner.place.down(member, place, called=f"{called} {place + 1}."), faults)
        for place, one in enumerate(found)
    ]
