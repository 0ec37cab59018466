"""Whether a scoring that was closed can be opened again, and whose own exclusions may go."""

from django.db.models import Case as DbCase
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from accounts import scopes
from opium.models import annotated
from opium.permissions import Actor, may
from procedures import seating
from procedures.desk import Look
from procedures.kinds import CHAIR, KINDS
from procedures.models import Case, Event, Exclusion, Referral
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.selectors.case_list import still_has_the_part
from procedures.standing import CASE_COLUMNS, standing_of

NOT_CLOSED = "Ostatnim krokiem sprawy nie było zamknięcie oceny, więc nie można jej otworzyć."
TOO_LATE = "Oceny nie można otworzyć ponownie: wyszło już pismo albo zadziałał inny moduł."


def obstacle_to_reopening(last: Event) -> str:
    """Why what the last step has closed stays closed; "" where it can be opened again."""
    stage = definition_of(last.case.revision).stage_by_key.get(last.from_stage)
    kind = KINDS[stage.kind] if stage is not None else None
    if kind is None or last.outcome not in kind.chaired:
        return NOT_CLOSED
    return "" if last.is_undoable else TOO_LATE


def may_reopen(actor: Actor, last: Event, look: Look) -> bool:
    """Whether the actor could close it now: leads the panel, or has the part that closed it.

    Nobody who is excluded from the case.
    """
    standing = standing_of(actor)
    if standing is None:
        return True
    person = standing.person.pk
    if person in {who for _, who in look.rows.exclusions}:
        return False
    if seating.sits(person, look.case, CHAIR, timezone.now()):
        return may(standing.person, Permission.ACT_IN_CASE, look.case)
    is_the_closers = last.part not in {CHAIR, ""} and last.action not in _acts_of(last)
    return is_the_closers and still_has_the_part(actor, last, look)


def _acts_of(last: Event) -> frozenset[str]:
    """What members do by themselves where it was closed: the last score may have closed it."""
    stage = definition_of(last.case.revision).stage_by_key.get(last.from_stage)
    return frozenset(KINDS[stage.kind].acts) if stage is not None else frozenset()


def own_conflicts(actor: Actor) -> QuerySet[Exclusion]:
    """What the actor has excluded themselves from and is still scored, the newest first; one query.

    Not what they are excluded from since it is known from data: that is nobody's to take back.
    Each with its `title`, which is the nick where the applicant is, was or will be hidden.
    """
    acts = Case.objects.filter(scopes.within(actor.reach(Permission.ACT_IN_CASE), **CASE_COLUMNS))
    mine = Exclusion.objects.filter(
        case__in=acts,
        person=actor.pk,
        is_declared=True,
        lifted_in=None,
        case__state=Case.State.OPEN,
        case__stage=F("stage"),
    )
    blind = Referral.objects.filter(case=OuterRef("case"), panel__phases__hides_applicant=True)
    title = DbCase(
        When(Q(Exists(blind)), then=seating.nick_of("case")),
        default=F("case__title"),
        output_field=CharField(),
    )
    named = annotated(mine, title=title).select_related("case__procedure", "person")
    return named.order_by("-created_at", "-pk")
