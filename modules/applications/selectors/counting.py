"""How many applications there are, and which of them use up a limit: read off their cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from modules.applications.models import Application

WITHDRAWN = Q(case__meaning="withdrawn")
DRAFT = Q(case__state="open", case__stage_kind="submission")
"""It stands where the applicant fills it in, for the first time or after taking it back."""
HANDED_IN = ~WITHDRAWN & ~DRAFT


@dataclass(frozen=True, slots=True)
class Used:
    """Of one applicant in one call; what was withdrawn counts as never begun."""

    drafts: int = 0
    handed_in: int = 0

    @property
    def all(self) -> int:
        return self.drafts + self.handed_in


NOTHING = Used()


def used_by_units(
    calls: Collection[UUID], units: Collection[UUID]
) -> dict[tuple[UUID, UUID | None], Used]:
    """(Call, unit) -> what it has there; one query for any number of calls and units."""
    return _used(Application.objects.filter(call__in=calls, unit__in=units), "unit_id")


def used_by_person(
    calls: Collection[UUID], person: UUID | None
) -> dict[tuple[UUID, UUID | None], Used]:
    """(Call, person) -> what they have there as applicants of their own; one query."""
    return _used(Application.objects.filter(call__in=calls, applicant=person), "applicant_id")


def overdue_reports(
    units: Collection[UUID], person: UUID | None, now: datetime
) -> dict[UUID | None, int]:
    """Unit, or the person as an applicant -> how many reports they owe past their day; one query.

    Of calls of any year, but not of trials; a report that is filed is owed no more.
    """
    whose = Q(unit__in=units)
    if person is not None:
        whose |= Q(applicant=person)
    late = Q(case__state="open", case__stage_kind="settlement", case__ball_side="applicant")
    owed = Application.objects.filter(whose, late, case__due_at__lt=now, call__is_test=False)
    rows = owed.order_by().values_list("unit", "applicant").annotate(count=Count("pk"))
    return {unit or applicant: count for unit, applicant, count in rows}


def _used(applications: QuerySet[Application], owner: str) -> dict[tuple[UUID, UUID | None], Used]:
    counted = (
        applications.values("call_id", owner)
        .annotate(
            drafts=Count("pk", filter=~WITHDRAWN & DRAFT), handed_in=Count("pk", filter=HANDED_IN)
        )
        .values_list("call_id", owner, "drafts", "handed_in")
    )
    return {(call, whose): Used(drafts, done) for call, whose, drafts, done in counted}
