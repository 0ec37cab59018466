"""What somebody scores, what they have scored, and what a score is held against."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from opium.models import annotated
from opium.permissions import Actor
from procedures.definition import Procedure, Stage
from procedures.kinds import KINDS
from procedures.kinds.registry import whole
from procedures.kinds.scoring import Scoring
from procedures.models import Case, Vote
from procedures.routing import parsed
from procedures.selectors.case_list import cases_worked_by
from procedures.standing import standing_of

SCORING = frozenset(code for code, kind in KINDS.items() if kind.has_members)
ON_THE_SCALE_OF_EACH = ("mean", "median")
"""Results that one member's score can be held against; a sum of several grows with their number."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which result on a scored case goes the way that asks for one."""

    stage: str
    points: Decimal
    of: str
    """Whose the points are: the `mean` of the scores or their `median`."""


def thresholds(procedure: Procedure) -> list[Threshold]:
    """Of each stage that scores where a way on asks for a least result and for nothing else."""
    found = (_threshold(procedure, one) for one in procedure.stages if one.kind in SCORING)
    return [one for one in found if one is not None]


def _threshold(procedure: Procedure, stage: Stage) -> Threshold | None:
    of = str(stage.parameters.get("aggregate") or "mean")
    if of not in ON_THE_SCALE_OF_EACH:
        return None
    for way in procedure.ways_from(stage.key):
        least = parsed(way.condition).least((stage.key, "wynik")) if way.condition else None
        if least is not None:
            return Threshold(stage.key, least, of)
    return None


def stages_with_members(procedure: Procedure) -> dict[str, int]:
    """Function -> how many scores its stages ask for at most, of those in which each one scores."""
    found: dict[str, int] = {}
    for stage in procedure.stages:
        if stage.kind in SCORING:
            asked = whole(stage, "quorum", 0)
            found[stage.function] = max(found.get(stage.function, 0), asked)
    return found


def scored_by(actor: Actor) -> QuerySet[Case]:
    """The open cases that the actor has to score, or has scored in the round that runs.

    Each with `is_scored` and with `scores`: how many there are. Who is excluded from a case does
    not find it here, neither among those to score nor in a number.
    """
    standing = standing_of(actor)
    if standing is None:
        return Case.objects.none()
    given = Vote.objects.filter(
        case=OuterRef("pk"), stage=OuterRef("stage"), round=OuterRef("round"), is_valid=True
    )
    mine = Exists(given.filter(person=actor.pk))
    waits = standing.waited_for(Scoring.task)
    counted = given.order_by().values("case").annotate(n=Count("pk")).values("n")
    here = cases_worked_by(actor).filter(state=Case.State.OPEN, stage_kind__in=SCORING)
    return annotated(
        here.filter(Q(mine) | Q(waits)),
        is_scored=ExpressionWrapper(Q(mine), output_field=BooleanField()),
        scores=Coalesce(Subquery(counted), 0, output_field=IntegerField()),
    )
