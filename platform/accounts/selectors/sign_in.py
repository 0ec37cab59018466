"""Questions about signing in: one's own account, its browsers, and the city's own ways in."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialApp
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import FACTORS, ApiToken, Person, Session
from accounts.permissions import Permission, require_management
from opium.permissions import WHOLE_CITY, Actor, require


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What a person sees of the own account."""

    person: Person
    factors: list[Authenticator]
    recovery_codes_left: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.person, name)

    @property
    def has_password(self) -> bool:
        return self.person.has_usable_password()


def own_account(person: Person) -> OwnAccount:
    """The person's own account, with second factors and how many recovery codes are left."""
    require(person, Permission.KEEP_OWN_ACCOUNT, person)
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    spare = [one for one in found if one.type == Authenticator.Type.RECOVERY_CODES]
    return OwnAccount(
        person=person,
        factors=[one for one in found if one.type in FACTORS],
        recovery_codes_left=sum(len(RecoveryCodes(one).get_unused_codes()) for one in spare),
    )


def sessions_of(person: Person) -> QuerySet[Session]:
    """The browsers that the person is signed in with now, the last seen first."""
    require(person, Permission.KEEP_OWN_ACCOUNT, person)
    return _open_sessions(person)


def sessions_visible_to(actor: Actor, person: Person) -> QuerySet[Session]:
    """The same of anybody's account, for whoever manages it."""
    require_management(actor, person)
    return _open_sessions(person)


def _open_sessions(person: Person) -> QuerySet[Session]:
    return Session.objects.filter(person=person, expire_date__gt=timezone.now()).order_by(
        "-seen_at"
    )


def providers() -> QuerySet[SocialApp]:
    """The city's identity providers by name, for anybody who wants to sign in."""
    found: QuerySet[SocialApp] = SocialApp.objects.order_by("name")
    return found


def providers_visible_to(actor: Actor) -> QuerySet[SocialApp]:
    """The same with their settings, for whoever configures them."""
    require(actor, Permission.MANAGE_SIGN_IN, WHOLE_CITY)
    return providers()


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """One's own API tokens, the newest first; everybody's for whoever manages all accounts."""
    tokens = ApiToken.objects.select_related("person").order_by("-created_at")
    if actor.reach(Permission.MANAGE_PEOPLE).everywhere:
        return tokens
    require(actor, Permission.MAKE_TOKENS)
    return tokens.filter(person=actor.pk)
