"""The roles a city starts with. It edits them afterwards; code never asks for a role by name.

A permission is named by its value; `module.*` stands for every permission of the module.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartingRole:
    name: str
    description: str
    permissions: tuple[str, ...]


OFFICERS = (
    "forms.view_forms",
    "procedures.act_in_case",
    "procedures.manage_letters",
    "procedures.view_cases",
)
"""What everybody has who keeps the office's matters going."""

WRITERS = ("messaging.answer_message", "messaging.send_message", "messaging.view_messages")
"""What everybody has who writes to units; not the rules by which their messages are accepted."""

ADMINISTRATOR = "Administrator miasta"
OPERATOR = "Operator systemu"
"""The one role of the operators' host: every right that a role can carry there."""
STARTING_ROLES = (
    StartingRole(
        ADMINISTRATOR,
        "Zarządza kontami, rolami, katalogiem jednostek, formularzami i procedurami.",
        (
            "accounts.*",
            "audit.*",
            "directory.*",
            "forms.*",
            "messaging.set_acceptance",
            "messaging.view_messages",
            "outbox.*",
            "procedures.*",
        ),
    ),
    StartingRole(
        "Dyrektor wydziału",
        "Widzi wszystko, wysyła wiadomości i decyduje.",
        ("accounts.appoint_substitute", "directory.*", "messaging.*", *OFFICERS),
    ),
    StartingRole(
        "Prezydent, burmistrz, wójt",
        "Widzi sprawy i podejmuje decyzje.",
        (
            "accounts.appoint_substitute",
            "directory.view_units",
            "procedures.act_in_case",
            "procedures.view_cases",
        ),
    ),
    StartingRole(
        "Kierownik referatu",
        "Wysyła wiadomości i prowadzi sprawy referatu.",
        ("accounts.appoint_substitute", "directory.*", *WRITERS, *OFFICERS),
    ),
    StartingRole(
        "Referent",
        "Wysyła wiadomości, zbiera odpowiedzi, prowadzi sprawy i katalog jednostek.",
        ("directory.*", *WRITERS, *OFFICERS),
    ),
    StartingRole(
        "Finanse",
        "Przegląda jednostki i zebrane odpowiedzi, dzieli i rozlicza środki.",
        (
            "directory.view_units",
            "messaging.view_messages",
            "procedures.act_in_case",
            "procedures.view_cases",
        ),
    ),
    StartingRole(
        "Informatyk", "Zarządza kontami.", ("accounts.manage_people", "directory.view_units")
    ),
    StartingRole(
        "Członek komisji", "Ocenia wnioski.", ("directory.view_units", "procedures.act_in_case")
    ),
    StartingRole(
        "Dyrektor jednostki",
        "Czyta i odpowiada w imieniu jednostki, poprawia jej dane kontaktowe, zaprasza jej osoby.",
        (
            "accounts.appoint_substitute",
            "accounts.manage_unit_people",
            "directory.change_contact",
            "directory.view_units",
            "messaging.answer_message",
            "procedures.open_case",
        ),
    ),
    StartingRole(
        "Główny księgowy",
        "Czyta i odpowiada w sprawach finansowych jednostki.",
        ("directory.view_units", "messaging.answer_message", "procedures.open_case"),
    ),
    StartingRole(
        "Sekretariat",
        "Czyta i odpowiada w imieniu jednostki, poprawia jej dane kontaktowe.",
        (
            "directory.change_contact",
            "directory.view_units",
            "messaging.answer_message",
            "procedures.open_case",
        ),
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
