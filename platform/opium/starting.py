"""The roles that a city starts with, and which room gives them which of its rights.

Each room says it in its own `permissions`, so that a module which comes later brings its rights
along: `give(CLERK, Permission.X)`. A city edits its roles afterwards; code asks for none by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from opium.permissions import Held, Permission


@dataclass(frozen=True, slots=True)
class StartingRole:
    """A role that new cities get; the code stays, whatever a city calls it afterwards."""

    code: str
    name: str
    description: str


ADMINISTRATOR = StartingRole(
    "administrator",
    "Administrator miasta",
    "Zarządza kontami, rolami, katalogiem jednostek, formularzami i procedurami.",
)
DIRECTOR = StartingRole(
    "director", "Dyrektor wydziału", "Widzi wszystko, wysyła wiadomości i decyduje."
)
MAYOR = StartingRole(
    "mayor", "Prezydent, burmistrz, wójt", "Widzi sprawy i budżet, podejmuje decyzje."
)
SECTION_HEAD = StartingRole(
    "section_head", "Kierownik referatu", "Wysyła wiadomości i prowadzi sprawy referatu."
)
CLERK = StartingRole(
    "clerk",
    "Referent",
    "Wysyła wiadomości, zbiera odpowiedzi, prowadzi sprawy i katalog jednostek.",
)
FINANCE = StartingRole(
    "finance",
    "Finanse",
    "Przegląda jednostki i zebrane odpowiedzi, prowadzi budżet, dzieli i rozlicza środki.",
)
IT_OFFICER = StartingRole("it_officer", "Informatyk", "Zarządza kontami.")
COMMITTEE_MEMBER = StartingRole("committee_member", "Członek komisji", "Ocenia wnioski.")
UNIT_HEAD = StartingRole(
    "unit_head",
    "Dyrektor jednostki",
    "Czyta i odpowiada w imieniu jednostki, poprawia jej dane kontaktowe, zaprasza jej osoby.",
)
ACCOUNTANT = StartingRole(
    "accountant", "Główny księgowy", "Czyta i odpowiada w sprawach finansowych jednostki."
)
SECRETARY = StartingRole(
    "secretary",
    "Sekretariat",
    "Czyta i odpowiada w imieniu jednostki, poprawia jej dane kontaktowe.",
)
READER = StartingRole("reader", "Czytelnik", "Tylko przegląda katalog jednostek.")

OFFICERS = (DIRECTOR, SECTION_HEAD, CLERK)
"""Who keeps the office's matters going."""
UNIT_STAFF = (UNIT_HEAD, ACCOUNTANT, SECRETARY)
"""Who acts for a unit."""
_IN_ORDER = (
    ADMINISTRATOR,
    DIRECTOR,
    MAYOR,
    SECTION_HEAD,
    CLERK,
    FINANCE,
    IT_OFFICER,
    COMMITTEE_MEMBER,
    UNIT_HEAD,
    ACCOUNTANT,
    SECRETARY,
    READER,
)
_given: dict[str, set[Permission]] = {}
_brought: dict[str, StartingRole] = {role.code: role for role in _IN_ORDER}


def give(roles: StartingRole | tuple[StartingRole, ...], *permissions: Permission) -> None:
    """Let the starting role, or each of the roles, carry the permissions; safe to repeat.

    What everybody holds anyway is left out. A module may bring a role of its own. Raises
    `ValueError` for a code that another role has.
    """
    for role in roles if isinstance(roles, tuple) else (roles,):
        if _brought.setdefault(role.code, role) != role:
            raise ValueError(role.code)
        _given.setdefault(role.code, set()).update(
            one for one in permissions if one.held is Held.BY_ROLE
        )


def starting_roles() -> Iterator[tuple[StartingRole, frozenset[Permission]]]:
    """Every starting role with its rights, in the order in which a city sees them first."""
    for code, role in _brought.items():
        yield role, frozenset(_given.get(code, ()))
