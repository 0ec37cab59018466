"""What time alone brings: outcomes of deadlines that have passed, members who come and go."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from opium.calendar import CITY_TIME, day_of
from opium.permissions import SYSTEM
from procedures.desk import Desk, locked
from procedures.kinds import KINDS, StageKind
from procedures.models import Case
from procedures.services.cases import stages
from procedures.services.cases.performing import perform

TIMED_OUT = "Minął termin."


def let_time_decide(*, at: datetime | None = None) -> int:
    """Press the outcomes that time alone brings, where the deadline has passed before that day.

    Gives the number of cases that went on. (Who is waited for is reminded by `notifications`.)
    """
    today = day_of(at or timezone.now())
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
