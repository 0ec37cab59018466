"""Questions about what waits for a second person."""

from collections.abc import Sequence
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.deeds import Deed
from accounts.models import RECOVERIES, Assignment, Motion, Person
from accounts.permissions import Permission, require_any
from accounts.scopes import CITY
from audit import selectors as audit
from opium.permissions import Actor

MAKING = (
    Deed.ADD_PERSON,
    Deed.INVITE_PERSON,
    Deed.INVITE_AGAIN,
    Deed.REOPEN_ACCOUNT,
    Deed.CHANGE_EMAIL,
    Deed.RESET_FACTORS,
    Deed.PROPOSE_RECOVERY,
    Deed.CONFIRM_MOTION,  # of a recovery: of the others the target is no person
)
"""What lets whoever does it act through the account for a while."""
SEEING = (
    Permission.MANAGE_ROLES,
    Permission.MANAGE_SIGN_IN,
    Permission.MANAGE_PEOPLE,
    Permission.MANAGE_UNIT_PEOPLE,
)
"""Each lets propose something, and see what became of it."""


def motions_visible_to(actor: Actor) -> QuerySet[Motion]:
    """All for whoever assigns roles in the whole city, one's own for others; newest first."""
    require_any(actor, SEEING)
    found = Motion.objects.select_related("proposer", "person", "role", "decided_by")
    found = found.order_by("-created_at", "-pk")
    if actor.reach(Permission.MANAGE_ROLES).everywhere:
        return found
    return found.filter(proposer=actor.pk)


def obstacle_to(actor: Actor, motion: Motion) -> str:
    """Why the actor may not decide about it, in Polish; "" for a second person.

    The system passes: the operators decide where a city has no second person.
    """
    return _obstacle(actor, motion, _tied_to(actor))


def with_obstacles(actor: Actor, motions: Sequence[Motion]) -> Sequence[Motion]:
    """The same, each with `obstacle`; one query for all."""
    tied = _tied_to(actor)
    for motion in motions:
        motion.obstacle = _obstacle(actor, motion, tied)
    return motions


def _tied_to(actor: Actor) -> frozenset[str]:
    """Who has lately made the actor's account or changed how it signs in, or the other way."""
    if actor.pk is None:
        return frozenset()
    since = timezone.now() - timedelta(days=settings.SECOND_PERSON_DAYS)
    return audit.tied_to(actor.pk, MAKING, since=since)


def _obstacle(actor: Actor, motion: Motion, tied: frozenset[str]) -> str:
    if not actor.reach(Permission.MANAGE_ROLES).everywhere:
        return "Potwierdza osoba, która zarządza rolami w całym mieście."
    if actor.pk == motion.proposer_id:
        return "Potwierdza druga osoba, nie ta, która to proponuje."
    if actor.pk is not None and actor.pk == motion.person_id:
        return "Potwierdza inna osoba niż ta, której to dotyczy."
    if str(motion.proposer_id) in tied:
        return (
            "Jedno z Was w ostatnich dniach założyło drugiemu konto, zmieniało jego logowanie albo "
            f"o to prosiło (liczy się {settings.SECOND_PERSON_DAYS} dni), więc potwierdza ktoś "
            "inny."
        )
    return ""


def has_second_person(motion: Motion) -> bool:
    """Whether anybody in the city can decide about it; else its operators do."""
    others = Person.objects.filter(
        Q(pk__in=administrators()) & ~Q(pk=motion.proposer_id) & ~Q(pk=motion.person_id)
    )
    return any(not obstacle_to(one, motion) for one in others)


def factors_of(person: Person) -> list[int]:
    """The ids of the person's factors and recovery codes, sorted."""
    return sorted(Authenticator.objects.filter(user=person).values_list("pk", flat=True))


def is_outdated(motion: Motion) -> bool:
    """Whether the person has helped themselves since it was proposed, or somebody else has.

    The address is another one, or a recovery would meet other factors. Where they only went, the
    others than that of factors still count: who lost both has both proposed.
    """
    if motion.person is None:
        return False
    if motion.person.email != motion.known_address:
        return True
    if motion.kind not in RECOVERIES:
        return False
    known, today = set(motion.known_factors), set(factors_of(motion.person))
    return today != known if motion.kind == Motion.Kind.FACTORS else not today <= known


def administrators() -> QuerySet[Person]:
    """Everybody with an open account who assigns roles in the whole city today."""
    assigning = Assignment.objects.in_force().filter(
        scope_kind=CITY, role__permissions__contains=[Permission.MANAGE_ROLES]
    )
    return Person.objects.filter(is_active=True, pk__in=assigning.values("person"))


def provider_facts(motion: Motion) -> dict[str, str]:
    """What the provider of the motion would be, name and value in Polish; {} for another kind."""
    provider = SocialApp.objects.filter(provider_id=motion.provider_code).first()
    if not motion.provider_code or provider is None:
        return {}
    return {
        "Nazwa": provider.name,
        "Adres serwera": provider.settings["server_url"],
        "Identyfikator klienta": provider.client_id,
        "Ufamy jego adresom e-mail": "tak" if provider.settings["trusts_addresses"] else "nie",
    }
