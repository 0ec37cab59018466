"""Questions about signing in: one's own account, its browsers, and the city's own ways in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialApp
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import (
    FACTORS,
    ApiToken,
    FactorLoss,
    Link,
    Person,
    Session,
    SignInRules,
)
from accounts.permissions import Permission, require_management, require_whole
from accounts.selectors.people_seen import factors_of
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


def count_people(*, seen_since: datetime | None = None) -> int:
    """How many accounts the current city has, or how many of them a browser has used since."""
    if seen_since is None:
        return Person.objects.count()
    seen = Session.objects.filter(person__isnull=False, seen_at__gte=seen_since)
    return seen.values("person").distinct().count()


@dataclass(frozen=True, slots=True)
class Letter:
    """What the page of a letter's link has to know besides the link."""

    link: Link
    factors: list[str]
    """The kinds that signing in will ask for after a new password."""
    takes_recovery_code: bool
    """Whether a recovery code takes them away."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.link, name)


def letter_of(link: Link) -> Letter:
    """For whoever holds the link's secret."""
    asked = link.kind != Link.Kind.EMAIL
    rules = sign_in_rules()
    return Letter(
        link,
        factors_of(link.person) if asked else [],
        rules.lost_factor == SignInRules.LostFactor.RECOVERY_CODE,
    )


def sign_in_rules() -> SignInRules:
    """What the city has settled about signing in."""
    return SignInRules.objects.first() or SignInRules()


def sign_in_rules_visible_to(actor: Actor) -> SignInRules:
    """The same, for whoever settles it."""
    require(actor, Permission.MANAGE_SIGN_IN, WHOLE_CITY)
    return sign_in_rules()


@dataclass(frozen=True, slots=True)
class FactorFacts:
    """When the newest factor was added, and since when a loss waits for a decision."""

    newest_factor_at: datetime | None
    lost_factor_at: datetime | None


def factor_facts_of(person: Person) -> FactorFacts:
    """For whoever sees the account whole."""
    factors = Authenticator.objects.filter(user=person, type__in=FACTORS)
    losses = FactorLoss.objects.filter(person=person, ended_at=None)
    return FactorFacts(
        factors.order_by("-created_at").values_list("created_at", flat=True).first(),
        losses.values_list("created_at", flat=True).first(),
    )


def sessions_of(person: Person) -> QuerySet[Session]:
    """The browsers that the person is signed in with now, the last seen first."""
    require(person, Permission.KEEP_OWN_ACCOUNT, person)
    return _open_sessions(person)


def sessions_visible_to(actor: Actor, person: Person) -> QuerySet[Session]:
    """The same of anybody's account, for whoever manages it and sees it whole."""
    require_management(actor, person)
    require_whole(actor, person)
    return _open_sessions(person)


def _open_sessions(person: Person) -> QuerySet[Session]:
    return Session.objects.filter(person=person, expire_date__gt=timezone.now()).order_by(
        "-seen_at"
    )


def providers() -> QuerySet[SocialApp]:
    """The city's identity providers by name, for anybody who wants to sign in."""
    found: QuerySet[SocialApp] = SocialApp.objects.order_by("name", "pk")
    return found


def providers_visible_to(actor: Actor) -> QuerySet[SocialApp]:
    """The same with their settings, for whoever configures them."""
    require(actor, Permission.MANAGE_SIGN_IN, WHOLE_CITY)
    return providers()


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """One's own API tokens, the newest first; everybody's for whoever manages all accounts."""
    tokens = ApiToken.objects.select_related("person").order_by("-created_at", "-pk")
    if actor.reach(Permission.MANAGE_PEOPLE).everywhere:
        return tokens
    require(actor, Permission.MAKE_TOKENS)
    return tokens.filter(person=actor.pk)
