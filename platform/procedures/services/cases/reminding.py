"""Reminders before and after deadlines, escalation, and what time alone brings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from opium.permissions import SYSTEM
from outbox.services import after_commit, after_commit_each
from procedures.calendar import CITY_TIME, add_days, day_of, take_days
from procedures.definition import Deadline
from procedures.desk import Desk, hold, locked
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


@transaction.atomic
def remind_cases(*, at: datetime | None = None) -> int:
    """Plan what every deadline of the city asks for today: remind, escalate, let time decide.

    Each row and each case gets a job of its own, so that one that fails keeps nobody else from
    being reminded. Days are counted as the deadline counts them. Gives the number of jobs.
    """
    today = day_of((at or timezone.now()).astimezone(CITY_TIME))
    rows = Waiting.objects.filter(done_at=None, due_at__isnull=False).select_related(
        "case__revision"
    )
    wanted = [row.pk for row in rows.iterator(chunk_size=BATCH) if _is_wanted(row, today)]
    late = _late(today).order_by("pk").values_list("pk", flat=True)
    day = today.isoformat()
    return after_commit_each("procedures.remind", wanted, day) + after_commit_each(
        "procedures.let_time_decide", late, day
    )


def renew_all_waiting() -> int:
    """Plan, for each case that waits for whoever holds a function today, that it looks again."""
    waits = Case.objects.filter(state=Case.State.OPEN, waitings__bars_own_unit=True).distinct()
    ids = waits.order_by("pk").values_list("pk", flat=True)
    return after_commit_each("procedures.renew_waiting", ids)


def _is_wanted(row: Waiting, today: date) -> bool:
    """Whether the row asks for something; one that cannot be read fails in its own job."""
    try:
        return bool(_asked(row, today))
    except Exception:  # noqa: BLE001  # whatever it is, the row's job meets it again and tells it
        return True


def _asked(row: Waiting, today: date) -> Due:
    stage = definition_of(row.case.revision).stage_by_key.get(row.stage)
    return due_today(stage.deadline, row, today) if stage and stage.deadline else Due()


@transaction.atomic
def remind(*, waiting_id: UUID, today: date) -> bool:
    """Remind and escalate as the row asks for on that day, each reminder once."""
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


def _late(today: date) -> QuerySet[Case]:
    """Open cases whose deadline has passed in a stage that time alone can end."""
    return Case.objects.filter(
        due_at__lt=datetime.combine(today, time(), CITY_TIME),
        state=Case.State.OPEN,
        stage_kind__in=[code for code, kind in KINDS.items() if _automatic(kind)],
    )


def _automatic(kind: StageKind) -> list[str]:
    return [code for code, outcome in kind.outcomes.items() if outcome.is_automatic]


@transaction.atomic
def let_time_decide(*, case_id: UUID, today: date) -> bool:
    """Press the outcome that time alone brings, if the case is still late on that day."""
    hold([case_id])
    case = _late(today).filter(pk=case_id).first()
    if case is None:
        return False
    desk = Desk(locked(case))
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
