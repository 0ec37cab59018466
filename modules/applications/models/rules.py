"""What a call says, read from its document: windows, limits, whom it is for. Nothing else is known.

A draft may lack anything, so each moment and number can be None; what must not be missing before
a call is published is `selectors.missing_in`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from modules.applications.models.committees import (
    Committee,
    committee_written,
    committees_of,
)

Document = Mapping[str, Any]
NO_LIMIT = None


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """Until when units of these kinds (codes), or people who apply for themselves, may hand in."""

    kinds: tuple[str, ...]
    people: bool
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Round:
    """A window of the call; `closes_at` is the first moment when it is too late."""

    key: str
    name: str
    opens_at: datetime | None
    closes_at: datetime | None
    pots: tuple[str, ...]
    """Codes of the pots that it draws on."""
    own_deadlines: tuple[OwnDeadline, ...]

    def closing_for(self, kind: str | None) -> datetime | None:
        """Until when: for a unit of that kind (its code), or None for a person of their own."""
        for own in self.own_deadlines:
            if (own.people and kind is None) or (kind is not None and kind in own.kinds):
                return own.closes_at
        return self.closes_at

    @property
    def last_closing(self) -> datetime | None:
        """When nobody at all can hand anything in any more."""
        moments = [self.closes_at, *(own.closes_at for own in self.own_deadlines)]
        return max((one for one in moments if one is not None), default=None)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many applications; None is as many as one likes."""

    per_unit: int | None = NO_LIMIT
    per_kind: Mapping[str, int] = field(default_factory=dict)
    """Kind of units (its code) -> the number that holds instead of `per_unit`."""
    extra: Mapping[UUID, int] = field(default_factory=dict)
    """Unit -> how many more it may have."""
    per_person: int | None = NO_LIMIT
    person_questions: tuple[str, ...] = ()
    """Keys of the questions whose answers, together, say which person it is about."""

    def of_unit(self, unit_id: UUID, kind: str) -> int | None:
        number = self.per_kind.get(kind, self.per_unit)
        return NO_LIMIT if number is NO_LIMIT else number + self.extra.get(unit_id, 0)


@dataclass(frozen=True, slots=True)
class Rules:
    description: str
    rounds: tuple[Round, ...]
    audience: Document
    """Whom it is for, as `directory.units_addressed` takes it."""
    limits: Limits
    approvers: tuple[str, ...] = ()
    """Functions (codes) that approve a recommendation, one after another, before it is decided."""
    blocks_overdue: bool = True
    """Whether a unit with an overdue report of any call begins no application in this one."""
    committees: tuple[Committee, ...] = ()

    def round(self, key: str) -> Round | None:
        return next((one for one in self.rounds if one.key == key), None)

    @property
    def pots(self) -> list[str]:
        """Every pot of every round, each once."""
        return list(dict.fromkeys(code for one in self.rounds for code in one.pots))

    @property
    def last_closing(self) -> datetime | None:
        moments = [one.last_closing for one in self.rounds]
        return max((one for one in moments if one is not None), default=None)


def read(document: Document) -> Rules:
    """The rules of the document of a call or of an edition, as the API has checked it."""
    limits = document.get("limits") or {}
    return Rules(
        description=str(document.get("description", "")),
        rounds=tuple(_rounds(document)),
        audience=_audience(document.get("audience") or {}),
        limits=Limits(
            per_unit=limits.get("per_unit"),
            per_kind={one["kind"]: one["number"] for one in limits.get("per_kind", ())},
            extra={UUID(str(one["unit"])): one["number"] for one in limits.get("extra", ())},
            per_person=limits.get("per_person"),
            person_questions=tuple(limits.get("person_questions", ())),
        ),
        approvers=tuple(document.get("approvers", ())),
        blocks_overdue=bool(document.get("blocks_overdue", True)),
        committees=tuple(committees_of(document)),
    )


def _rounds(document: Document) -> Iterator[Round]:
    for one in document.get("rounds", ()):
        yield Round(
            key=one["key"],
            name=one.get("name", ""),
            opens_at=_moment(one.get("opens_at")),
            closes_at=_moment(one.get("closes_at")),
            pots=tuple(one.get("pots", ())),
            own_deadlines=tuple(
                OwnDeadline(
                    kinds=tuple(own.get("kinds", ())),
                    people=bool(own.get("people")),
                    closes_at=_moment(own.get("closes_at")),
                )
                for own in one.get("own_deadlines", ())
            ),
        )


def _audience(given: Document) -> Document:
    return {
        "all_units": bool(given.get("all_units")),
        "units": [UUID(str(one)) for one in given.get("units", ())],
        "kinds": list(given.get("kinds", ())),
        "groups": [UUID(str(one)) for one in given.get("groups", ())],
        "except_units": [UUID(str(one)) for one in given.get("except_units", ())],
    }


def _moment(given: str | datetime | None) -> datetime | None:
    """To the second, which is what people are told."""
    if not given:
        return None
    moment = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    return moment.replace(microsecond=0)


def written(rules: Rules) -> dict[str, Any]:
    """The rules as a whole document of plain JSON, which `read` reads as they are."""
    return {
        "description": rules.description,
        "rounds": [_round_written(one) for one in rules.rounds],
        "audience": {
            name: [str(one) for one in said] if isinstance(said, list) else said
            for name, said in rules.audience.items()
        },
        "limits": {
            "per_unit": rules.limits.per_unit,
            "per_kind": [
                {"kind": kind, "number": number}
                for kind, number in sorted(rules.limits.per_kind.items())
            ],
            "extra": [
                {"unit": str(unit), "number": number}
                for unit, number in sorted(rules.limits.extra.items())
            ],
            "per_person": rules.limits.per_person,
            "person_questions": list(rules.limits.person_questions),
        },
        "approvers": list(rules.approvers),
        "blocks_overdue": rules.blocks_overdue,
        "committees": [committee_written(one) for one in rules.committees],
    }


def _round_written(one: Round) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "opens_at": _plain(one.opens_at),
        "closes_at": _plain(one.closes_at),
        "pots": list(one.pots),
        "own_deadlines": [
            {"kinds": list(own.kinds), "people": own.people, "closes_at": _plain(own.closes_at)}
            for own in one.own_deadlines
        ],
    }


def _plain(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
