"""The committees of a call as its rules say them; pure, like the rest of the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from opium.polish import format_second

Document = Mapping[str, Any]
CHAIR = "chair"
PARTS = {
    "member": "członek",
    CHAIR: "przewodniczący",
    "deputy": "zastępca przewodniczącego",
    "secretary": "sekretarz",
}
"""As `procedures.models.Seat.Part` has them; a secretary does not score."""
PART_CHOICES = list(PARTS.items())
HIDES = {"hides_applicant": "wnioskodawca", "hides_members": "członkowie"}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's seat, from a moment until another; None: from the publication, without end."""

    person: UUID
    name: str
    """As people called them when the rules were saved; for sentences."""
    part: str
    from_at: datetime | None
    to_at: datetime | None

    def overlaps(self, other: "Member", now: datetime) -> bool:
        """Whether both sit at some moment, were it published now."""
        begins = other.to_at is None or (self.from_at or now) < other.to_at
        ends = self.to_at is None or (other.from_at or now) < self.to_at
        return begins and ends


@dataclass(frozen=True, slots=True)
class Phase:
    """What is hidden from whoever scores, from a moment (None: the publication) until another."""

    from_at: datetime | None
    to_at: datetime | None
    hides_applicant: bool
    hides_members: bool

    @property
    def told(self) -> str:
        """What it hides and when, as people say it."""
        hidden = [HIDES[name] for name in HIDES if getattr(self, name)]
        since = f" od {format_second(self.from_at)}" if self.from_at is not None else ""
        until = f" do {format_second(self.to_at)}" if self.to_at is not None else ""
        return f"{' i '.join(hidden)} w ukryciu{since}{until}"


@dataclass(frozen=True, slots=True)
class Committee:
    key: str
    name: str
    function: str
    """Which function of the procedure it plays."""
    rounds: tuple[str, ...]
    """Keys of the rounds whose applications are its own; none: of all."""
    each_to: int | None
    members: tuple[Member, ...]
    phases: tuple[Phase, ...] = ()

    def covers(self, function: str, round_key: str) -> bool:
        return self.function == function and (not self.rounds or round_key in self.rounds)

    def meets(self, other: "Committee") -> bool:
        """Whether some application would be before both in the same function."""
        rounds = not self.rounds or not other.rounds or bool({*self.rounds} & {*other.rounds})
        return self.function == other.function and rounds


def committees_of(document: Document) -> Iterator[Committee]:
    for one in document.get("committees", ()):
        yield Committee(
            key=one["key"],
            name=one.get("name", ""),
            function=one.get("function", ""),
            rounds=tuple(one.get("rounds", ())),
            each_to=one.get("each_to"),
            members=tuple(_member(member) for member in one.get("members", ())),
            phases=tuple(_phase(phase) for phase in one.get("phases", ())),
        )


def _phase(one: Document) -> Phase:
    return Phase(
        from_at=_moment(one.get("from_at")),
        to_at=_moment(one.get("to_at")),
        hides_applicant=bool(one.get("hides_applicant")),
        hides_members=bool(one.get("hides_members")),
    )


def _member(one: Document) -> Member:
    return Member(
        person=UUID(str(one["person"])),
        name=str(one.get("name") or ""),
        part=one.get("part", "member"),
        from_at=_moment(one.get("from_at")),
        to_at=_moment(one.get("to_at")),
    )


def _moment(given: str | datetime | None) -> datetime | None:
    if not given:
        return None
    moment = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    return moment.replace(microsecond=0)


def committee_written(one: Committee) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "function": one.function,
        "rounds": list(one.rounds),
        "each_to": one.each_to,
        "members": [
            {
                "person": str(member.person),
                "name": member.name,
                "part": member.part,
                "from_at": None if member.from_at is None else member.from_at.isoformat(),
                "to_at": None if member.to_at is None else member.to_at.isoformat(),
            }
            for member in one.members
        ],
        "phases": [
            {
                "from_at": None if phase.from_at is None else phase.from_at.isoformat(),
                "to_at": None if phase.to_at is None else phase.to_at.isoformat(),
                "hides_applicant": phase.hides_applicant,
                "hides_members": phase.hides_members,
            }
            for phase in one.phases
        ],
    }


def committees_changed(older: tuple[Committee, ...], newer: tuple[Committee, ...]) -> Iterator[str]:
    """A sentence for each thing that is no longer as it was."""
    before = {one.key: one for one in older}
    for one in newer:
        was = before.pop(one.key, None)
        if was is None:
            yield f"Dodano komisję „{one.name}”: {_people(one)}."
        else:
            yield from _of_committee(was, one)
    for one in before.values():
        yield f"Usunięto komisję „{one.name}”."


def _of_committee(older: Committee, newer: Committee) -> Iterator[str]:
    if older.name != newer.name:
        yield f"Komisja „{older.name}” nazywa się teraz „{newer.name}”."
    if older.each_to != newer.each_to:
        to = "wszyscy" if newer.each_to is None else f"po {newer.each_to} osób"
        yield f"Komisja „{newer.name}”: każdy wniosek oceniają {to}."
    if (older.function, older.rounds) != (newer.function, newer.rounds):
        yield f"Komisja „{newer.name}”: zmieniono, co ocenia."
    if older.phases != newer.phases:
        told = "; ".join(one.told for one in newer.phases) or "nic nie jest ukryte"
        yield f"Komisja „{newer.name}”, ocena w ciemno: {told}."
    was = {(one.person, one.from_at): one for one in older.members}
    for one in newer.members:
        before = was.pop((one.person, one.from_at), None)
        if before is None:
            yield f"Komisja „{newer.name}”: doszła osoba {_told(one)}."
        elif (before.part, before.to_at) != (one.part, one.to_at):
            yield f"Komisja „{newer.name}”: zmieniono udział osoby {_told(one)}."
    for one in was.values():
        yield f"Komisja „{newer.name}”: odeszła osoba {one.name}."


def _people(one: Committee) -> str:
    return ", ".join(_told(member) for member in one.members) or "bez członków"


def _told(one: Member) -> str:
    since = f" od {format_second(one.from_at)}" if one.from_at is not None else ""
    until = f" do {format_second(one.to_at)}" if one.to_at is not None else ""
    return f"{one.name} ({PARTS[one.part]}{since}{until})"
