"""Questions about procedures, their drafts and revisions."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

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

from accounts import scopes
from accounts import selectors as accounts
from opium.permissions import Actor, may, require
from opium.polish import fold
from procedures import differences, registry
from procedures.definition import Procedure as Definition
from procedures.definition import Unreadable, read
from procedures.differences import Change
from procedures.errors import ProcedureNotPublished, UnknownProcedureRevision
from procedures.kinds import KINDS, StageKind
from procedures.models import Case, Procedure, ProcedureRevision
from procedures.permissions import Permission
from procedures.published import definition_of


def procedures_visible_to(actor: Actor) -> QuerySet[Procedure]:
    """Those that the actor makes, by position and name.

    Whoever has to do with cases sees every published one besides, until it is put away.
    """
    procedures = Procedure.objects.order_by("position", "sort_key", "pk")
    visible = scopes.within(actor.reach(Permission.MANAGE_PROCEDURES), kind="pk")
    if any(actor.reach(one) for one in USERS):
        published = Exists(ProcedureRevision.objects.filter(procedure=OuterRef("pk")))
        visible |= Q(published, is_archived=False)
    return procedures.filter(visible)


USERS = (Permission.OPEN_CASE, Permission.VIEW_CASES, Permission.ACT_IN_CASE)
"""Who has to do with cases, wherever they hold the right."""


def procedures_made_by(actor: Actor) -> QuerySet[Procedure]:
    """Those whose drafts the actor may see and change."""
    return Procedure.objects.filter(
        scopes.within(actor.reach(Permission.MANAGE_PROCEDURES), kind="pk")
    ).order_by("position", "sort_key", "pk")


def with_counts(procedures: QuerySet[Procedure]) -> QuerySet[Procedure]:
    """With `open_cases`, and `number` and `published_at` of the newest revision, None without.

    Those without any come first: somebody is still making them.
    """
    running = Case.objects.filter(procedure=OuterRef("pk"), state=Case.State.OPEN, is_trial=False)
    counted = running.order_by().values("procedure").annotate(n=Count("pk")).values("n")
    newest = ProcedureRevision.objects.filter(procedure=OuterRef("pk")).order_by("-number")
    counting: QuerySet[Procedure] = procedures.annotate(
        open_cases=Coalesce(Subquery(counted), 0, output_field=IntegerField()),
        number=Subquery(newest.values("number")[:1]),
        published_at=Subquery(newest.values("published_at")[:1]),
    ).order_by(
        ExpressionWrapper(Q(number=None), output_field=BooleanField()).desc(),
        *procedures.query.order_by,
    )
    return counting


def procedures_matching(procedures: QuerySet[Procedure], text: str) -> QuerySet[Procedure]:
    """Those with every word of `text` in name or description; a city has tens of them."""
    words = fold(text).split()
    found = [
        pk
        for pk, name, description in procedures.values_list("pk", "name", "description")
        if all(word in fold(f"{name} {description}") for word in words)
    ]
    return procedures.filter(pk__in=found)


def revisions_of(procedure: Procedure) -> QuerySet[ProcedureRevision]:
    """The newest first, without their definitions."""
    revisions = ProcedureRevision.objects.filter(procedure=procedure)
    return revisions.select_related("published_by").defer("definition").order_by("-number")


def revision_of(procedure: Procedure, number: int) -> ProcedureRevision:
    """Raises `UnknownProcedureRevision`."""
    found = ProcedureRevision.objects.filter(procedure=procedure, number=number).first()
    if found is None:
        raise UnknownProcedureRevision(number=number)
    return found


def newest_or_none(procedure: Procedure) -> ProcedureRevision | None:
    return ProcedureRevision.objects.filter(procedure=procedure).order_by("-number").first()


def newest_revisions(procedures: Collection[UUID]) -> dict[UUID, ProcedureRevision]:
    """Procedure -> its newest revision; one that is not published is left out. One query."""
    newest = (
        ProcedureRevision.objects.filter(procedure__in=procedures)
        .order_by("procedure", "-number")
        .distinct("procedure")
    )
    return {revision.procedure_id: revision for revision in newest}


def newest_revision(procedure: Procedure) -> ProcedureRevision:
    """What a new case runs through. Raises `ProcedureNotPublished`."""
    found = newest_or_none(procedure)
    if found is None:
        raise ProcedureNotPublished(name=procedure.name)
    return found


def draft_of(procedure: Procedure) -> Definition | None:
    """What the draft says; None where it cannot be read."""
    try:
        return read(procedure.draft)
    except Unreadable:
        return None


Newer = int | Literal["draft"]


def differences_between(procedure: Procedure, older: int, newer: Newer) -> list[Change]:
    """What changed, in words. A draft that cannot be read differs in nothing that can be told.

    Raises `UnknownProcedureRevision`.
    """
    before = definition_of(revision_of(procedure, older))
    if newer == "draft":
        after = draft_of(procedure)
        return [] if after is None else differences.compare(before, after)
    return differences.compare(before, definition_of(revision_of(procedure, newer)))


@dataclass(frozen=True, slots=True)
class FunctionState:
    """A function that a procedure names, and whether the city can do without more work."""

    key: str
    name: str
    is_known: bool
    """Whether the city has it at all, so that people can be bound to it."""
    is_played: bool


def functions_of(procedure: Definition | None) -> list[FunctionState]:
    """The functions of the procedure as they stand in the city; four queries."""
    if procedure is None:
        return []
    names = {one.key: one.name for one in procedure.functions}
    known = accounts.functions_known(names)
    played = accounts.functions_played(names, Permission.ACT_IN_CASE)
    return [FunctionState(key, name, key in known, played[key]) for key, name in names.items()]


def counts_cases(actor: Actor, procedure: Procedure) -> bool:
    """Whether the actor may know how many matters of the procedure run in the city."""
    if may(actor, Permission.MANAGE_PROCEDURES, procedure):
        return True
    reach = actor.reach(Permission.VIEW_CASES)
    return reach.everywhere or procedure.pk in reach.kinds


def kinds_for(actor: Actor) -> list[StageKind]:
    """Every kind of stage, for whoever makes procedures, as they come in the life of a matter."""
    require(actor, Permission.MANAGE_PROCEDURES)
    return sorted(KINDS.values(), key=lambda kind: kind.comes)


@dataclass(frozen=True, slots=True)
class EffectNamed:
    code: str
    label: str


BUILT_IN = (EffectNamed("letter", "Przygotuj pismo"), EffectNamed("notify", "Powiadom"))
"""What the engine itself can do."""


def effects_for(actor: Actor) -> list[EffectNamed]:
    """Everything that a transition may do besides moving, for whoever makes procedures."""
    require(actor, Permission.MANAGE_PROCEDURES)
    added = [EffectNamed(one.code, one.label) for one in registry.effects().values()]
    return [*BUILT_IN, *added]
