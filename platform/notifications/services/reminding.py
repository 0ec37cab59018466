"""Deadlines that come near or have passed: reminders for those on whom something waits."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from notifications.registry import Kind
from notifications.services.telling import News, notify
from opium.calendar import day_of
from opium.polish import format_date
from outbox.services import after_commit
from todo import selectors as todo
from todo import services as waiting

if TYPE_CHECKING:
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


def remind_deadlines(*, at: datetime | None = None) -> int:
    """Let everybody be told today whom a deadline is to remind, and those who are to hear of it.

    Once for each row and day, however often it runs; each is a job of its own, so that one that
    fails keeps nobody else from their reminder. Gives the number of rows.
    """
    today = day_of(at or timezone.now())
    return sum(_plan(pk, today) for pk in list(waiting.rows_to_remind(today)))


@transaction.atomic
def _plan(row_id: UUID, today: date) -> bool:
    due = waiting.take_due(row_id=row_id, today=today)
    if due.reminder is not None:
        after_commit("notifications.tell_reminder", str(row_id), due.reminder.isoformat())
    if due.escalates:
        after_commit("notifications.tell_escalation", str(row_id))
    return bool(due)


def tell_reminder(row: "Waiting", day: date) -> None:
    """Tell those behind the row that its deadline comes near or has passed; each once a day."""
    if row.done_at is not None:
        return
    is_past = row.due_at is not None and day > day_of(row.due_at)
    sentence = f"{row.what}, termin {_due(row)} {'minął' if is_past else 'się zbliża'}"
    subject = uuid5(row.pk, day.isoformat())
    notify(_news(row, one, NEAR, subject, sentence) for one in todo.people_behind(row))


def tell_escalation(row: "Waiting") -> None:
    """Tell the superior function that nobody has acted."""
    if row.done_at is not None:
        return
    sentence = f"po terminie ({_due(row)}) i bez odpowiedzi: {row.what}"
    subject = uuid5(row.pk, "escalation")
    people = todo.players(row, row.escalate_to)
    notify(_news(row, one, ESCALATED, subject, sentence) for one in people)


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
