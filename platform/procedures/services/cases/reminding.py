"""Reminders before and after deadlines, escalation, and what time alone brings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from opium.calendar import CITY_TIME, add_days, day_of, take_days
from opium.permissions import SYSTEM
from outbox.services import after_commit
from procedures.definition import Deadline
from procedures.desk import Desk, locked
from procedures.kinds import KINDS, StageKind
from procedures.models import Case, Waiting
from procedures.selectors.procedures import definition_of
from procedures.services.cases import stages
from procedures.services.cases.performing import perform

TIMED_OUT = "Minął termin."
BATCH = 500


@dataclass(frozen=True, slots=True)
class Due:
    """What a row of `Waiting` asks for today."""

    reminders: tuple[str, ...] = ()
    """`before:2`, `after:1`: those that have not left, the newest last; only it is told."""
    escalates_to: str = ""

    def __bool__(self) -> bool:
        return bool(self.reminders or self.escalates_to)


def remind_cases(*, at: datetime | None = None) -> int:
    """Do what every deadline of the city asks for today: remind, escalate, let time decide.

    Once for each row and each reminder, however often it runs; days are counted as the deadline
    counts them. Gives the number of rows and cases that something was done about.
    """
    today = day_of((at or timezone.now()).astimezone(CITY_TIME))
    rows = Waiting.objects.filter(done_at=None, due_at__isnull=False).select_related(
        "case__revision"
    )
    wanted = [row.pk for row in rows.iterator(chunk_size=BATCH) if _asked(row, today)]
    return sum(_remind(pk, today) for pk in wanted) + _let_time_decide(today)


def _asked(row: Waiting, today: date) -> Due:
    stage = definition_of(row.case.revision).stage_by_key.get(row.stage)
    return due_today(stage.deadline, row, today) if stage and stage.deadline else Due()


@transaction.atomic
def _remind(waiting_id: UUID, today: date) -> bool:
    rows = Waiting.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("case__revision").filter(pk=waiting_id, done_at=None).first()
    due = _asked(row, today) if row is not None else Due()
    if row is None or not due:
        return False
    if due.reminders:
        after_commit("procedures.tell_reminder", str(row.pk), due.reminders[-1])
    if due.escalates_to:
        row.escalated_at = timezone.now()
        after_commit("procedures.tell_escalation", str(row.pk), due.escalates_to)
    row.reminded = [*row.reminded, *due.reminders]
    row.save(update_fields=["reminded", "escalated_at", "updated_at"])
    return True


def due_today(deadline: Deadline, row: Waiting, today: date) -> Due:
    """Which reminders the row asks for on that day, and whom it escalates to.

    A run that was missed is made good: of several reminders that are due only the newest is told.
    """
    if row.due_at is None:
        return Due()
    end = day_of(row.due_at)
    reminders = tuple(key for key in _passed(deadline, end, today) if key not in row.reminded)
    escalates = (
        bool(deadline.escalate_to)
        and row.escalated_at is None
        and today >= add_days(end, deadline.escalate_after or 0, deadline.counted)
        and today > end
    )
    return Due(reminders, deadline.escalate_to if escalates else "")


def _passed(deadline: Deadline, end: date, today: date) -> Iterator[str]:
    if today <= end:
        for days in sorted(deadline.remind_before, reverse=True):
            if today >= take_days(end, days, deadline.counted):
                yield f"before:{days}"
        return
    for days in sorted(deadline.remind_after):
        if today >= add_days(end, days, deadline.counted):
            yield f"after:{days}"


def _let_time_decide(today: date) -> int:
    """Press the outcomes that time alone brings, where the deadline has passed."""
    automatic = [code for code, kind in KINDS.items() if _automatic(kind)]
    late = Case.objects.filter(
        due_at__lt=datetime.combine(today, time(), CITY_TIME),
        state=Case.State.OPEN,
        stage_kind__in=automatic,
    )
    return sum(_time_out(case) for case in late.order_by("pk"))


def _automatic(kind: StageKind) -> list[str]:
    return [code for code, outcome in kind.outcomes.items() if outcome.is_automatic]


@transaction.atomic
def _time_out(case: Case) -> bool:
    desk = Desk(locked(case))
    if not desk.case.is_open or desk.case.version != case.version:
        return False
    for code in _automatic(desk.kind):
        for way in desk.procedure.ways_from(desk.stage.key, code):
            perform(actor=SYSTEM, case=desk.case, action=way.key, reason=TIMED_OUT)
            return True
    return False


@transaction.atomic
def renew_waiting(*, case: Case) -> None:
    """Make the case wait for whoever plays its functions today: members come and go."""
    desk = Desk(locked(case))
    if desk.case.is_open and desk.kind.has_members:
        stages.add_sheets(desk)
        stages.settle_waiting(desk)
        desk.case.save()
