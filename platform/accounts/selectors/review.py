"""What a review of rights asks (KRI-03 and KRI-09 of domain.md 8.1)."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import FACTORS, Assignment, Person
from accounts.selectors.rights import with_places
from audit.permissions import Permission as Audit
from opium.models import annotated, prefetched
from opium.permissions import WHOLE_CITY, Actor, all_permissions, require

UNUSED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody holds or is going to hold, with what it permits."""

    assignment: Assignment
    scope_name: str
    permissions: list[str]
    """Polish names, in the order of the catalogue."""
    has_factor: bool


def grants(actor: Actor) -> list[Grant]:
    """Every role that counts today or later, by surname.

    One query, and one more for each kind of place among them.
    """
    require(actor, Audit.VIEW_LOG, WHOLE_CITY)
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=FACTORS)
    found = (
        Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()))
        .select_related("person", "role")
        .order_by("person__sort_key", "person", "role__sort_key", "pk")
    )
    return [
        Grant(
            one,
            one.scope_name,
            [right.label for right in all_permissions() if right in one.role.permissions],
            one.has_factor,
        )
        for one in with_places(list(annotated(found, has_factor=Exists(factors))))
    ]


def unused_accounts(actor: Actor) -> QuerySet[Person]:
    """Open accounts, older than `UNUSED_FOR`, that nobody has signed in to for as long.

    Each with `held` (the roles of today) and `key_used_at` (the last use of an API token).
    """
    require(actor, Audit.VIEW_LOG, WHOLE_CITY)
    long_ago = timezone.now() - UNUSED_FOR
    held = Assignment.objects.in_force().select_related("role").order_by("role__sort_key")
    found = Person.objects.filter(
        Q(last_login__lt=long_ago) | Q(last_login=None), is_active=True, created_at__lt=long_ago
    ).order_by("sort_key")
    found = annotated(found, key_used_at=Max("tokens__last_used_at"))
    return prefetched(found, "assignments", held, to="held")
