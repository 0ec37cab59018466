"""What was said and asked in a case, read with the case itself in one query.

The page of a case shows these rows, and the kind of its stage decides by them: so they are read
once, as values, and whoever writes reads them anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf, Trim

from opium.models import annotated
from procedures.kinds import APPLICANT
from procedures.kinds.documents import explained_in
from procedures.models import Case, Event, Exclusion, Letter, Opinion, Vote

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A vote or a score; `person` and `in_place_of` as people call them."""

    id: UUID
    stage: str
    stage_name: str
    round: int
    person_id: UUID
    person: str
    in_place_of: str | None
    function: str
    verdict: str
    verdict_label: str
    points: Decimal | None
    reason: str
    at: datetime
    is_valid: bool

    @classmethod
    def of(cls, row: Row) -> Self:
        points = row["points"]
        return cls(
            **{
                **row,
                "id": UUID(row["id"]),
                "person_id": UUID(row["person_id"]),
                "points": None if points is None else Decimal(points),
                "at": datetime.fromisoformat(row["at"]),
            }
        )


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A question to a person or a unit, and the answer."""

    id: UUID
    stage: str
    round: int
    person_id: UUID | None
    unit_id: UUID | None
    whom: str
    question: str
    asked_by: str | None
    asked_at: datetime
    due_at: datetime
    reminded_at: datetime | None
    revoked_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    answered_in: int | None
    verdict: str
    answer: str

    @classmethod
    def of(cls, row: Row) -> Self:
        ids = {name: _id(row[name]) for name in ("id", "person_id", "unit_id")}
        moments = ("asked_at", "due_at", "reminded_at", "revoked_at", "answered_at")
        return cls(**{**row, **ids, **{name: _moment(row[name]) for name in moments}})


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter, as lists show it."""

    id: UUID
    name: str
    number: int
    year: int
    issued_on: date
    issuer: str | None
    stage: str
    state: str
    failure: str

    @classmethod
    def of(cls, row: Row) -> Self:
        issued_on = date.fromisoformat(row["issued_on"])
        return cls(**{**row, "id": UUID(row["id"]), "issued_on": issued_on})


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that was said and asked in a case, in its order."""

    votes: tuple[VoteRow, ...]
    opinions: tuple[OpinionRow, ...]
    exclusions: frozenset[tuple[str, UUID]]
    """Stage and person, of those who take no part in it."""

    @classmethod
    def of(cls, case: Case) -> Self:
        """Of a case that `with_rows` has read."""
        return cls(
            votes=tuple(VoteRow.of(row) for row in case.vote_rows),
            opinions=tuple(OpinionRow.of(row) for row in case.opinion_rows),
            exclusions=frozenset((one["stage"], UUID(one["person"])) for one in case.excluded_rows),
        )


def rows_of(case: Case) -> Rows:
    """As they stand in the database now; one query."""
    return Rows.of(with_rows(Case.objects.filter(pk=case.pk).only("pk")).get())


def with_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what `Rows.of` makes the rows of, in the same query."""
    return annotated(cases, **_rows())


def _rows() -> dict[str, Any]:
    votes = as_json(
        Vote.objects.order_by("cast_in", "pk"),
        *("id", "stage", "stage_name", "round", "person_id", "function", "verdict"),
        *("verdict_label", "reason", "at", "is_valid"),
        points=Cast("points", TextField()),
        person=name_of("person"),
        in_place_of=name_of("in_place_of"),
    )
    opinions = as_json(
        Opinion.objects.order_by("asked_in", "pk"),
        *("id", "stage", "round", "person_id", "unit_id", "whom", "question", "asked_at"),
        *("due_at", "reminded_at", "revoked_at", "answered_at", "answered_in", "verdict"),
        "answer",
        asked_by=name_of("asked_by"),
        answered_by=name_of("answered_by"),
    )
    excluded = as_json(Exclusion.objects.filter(lifted_in=None), "stage", "person")
    return {"vote_rows": votes, "opinion_rows": opinions, "excluded_rows": excluded}


def with_page(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what `letters_in` and `last_step_of` make the letters and the last step of, too."""
    letters = as_json(
        Letter.objects.order_by("-issued_on", "-number"),
        *("id", "number", "year", "issued_on", "stage", "state", "failure"),
        name=F("revision__template__name"),
        issuer=name_of("issued_by"),
    )
    newest = Event.objects.filter(case=OuterRef("pk"), number=OuterRef("version"))
    told = JSONObject(**{name: F(name) for name in STEP}, reopened=F("before__reopened"))
    last = Subquery(newest.values_list(told)[:1])
    here = Event.objects.filter(
        case=OuterRef("pk"), to_stage=OuterRef("stage"), undoes=None, undone_by=None
    ).exclude(from_stage="")
    came = JSONObject(**{name: F(name) for name in CAME})
    entered = Subquery(here.order_by("-number").values_list(came)[:1])
    return annotated(cases, **_rows(), letter_rows=letters, last_row=last, entered_row=entered)


CAME = (
    *("label", "from_stage", "to_stage", "to_public_name", "at"),
    *("actor_name", "function", "part", "reason", "data"),
)


STEP = (
    *("number", "action", "actor_id", "actor_name", "in_place_of_id", "part", "is_undoable"),
    *("outcome", "from_stage"),
)


def letters_in(case: Case) -> list[LetterRow]:
    """Of a case that `with_page` has read: the newest first."""
    return [LetterRow.of(row) for row in case.letter_rows]


def last_step_of(case: Case) -> Event | None:
    """Of a case that `with_page` has read: what of its newest step says who may take it back."""
    row = case.last_row
    if row is None:
        return None
    ids = {name: _id(row[name]) for name in ("actor_id", "in_place_of_id")}
    told = {**row, **ids, "case": case, "before": {"reopened": row["reopened"]}}
    del told["reopened"]
    return Event(**told)


def entering_step_of(case: Case) -> Event | None:
    """Of a case that `with_page` has read: what of the step that brought it here says why."""
    row = case.entered_row
    return None if row is None else Event(**{**row, "at": _moment(row["at"])})


def as_json(rows: QuerySet[Any], *fields: str, **expressions: Any) -> ArraySubquery:
    """The rows of a case as JSON objects, for an annotation of cases."""
    objects = JSONObject(**{name: F(name) for name in fields}, **expressions)
    return ArraySubquery(rows.filter(case=OuterRef("pk")).values_list(objects))


def name_of(person: str) -> Coalesce:
    """`Person.display_name` of the person at that path, said in SQL; null for nobody."""
    first, last, email = (f"{person}__{name}" for name in ("first_name", "last_name", "email"))
    full = Trim(Concat(F(first), Value(" "), F(last), output_field=CharField()))
    return Coalesce(NullIf(full, Value("")), F(email))


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def explanation_of(event: Event) -> str:
    """Why it was done: what a call or a decision says of itself, or the reason given."""
    return explained_in(event.data) or event.reason


def ended_for_the_office(case: Case) -> list[Event]:
    """The steps by which somebody of the office ended a stage, the newest last; one query."""
    taken_back = Event.objects.filter(case=case).exclude(undoes=None).values("undoes")
    ended = Event.objects.filter(case=case, actor__isnull=False).exclude(pk__in=taken_back)
    return list(ended.exclude(outcome="").exclude(part__in=("", APPLICANT)).order_by("number"))
