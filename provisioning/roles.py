"""The roles a city starts with. It edits them afterwards; code never asks for a role by name.

A permission is named by its value; `module.*` stands for every permission of the module.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartingRole:
    name: str
    description: str
    permissions: tuple[str, ...]


STARTING_ROLES = (
    StartingRole(
        "Administrator miasta",
        "Zarządza kontami, rolami i katalogiem jednostek.",
        ("accounts.*", "audit.*", "directory.*", "messaging.view_messages"),
    ),
    StartingRole(
        "Dyrektor wydziału",
        "Widzi wszystko, wysyła wiadomości i decyduje.",
        ("accounts.appoint_substitute", "directory.*", "messaging.*"),
    ),
    StartingRole(
        "Kierownik referatu",
        "Wysyła wiadomości i prowadzi sprawy referatu.",
        ("accounts.appoint_substitute", "directory.*", "messaging.*"),
    ),
    StartingRole(
        "Referent",
        "Wysyła wiadomości, zbiera odpowiedzi, prowadzi katalog jednostek.",
        ("directory.*", "messaging.*"),
    ),
    StartingRole(
        "Finanse",
        "Przegląda jednostki i zebrane odpowiedzi.",
        ("directory.view_units", "messaging.view_messages"),
    ),
    StartingRole(
        "Informatyk", "Zarządza kontami.", ("accounts.manage_people", "directory.view_units")
    ),
    StartingRole("Członek komisji", "Ocenia wnioski.", ("directory.view_units",)),
    StartingRole(
        "Dyrektor jednostki",
        "Czyta i odpowiada w imieniu jednostki, poprawia jej dane kontaktowe, zaprasza jej osoby.",
        (
            "accounts.appoint_substitute",
            "accounts.manage_unit_people",
            "directory.change_contact",
            "directory.view_units",
            "messaging.answer_message",
        ),
    ),
    StartingRole(
        "Główny księgowy",
        "Czyta i odpowiada w sprawach finansowych jednostki.",
        ("directory.view_units", "messaging.answer_message"),
    ),
    StartingRole(
        "Sekretariat",
        "Czyta i odpowiada w imieniu jednostki, poprawia jej dane kontaktowe.",
        ("directory.change_contact", "directory.view_units", "messaging.answer_message"),
    ),
    StartingRole("Czytelnik", "Tylko przegląda katalog jednostek.", ("directory.view_units",)),
)


def spelled_out(patterns: tuple[str, ...], known: frozenset[str]) -> list[str]:
    """The permissions that the patterns name; one that names none raises `LookupError`."""
    found: set[str] = set()
    for pattern in patterns:
        matching = {
            name
            for name in known
            if name == pattern or (pattern.endswith(".*") and name.startswith(pattern[:-1]))
        }
        if not matching:
            raise LookupError(pattern)
        found |= matching
    return sorted(found)
