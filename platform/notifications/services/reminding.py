"""Deadlines that come near or have passed: reminders for those on whom something waits."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from notifications.registry import Kind
from notifications.services.telling import News, notify
from opium.calendar import day_of
from opium.isolation import together
from opium.polish import format_date
from outbox.services import after_commit, after_commit_each
from todo import registry
from todo import selectors as todo
from todo.services import rows_to_remind, take_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import Person
    from todo.models import Waiting

NEAR = Kind(
    "todo.deadline_near",
    "Zbliża się termin",
    "Termin czegoś, co na mnie czeka, zbliża się lub minął.",
)
ESCALATED = Kind(
    "todo.escalated", "Po terminie u innych", "Sprawa podległej mi funkcji jest po terminie."
)


@transaction.atomic
def plan_reminders(*, at: datetime | None = None) -> int:
    """Plan what every deadline of the city asks for today: to remind, to tell the superior.

    Each row gets a job of its own, so that one that fails keeps nobody else from their reminder.
    Gives the number of jobs.
    """
    today = day_of(at or timezone.now())
    rows = rows_to_remind(today)
    return after_commit_each("notifications.remind", rows, today.isoformat())


@transaction.atomic
def remind(*, row_id: UUID, today: date) -> bool:
    """Let people be told as the row asks for on that day, each reminder once."""
    due = take_due(row_id=row_id, today=today)
    if due.reminder is not None:
        after_commit("notifications.tell_reminder", str(row_id), due.reminder.isoformat())
    if due.escalates:
        after_commit("notifications.tell_escalation", str(row_id))
    return bool(due)


def tell_reminder(*, row: "Waiting", day: date) -> None:
    """Tell those behind the row that its deadline comes near or has passed; each once a day.

    Somebody who cannot be told keeps nobody else from it. Raises `SomeFailed`.
    """
    if row.done_at is not None:
        return
    is_past = row.due_at is not None and day > day_of(row.due_at)
    sentence = f"{row.what}, termin {_due(row)} {'minął' if is_past else 'się zbliża'}"
    _tell(row, todo.people_behind(row), NEAR, uuid5(row.pk, day.isoformat()), sentence)


def tell_escalation(*, row: "Waiting") -> None:
    """Tell the superior function that nobody has acted. Raises `SomeFailed`."""
    if row.done_at is not None:
        return
    sentence = f"po terminie ({_due(row)}) i bez odpowiedzi: {row.what}"
    people = todo.players(row, row.escalate_to)
    _tell(row, people, ESCALATED, uuid5(row.pk, "escalation"), sentence)


def _tell(
    row: "Waiting", people: "Sequence[Person]", kind: Kind, subject: UUID, sentence: str
) -> None:
    together(people, lambda few: notify(_news(row, one, kind, subject, sentence) for one in few))


def note_trouble(*, row_id: UUID, sentence: str) -> str:
    """Show with the subject that nobody could be reminded of it; gives its name."""
    row = todo.row_with_id(row_id)
    troubled = registry.troubled_of(row.subject_kind)
    said = f"Nie przypomniano o terminie. {sentence}"
    return troubled.note(row.subject_id, said) if troubled is not None else str(row)


def settle_trouble(*, row_id: UUID) -> None:
    """Somebody has it tried again."""
    row = todo.row_with_id(row_id)
    troubled = registry.troubled_of(row.subject_kind)
    if troubled is not None:
        troubled.settle(row.subject_id)


def _news(row: "Waiting", person: "Person", kind: Kind, subject: UUID, sentence: str) -> News:
    title = f"{row.title}: {sentence}"[:400]
    details = f"{row.details}\n\n" if row.details else ""
    return News(
        person=person,
        kind=kind.key,
        subject_id=subject,
        title=title,
        url=row.url,
        letter_subject=title,
        letter_body=f"{row.title}\n{details}{sentence[0].upper()}{sentence[1:]}.\n\nNa stronie:",
    )


def _due(row: "Waiting") -> str:
    return format_date(row.due_at) if row.due_at is not None else ""
