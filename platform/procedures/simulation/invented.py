"""Invented people: as many as a function needs, the same ones each time."""

from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from procedures.definition import APPLICANT, Procedure
from procedures.kinds import ASKED, KINDS

NAMES = (
    "Anna Nowak",
    "Jan Kowalski",
    "Maria Wiśniewska",
    "Piotr Wójcik",
    "Ewa Kamińska",
    "Tomasz Lewandowski",
    "Zofia Zielińska",
    "Marek Szymański",
    "Hanna Woźniak",
    "Paweł Dąbrowski",
    "Julia Kozłowska",
    "Adam Jankowski",
)
A_COMMITTEE = 3
"""How many people play a function whose members each have a part of their own."""


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody in a simulation. The same in every simulation of the procedure."""

    id: str
    name: str
    """None of two people of a simulation has the same."""
    function: str


def population(procedure: Procedure) -> tuple[Invented, ...]:
    """Who there is at the beginning: the applicant, and somebody for each function."""
    counts = {APPLICANT: 1} | {function.key: 1 for function in procedure.functions}
    for stage in procedure.stages:
        if stage.function and stage.function != APPLICANT:
            counts.setdefault(stage.function, 1)
            if stage.kind in KINDS and KINDS[stage.kind].has_members:
                counts[stage.function] = A_COMMITTEE
    people: tuple[Invented, ...] = ()
    for function, count in counts.items():
        for _ in range(count):
            people = joined(people, function)
    return people


def joined(people: tuple[Invented, ...], function: str) -> tuple[Invented, ...]:
    """The people, and one more of the function."""
    again, place = divmod(len(people), len(NAMES))
    name = NAMES[place] if not again else f"{NAMES[place]} {again + 1}"
    return (*people, Invented(str(uuid5(NAMESPACE_OID, f"opium/{name}")), name, function))


def players(people: tuple[Invented, ...], function: str) -> list[Invented]:
    """Whoever plays the function, in the order in which they came."""
    return [one for one in people if one.function == function]


def asked(whom: str, *, is_unit: bool) -> Invented:
    """Whoever was asked for an opinion."""
    label = "Zapytana jednostka" if is_unit else "Zapytana osoba"
    return Invented(whom, f"{label} {whom[-4:]}", ASKED)
