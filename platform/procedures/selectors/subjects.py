"""Questions of other modules about the cases of their records; they know the rights."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from opium.errors import NotFound
from opium.permissions import Actor
from procedures import seating
from procedures.models import Case, Event, Exclusion
from procedures.standing import standing_of


def cases_about(kind: str, subject_id: UUID, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases through which the record has run, the newest first."""
    return (
        cases.filter(subject_kind=kind, subject_id=subject_id)
        .select_related("procedure", "revision")
        .order_by("-opened_at", "-pk")
    )


def case_of_id(case_id: UUID) -> Case:
    """The case with its procedure and revision. Raises `NotFound`."""
    case = Case.objects.select_related("procedure", "revision").filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def excluded_from(actor: Actor, case_ids: Collection[UUID]) -> set[UUID]:
    """Those of the cases from which the actor is excluded, or whose applicant is hidden from them.

    One query, none for the platform.
    """
    standing = standing_of(actor)
    if standing is None:
        return set()
    person = standing.person.pk
    excluded = Exclusion.objects.filter(case=OuterRef("pk"), person=person, lifted_in=None)
    veiled = seating.hidden_to(person, timezone.now(), "applicant")
    rows = Case.objects.filter(Q(Exists(excluded)) | veiled, pk__in=case_ids)
    return set(rows.values_list("pk", flat=True))


def last_refusal(kind: str, subject_id: UUID) -> Event | None:
    """The step that ended a case of the record negatively last, with its reason; None for none."""
    return (
        Event.objects.filter(
            case__subject_kind=kind,
            case__subject_id=subject_id,
            case__meaning=Case.Meaning.NEGATIVE,
        )
        .order_by("-at", "-number")
        .first()
    )
