"""The verbs of who holds which role where."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import scopes
from accounts.deeds import Deed
from accounts.errors import (
    AccountClosed,
    AssignmentDates,
    BeyondOwnRights,
    UnknownPlace,
    UnknownScope,
)
from accounts.models import Assignment, AssignmentQuerySet, Person, Role
from accounts.permissions import GIVING, is_beyond, require_any, require_own
from accounts.registry import tell_players
from accounts.services import facts
from accounts.services.guards import (
    an_administrator_stays,
    nobody_new_administers,
    require_recent_proof,
)
from audit import services as audit
from opium import permissions
from opium.permissions import Actor

PLACES_OF_WORK = frozenset({"unit", "section"})
"""Where people belong; nobody belongs to a kind of matters."""


@transaction.atomic
def assign_role(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    scope_kind: str = scopes.CITY,
    scope_id: UUID | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Assignment:
    """Give the role within the scope; giving it again changes only its dates.

    Nobody gives what they don't hold there themselves, but for whoever assigns roles in the whole
    city; whose right counts in some places gives roles to their people alone, and others have to
    agree first (`joinings`). Asks for a recent proof, so no API key gives a role. Raises
    `UnknownScope`, `UnknownPlace`, `BeyondOwnRights`, `PersonOfOthers`, `AssignmentDates`,
    `AccountClosed`, `LastAdministrator`, `ProofNeeded`, `NotByKey`, and `SecondPersonNeeded` for
    an administrator's role in the whole city (`propose_administrator`).
    """
    right = _require(actor, role, scope_kind, scope_id)
    require_recent_proof(actor)
    if scope_kind in PLACES_OF_WORK:
        require_own(actor, right, person)
    if not person.is_active:
        raise AccountClosed(person=person)
    if (scope_kind, scope_id) not in scopes.names([(scope_kind, scope_id)]):
        raise UnknownPlace
    refuse_backwards(valid_from, valid_to)
    with an_administrator_stays(), nobody_new_administers(actor):
        assignment = give(person, role, (scope_kind, scope_id), valid_from, valid_to)
    audit.record(
        actor=actor, deed=Deed.ASSIGN_ROLE, right=right, target=assignment, after=_facts(assignment)
    )
    return assignment


@transaction.atomic
def change_assignment(
    *, actor: Actor, assignment: Assignment, valid_from: date | None, valid_to: date | None
) -> Assignment:
    """Give the assignment these days, both included.

    Asks for a recent proof, as giving does. Raises `BeyondOwnRights`, `AssignmentDates`,
    `LastAdministrator`, `ProofNeeded`, `NotByKey`, `SecondPersonNeeded`.
    """
    right = _require(actor, assignment.role, assignment.scope_kind, assignment.scope_id)
    require_recent_proof(actor)
    refuse_backwards(valid_from, valid_to)
    before = _facts(assignment)
    with an_administrator_stays(), nobody_new_administers(actor):
        assignment.valid_from, assignment.valid_to = valid_from, valid_to
        assignment.save(update_fields=["valid_from", "valid_to", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_ASSIGNMENT,
        right=right,
        target=assignment,
        before=before,
        after=_facts(assignment),
    )
    tell_players()
    return assignment


@transaction.atomic
def end_assignment(*, actor: Actor, assignment: Assignment) -> None:
    """Take the role away at once. Raises `BeyondOwnRights`, `LastAdministrator`."""
    right = _require(actor, assignment.role, assignment.scope_kind, assignment.scope_id)
    with an_administrator_stays():
        audit.record(
            actor=actor,
            deed=Deed.END_ASSIGNMENT,
            right=right,
            target=assignment,
            before=_facts(assignment),
        )
        end(Assignment.objects.filter(pk=assignment.pk))
    tell_players()


def give(
    person: Person,
    role: Role,
    scope: scopes.Scope,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Assignment:
    """Let the role count for these days; to be called by a deed that has asked for the right."""
    kind, place = scope
    assignment, _ = Assignment.objects.update_or_create(
        person=person,
        role=role,
        scope_kind=kind,
        scope_id=place,
        defaults={"valid_from": valid_from, "valid_to": valid_to},
    )
    tell_players()
    return assignment


def end(assignments: AssignmentQuerySet) -> None:
    """Let those that have counted end yesterday, and forget those that never did."""
    today = timezone.localdate()
    assignments.filter(valid_from__gte=today).delete()
    assignments.in_force().update(valid_to=today - timedelta(days=1))


def _require(
    actor: Actor, role: Role, scope_kind: str, scope_id: UUID | None
) -> permissions.Permission:
    if scope_kind not in scopes.kinds():
        raise UnknownScope(kind=scope_kind)
    right = require_any(actor, GIVING, scopes.spot(scope_kind, scope_id))
    missing = is_beyond(actor, role, (scope_kind, scope_id))
    if missing is not None:
        raise BeyondOwnRights(role=role, label=missing.label)
    return right


def refuse_backwards(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from and valid_to and valid_to < valid_from:
        raise AssignmentDates


def _facts(assignment: Assignment) -> dict[str, object]:
    return {
        **facts.of_person("person", assignment.person),
        **facts.of_role(assignment.role),
        **facts.of_scope(assignment.scope_kind, assignment.scope_id),
        "valid_from": assignment.valid_from,
        "valid_to": assignment.valid_to,
    }
