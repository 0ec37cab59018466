"""What somebody can begin: the procedures of which they may open a matter by hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from opium.permissions import Actor
from opium.polish import plural
from procedures import registry
from procedures.definition import Procedure
from procedures.models import ProcedureRevision
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.selectors.starting import moment_of, untimely


@dataclass(frozen=True, slots=True)
class Beginning:
    """A procedure as a card: what it is for, whose, until when, how many."""

    id: UUID
    name: str
    description: str
    noun: str
    applicant: str
    opens_at: datetime | None
    closes_at: datetime | None
    """The first moment when it is too late."""
    limit: str
    """„najwyżej 3 wnioski jednostki”; "" where the procedure names no number."""
    sentence: str
    """Why it cannot be begun today; "" where it can."""


def beginnings_for(actor: Actor) -> list[Beginning]:
    """The newest revisions of which the actor may open a matter, in the city's order.

    What only carries records of modules is left out. As many queries for many as for one; how many
    matters a unit has already is asked once it is chosen (`start_for`).
    """
    reach = actor.reach(Permission.OPEN_CASE)
    if not reach:
        return []
    newest = ProcedureRevision.objects.filter(procedure__is_archived=False)
    revisions = list(
        newest.select_related("procedure").order_by("procedure", "-number").distinct("procedure")
    )
    revisions.sort(key=lambda one: (one.procedure.position, one.procedure.sort_key))
    carried = registry.carriers() | registry.taken_in().keys()
    now = timezone.now()
    found = []
    for revision in revisions:
        definition = definition_of(revision)
        is_offices = definition.applicant == "office"
        if revision.procedure_id not in carried and (reach.everywhere or not is_offices):
            found.append(_beginning(revision, definition, now))
    return found


def _beginning(revision: ProcedureRevision, definition: Procedure, now: datetime) -> Beginning:
    limits = definition.limits
    opens_at = moment_of(limits.opens_at)
    closes_at = moment_of(limits.closes_at, is_end=True)
    return Beginning(
        id=revision.procedure_id,
        name=revision.procedure.name,
        description=definition.description,
        noun=definition.noun,
        applicant=definition.applicant,
        opens_at=opens_at,
        closes_at=closes_at,
        limit=_limit(limits.per_unit),
        sentence=untimely(opens_at, closes_at, now),
    )


def _limit(text: str) -> str:
    if not text.isdecimal():
        return ""
    return f"najwyżej {plural(int(text), 'sprawa', 'sprawy', 'spraw')}"
