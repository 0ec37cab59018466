"""The clock of a stage: until when, what is left of it, and standing still meanwhile."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from opium.calendar import add_days, day_of, end_of, is_working
from procedures.definition import Deadline, Stage
from procedures.kinds import KINDS

if TYPE_CHECKING:
    from procedures.desk import Desk


def start(desk: "Desk") -> None:
    """Set until when the stage that was just entered waits.

    A stage whose clock was stopped goes on with the days that were left, at least one.
    """
    case, stage = desk.case, desk.stage
    left = case.clocks.get(stage.key)
    case.clocks = {} if not KINDS[stage.kind].reopens else case.clocks
    case.due_at = None
    if stage.deadline is None:
        return
    days = _due(desk, stage.deadline, None if left is None else int(left["days"]))
    case.due_at = end_of(days) if days is not None else None


def stop(desk: "Desk", left: Stage, entered: Stage) -> None:
    """Stop or let go the clock as the case goes from one stage to another.

    It stands while the application is open for correction, where the stage that asked for it says
    that its deadline pauses.
    """
    case = desk.case
    if KINDS[entered.kind].reopens and left.deadline is not None and left.deadline.pauses:
        if case.due_at is not None:
            days = days_left(desk.today, day_of(case.due_at), left.deadline.counted == "working")
            case.clocks = {**case.clocks, left.key: {"days": days}}
        case.paused_at = desk.now
    elif case.paused_at is not None:
        case.seconds_paused += int((desk.now - case.paused_at).total_seconds())
        case.paused_at = None


def days_left(today: date, end: date, is_working_only: bool) -> int:  # noqa: FBT001  # of two ways
    """How many days are left until the end, today not counted; 0 when it has passed."""
    span = max((end - today).days, 0)
    if not is_working_only:
        return span
    return sum(is_working(today + timedelta(days=number)) for number in range(1, span + 1))


def _due(desk: "Desk", deadline: Deadline, left: int | None) -> date | None:
    """The last day; with days and a fixed day both, the earlier of the two."""
    days = deadline.days if left is None else max(left, 1)
    found = []
    if days is not None:
        found.append(add_days(desk.today, days, deadline.counted))
    if deadline.until:
        fixed = desk.look().value(deadline.until)
        if isinstance(fixed, date) and not isinstance(fixed, datetime):
            found.append(fixed)
    return min(found, default=None)
