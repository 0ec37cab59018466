"""What time alone brings: outcomes of deadlines that have passed, members who come and go."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from opium.calendar import CITY_TIME, day_of
from opium.permissions import SYSTEM
from outbox import selectors as outbox
from outbox.services import absorb, after_commit, after_commit_each
from procedures.desk import Desk, hold, locked
from procedures.kinds import KINDS, StageKind
from procedures.models import Case
from procedures.services.steps import stages
from procedures.services.steps.performing import perform

TIMED_OUT = "Minął termin."
MEMBERS = "procedures.members_change"
RENEW = "procedures.renew_waiting"


@transaction.atomic
def plan_time_decisions(*, at: datetime | None = None) -> int:
    """Plan the steps that time alone brings today, where a deadline has passed.

    Each case gets a job of its own, so that one that fails keeps no other from its step. Gives the
    number of jobs. (Who is waited for is reminded by `notifications`.)
    """
    today = day_of(at or timezone.now())
    late = _late(today).order_by("pk").values_list("pk", flat=True)
    return after_commit_each("procedures.let_time_decide", late, today.isoformat())


def renew_all_waiting() -> int:
    """Plan, for each case that waits for whoever holds a function today, that it looks again.

    A case whose look is planned and not begun is left out, for it will see the same. Gives the
    number of jobs.
    """
    planned = {subject for (subject,) in outbox.not_begun(RENEW).values_list("args", flat=True)}
    ids = _scored().order_by("pk").values_list("pk", flat=True)
    return after_commit_each(RENEW, [one for one in ids if str(one) not in planned])


def members_change() -> None:
    """Plan that cases whose members score look again, where there are any: a member may be new."""
    if _scored().exists():
        after_commit(MEMBERS)


@transaction.atomic
def follow_members() -> int:
    """Do what `members_change` has planned, once however often; the number of jobs."""
    absorb(MEMBERS)
    return renew_all_waiting()


def _scored() -> QuerySet[Case]:
    """Open cases in a stage where each member has a sheet of their own."""
    kinds = [code for code, kind in KINDS.items() if kind.has_members]
    return Case.objects.filter(state=Case.State.OPEN, stage_kind__in=kinds)


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
    """Make the case wait for whoever plays its functions today: members come and go.

    Where nobody scores it, only what is waited for is called what it is called now.
    """
    desk = Desk(locked(case))
    if not desk.case.is_open or not (desk.kind.has_members or desk.case.intake):
        return
    if desk.kind.has_members:
        stages.add_sheets(desk)
    stages.settle_waiting(desk)
    desk.case.save()
