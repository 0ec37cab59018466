"""What somebody scores: the cases before them, and those in which their score is given already."""

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
from procedures.definition import Procedure
from procedures.kinds import KINDS
from procedures.kinds.registry import whole
from procedures.kinds.scoring import Scoring
from procedures.models import Case, Vote
from procedures.selectors.case_list import cases_visible_to
from procedures.standing import standing_of

SCORING = frozenset(code for code, kind in KINDS.items() if kind.has_members)


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
    here = cases_visible_to(actor).filter(state=Case.State.OPEN, stage_kind__in=SCORING)
    return annotated(
        here.filter(Q(mine) | Q(waits)),
        is_scored=ExpressionWrapper(Q(mine), output_field=BooleanField()),
        scores=Coalesce(Subquery(counted), 0, output_field=IntegerField()),
    )
