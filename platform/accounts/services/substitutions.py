"""The verbs of absence: who takes whose matters, and from when to when."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.deeds import Deed
from accounts.errors import SubstitutionDates, SubstitutionOverlap, WrongSubstitute
from accounts.models import Person, Substitution
from accounts.permissions import Permission
from accounts.registry import tell_players
from accounts.services import facts
from accounts.services.guards import require_recent_proof
from audit import services as audit
from opium.permissions import Actor, may, require


@transaction.atomic
def appoint_substitute(
    *,
    actor: Actor,
    person: Person,
    substitute: Person,
    starts_on: date,
    ends_on: date,
    reason: str = "",
) -> Substitution:
    """Let the substitute take the person's matters on these days, both included.

    Whoever may appoint an own substitute does so for themselves; for others, whoever assigns
    roles. Asks for a recent proof, so no API key hands matters over. Raises `WrongSubstitute`,
    `SubstitutionDates`, `SubstitutionOverlap`, `ProofNeeded`, `NotByKey`.
    """
    right = _require(actor, person)
    require_recent_proof(actor)
    if person == substitute or not (person.is_active and substitute.is_active):
        raise WrongSubstitute
    if ends_on < starts_on or ends_on < timezone.localdate():
        raise SubstitutionDates
    Person.objects.select_for_update().get(pk=person.pk)
    same_days = Substitution.objects.filter(
        person=person, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    for other in same_days.select_related("substitute")[:1]:
        raise SubstitutionOverlap(person=person, substitute=other.substitute)
    substitution = Substitution.objects.create(
        person=person, substitute=substitute, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    audit.record(
        actor=actor,
        deed=Deed.APPOINT_SUBSTITUTE,
        right=right,
        target=substitution,
        after=_facts(substitution),
    )
    tell_players()
    return substitution


@transaction.atomic
def end_substitution(*, actor: Actor, substitution: Substitution) -> None:
    """Give the matters back at once; one that has not begun is forgotten."""
    right = _require(actor, substitution.person)
    audit.record(
        actor=actor,
        deed=Deed.END_SUBSTITUTION,
        right=right,
        target=substitution,
        before=_facts(substitution),
    )
    today = timezone.localdate()
    if substitution.starts_on >= today:
        substitution.delete()
    else:
        substitution.ends_on = min(substitution.ends_on, today - timedelta(days=1))
        substitution.save(update_fields=["ends_on", "updated_at"])


def _require(actor: Actor, person: Person) -> Permission:
    if actor.pk == person.pk and may(actor, Permission.APPOINT_SUBSTITUTE):
        return Permission.APPOINT_SUBSTITUTE
    require(actor, Permission.MANAGE_ROLES, person)
    return Permission.MANAGE_ROLES


def _facts(substitution: Substitution) -> dict[str, object]:
    return {
        **facts.of_person("person", substitution.person),
        **facts.of_person("substitute", substitution.substitute),
        "starts_on": substitution.starts_on,
        "ends_on": substitution.ends_on,
    }
