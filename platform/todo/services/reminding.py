"""Which rows are to be told of on a day; whoever tells (`notifications`) asks here, once each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opium.calendar import day_of
from todo import registry
from todo.models import Waiting
from todo.selectors import due_rows, waits_now

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Due:
    """What a row asks for on a day."""

    reminder: date | None = None
    """The reminder to be told: of several that were missed only the newest."""
    escalates: bool = False

    def __bool__(self) -> bool:
        return self.reminder is not None or self.escalates


def due_on(row: Waiting, today: date) -> Due:
    """Which reminder the row asks for on that day, and whether its superior is to hear.

    A run that was missed is made good, but once the deadline has passed nobody hears any more that
    it comes near.
    """
    if row.due_at is None:
        return Due()
    end = day_of(row.due_at)
    passed = [day for day in row.remind_on if day <= today and (day > end or today <= end)]
    newest = max(passed, default=None)
    if newest is not None and row.reminded_on is not None and newest <= row.reminded_on:
        newest = None
    is_late = row.escalate_on is not None and today >= row.escalate_on
    return Due(newest, escalates=is_late and row.escalated_at is None)


def rows_to_remind(today: date) -> Iterator[UUID]:
    """The rows that ask for something on that day, in the modules that the city has on."""
    rows = due_rows().filter(
        Q(remind_on__len__gt=0) | Q(escalate_on__lte=today, escalated_at=None),
        waits_now(registry.kinds_here()),
    )
    return (row.pk for row in rows.iterator(chunk_size=AT_ONCE) if due_on(row, today))


@transaction.atomic(savepoint=False)
def take_due(*, row_id: UUID, today: date) -> Due:
    """What the row asks for on that day, marked as told; nothing where it was taken already."""
    rows = due_rows().select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=row_id).first()
    due = due_on(row, today) if row is not None else Due()
    if row is None or not due:
        return Due()
    row.reminded_on = due.reminder or row.reminded_on
    row.escalated_at = timezone.now() if due.escalates else row.escalated_at
    row.save(update_fields=["reminded_on", "escalated_at", "updated_at"])
    return due
