"""Writing down who is waited for: called by services, in the transaction of their deed.

Like `notify` they ask no right: the deed that calls them has asked for its own, and a row lets
nobody do anything; it says who has something to do.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from opium.permissions import Actor
from opium.polish import fold, sort_key
from todo import registry
from todo.models import Waiting
from todo.selectors import open_rows

if TYPE_CHECKING:
    from accounts.models import Person

Subject = tuple[str, UUID]
"""`<module>.<noun>` and the id of the record that waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that somebody is to do; the names mean what they mean in `models.Waiting`."""

    subject: Subject
    code: str
    what: str
    title: str
    url: str
    details: str = ""
    part: str = ""
    person: UUID | None = None
    function: str = ""
    unit_id: UUID | None = None
    section_id: UUID | None = None
    kind_id: UUID | None = None
    who: str = ""
    excused: Sequence[UUID] = ()
    barred_unit_id: UUID | None = None
    since: datetime | None = None
    """None: now."""
    due_at: datetime | None = None
    ends_at: datetime | None = None
    remind_on: Sequence[date] = ()
    escalate_on: date | None = None
    escalate_to: str = ""


@transaction.atomic(savepoint=False)
def wait(waits: Iterable[Wait], *, step: int | None = None) -> list[Waiting]:
    """Write these rows and give them; what waits already for the same of the same stays as it is.

    One statement, however many. Raises `registry.UndeclaredKind`.
    """
    now = timezone.now()
    rows = [_row(one, now, step) for one in waits]
    return Waiting.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic(savepoint=False)
def settle(*, subject: Subject, waits: Iterable[Wait], step: int | None = None) -> list[Waiting]:
    """Make the open rows of the subject exactly these, and give them.

    A row that goes on keeps its beginning and its deadline, and says what is said now; one that is
    not wanted any more is done.
    """
    now = timezone.now()
    wanted = {_key(one): one for one in waits}
    kept, ended = [], []
    for row in open_rows(subject[0], [subject[1]]).select_for_update():
        found = wanted.pop(_key_of(row), None)
        if found is None:
            row.done_at, row.closed_in, row.updated_at = now, step, now
            ended.append(row)
        else:
            _tell(row, found)
            row.updated_at = now
            kept.append(row)
    Waiting.objects.bulk_update(ended, ["done_at", "closed_in", "updated_at"])
    Waiting.objects.bulk_update(kept, [*_TOLD, "updated_at"])
    begun = Waiting.objects.bulk_create([_row(one, now, step) for one in wanted.values()])
    return [*kept, *begun]


@transaction.atomic(savepoint=False)
def done(
    *,
    subject_kind: str,
    subjects: Collection[UUID],
    code: str = "",
    by: Actor | None = None,
    step: int | None = None,
) -> int:
    """Nobody is waited for any more about these subjects, or only with that code not.

    Gives how many rows it was; again it is none.
    """
    rows = open_rows(subject_kind, subjects).order_by()
    if code:
        rows = rows.filter(code=code)
    now = timezone.now()
    return rows.update(
        done_at=now, done_by=by.pk if by is not None else None, closed_in=step, updated_at=now
    )


@transaction.atomic(savepoint=False)
def prolong(
    *,
    subject_kind: str,
    subjects: Collection[UUID],
    code: str,
    due_at: datetime | None,
    ends_at: datetime | None,
    remind_on: Sequence[date] = (),
) -> int:
    """Give what waits about these subjects another deadline; those meant are reminded of it anew.

    Gives how many rows it was.
    """
    return (
        open_rows(subject_kind, subjects)
        .order_by()
        .filter(code=code)
        .update(
            due_at=due_at,
            ends_at=ends_at,
            remind_on=sorted(remind_on),
            reminded_on=None,
            updated_at=timezone.now(),
        )
    )


@transaction.atomic(savepoint=False)
def excuse(*, subject_kind: str, subjects: Collection[UUID], people: Collection[UUID]) -> int:
    """Let exactly these, of whoever plays the function, not be waited for about these subjects.

    Gives how many rows it was.
    """
    rows = open_rows(subject_kind, subjects).order_by().exclude(function="")
    return rows.update(excused=sorted(people), updated_at=timezone.now())


@transaction.atomic(savepoint=False)
def take_back(*, subject: Subject, step: int, by_step: int) -> None:
    """Undo what one step of the subject did to its rows: reopen those it closed, close the rest."""
    now = timezone.now()
    rows = Waiting.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    begun = rows.filter(opened_in=step, done_at=None)
    begun.update(done_at=now, closed_in=by_step, updated_at=now)
    ended = rows.filter(closed_in=step).exclude(opened_in=step)
    ended.update(done_at=None, done_by=None, closed_in=None, updated_at=now)


@transaction.atomic(savepoint=False)
def forget(*, subject_kind: str, subjects: Collection[UUID]) -> int:
    """Remove every row about these subjects, done ones too, where the subjects are gone.

    Gives how many rows it was; again it is none.
    """
    return Waiting.objects.filter(subject_kind=subject_kind, subject_id__in=subjects).delete()[0]


@transaction.atomic(savepoint=False)
def hand_over(*, person: "Person", successor: "Person", code: str) -> None:
    """Let what waits for the person alone wait for the successor instead.

    What waits for both already waits for the successor once.
    """
    rows = Waiting.objects.filter(person=person, code=code, done_at=None)
    now = timezone.now()
    theirs = Waiting.objects.filter(person=successor, code=code, done_at=None)
    double = rows.filter(subject_id__in=theirs.values("subject_id"))
    double.update(done_at=now, updated_at=now)
    rows.update(person=successor, who=successor.display_name, updated_at=now)


_TOLD = (
    *("what", "title", "sort_key", "details", "url", "search", "who", "excused", "barred_unit_id"),
    *("section_id", "kind_id", "ends_at", "remind_on", "escalate_on", "escalate_to"),
)
"""What a row that goes on says anew."""


def _tell(row: Waiting, told: Wait) -> None:
    row.what, row.title = told.what[:200], told.title[:300]
    row.sort_key = sort_key(row.title)
    row.details, row.url = told.details[:400], told.url
    row.search = fold(f"{row.what} {row.title} {row.details}")
    row.who, row.excused = told.who[:300], list(told.excused)
    row.barred_unit_id, row.section_id = told.barred_unit_id, told.section_id
    row.kind_id, row.ends_at = told.kind_id, told.ends_at
    row.remind_on = sorted(told.remind_on)
    row.escalate_on, row.escalate_to = told.escalate_on, told.escalate_to


def _row(told: Wait, now: datetime, step: int | None) -> Waiting:
    registry.kind_named(told.code)
    row = Waiting(
        subject_kind=told.subject[0],
        subject_id=told.subject[1],
        code=told.code,
        part=told.part,
        person_id=told.person,
        function=told.function,
        unit_id=told.unit_id,
        since=told.since or now,
        due_at=told.due_at,
        opened_in=step,
    )
    _tell(row, told)
    return row


def _key(told: Wait) -> tuple[object, ...]:
    return told.code, told.part, told.person, told.function, told.unit_id


def _key_of(row: Waiting) -> tuple[object, ...]:
    return row.code, row.part, row.person_id, row.function, row.unit_id
