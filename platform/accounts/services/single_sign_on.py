"""The verbs of a city's own sign-in by OpenID Connect: configuring it, letting people in."""

from datetime import UTC, datetime
from typing import Any

from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from requests import RequestException

from accounts.deeds import Deed
from accounts.errors import (
    InsecureAddress,
    NotInvited,
    ProviderFailed,
    ProviderTaken,
    ProviderUnknown,
    ProviderWaiting,
)
from accounts.models import Motion, Person
from accounts.permissions import Permission
from accounts.sealing import Purpose, seal, unseal
from accounts.services import entering
from accounts.services.ending_motions import end_motion, void_motions
from accounts.services.guards import require_recent_proof
from accounts.services.letting_know import tell_each_of_change, tell_of_change
from accounts.services.motions import WAITS, propose
from audit import services as audit
from opium.permissions import Actor, require

KIND = "openid_connect"
SEALED = "sealed_secret"
"""Where a provider's settings keep the client secret; allauth's own column stays empty."""
WAITING = "waits_for_approval"
"""What the log calls it."""
ANEW = {"prompt": "login", "max_age": "0"}
LEADING = ("server_url", "client_id", "trusts_addresses")
"""What says whose word is taken for who somebody is."""


@transaction.atomic
def add_provider(
    *,
    actor: Actor,
    code: str,
    name: str,
    server_url: str,
    client_id: str,
    secret: str,
    trusts_addresses: bool = False,
) -> SocialApp:
    """Let people sign in through the city's own identity provider.

    With `trusts_addresses` an e-mail address counts even where the provider does not say that it
    has verified it. Nobody comes in by it before a second person has confirmed it
    (`confirm_motion`): a provider can say that anybody is there. Raises `ProviderTaken`,
    `InsecureAddress`, `ProofNeeded`.
    """
    provider = SocialApp(provider=KIND, provider_id=code)
    require(actor, Permission.MANAGE_SIGN_IN, provider)
    require_recent_proof(actor)
    if SocialApp.objects.filter(provider_id=code).exists():
        raise ProviderTaken(code=code)
    facts = {"name": name, "server_url": server_url, "client_id": client_id, "secret": secret}
    _apply(provider, facts | {"trusts_addresses": trusts_addresses})
    _await_second_person(actor, provider)
    audit.record(
        actor=actor,
        deed=Deed.ADD_PROVIDER,
        right=Permission.MANAGE_SIGN_IN,
        target=provider,
        after=_facts(provider),
    )
    return provider


@transaction.atomic
def change_provider(*, actor: Actor, provider: SocialApp, **changes: Any) -> SocialApp:
    """Change what is given of name, server_url, client_id, secret, trusts_addresses.

    Where it leads elsewhere than before (`LEADING`), or waits already, it waits for a second
    person anew; its name and its secret lead nobody in. Raises `InsecureAddress`, `ProofNeeded`.
    """
    require(actor, Permission.MANAGE_SIGN_IN, provider)
    require_recent_proof(actor)
    provider = SocialApp.objects.select_for_update().get(pk=provider.pk)
    before = _facts(provider)
    _apply(provider, changes)
    after = _facts(provider)
    if before[WAITING] or any(before[name] != after[name] for name in LEADING):
        _await_second_person(actor, provider)
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_PROVIDER,
        right=Permission.MANAGE_SIGN_IN,
        target=provider,
        before=before,
        after=_facts(provider) | {"secret_changed": "secret" in changes},
    )
    return provider


@transaction.atomic
def delete_provider(*, actor: Actor, provider: SocialApp) -> None:
    """Let nobody in through it any more; whose account it was is forgotten, and told.

    Raises `ProofNeeded`.
    """
    require(actor, Permission.MANAGE_SIGN_IN, provider)
    require_recent_proof(actor)
    audit.record(
        actor=actor,
        deed=Deed.DELETE_PROVIDER,
        right=Permission.MANAGE_SIGN_IN,
        target=provider,
        before=_facts(provider),
    )
    void_motions(Motion.objects.filter(provider_code=provider.provider_id))
    known = SocialAccount.objects.filter(provider=provider.provider_id)
    name = f"rozłączono konto z logowaniem „{provider.provider_id}”"
    tell_each_of_change(Person.objects.filter(pk__in=known.values("user")), name)
    known.delete()
    provider.delete()


def begin(*, request: HttpRequest, code: str) -> str:
    """The provider's address to send the browser to; the hand-shake is kept in its session.

    Whoever is signed in already has to prove anew who they are, and the provider to say when.
    Raises `ProviderUnknown`, `ProviderFailed` where the provider does not answer.
    """
    with request_context(request):
        try:
            provider = get_adapter(request).get_provider(request, provider=code)
            asked = provider.get_auth_params() | (ANEW if request.user.is_authenticated else {})
            address: str = provider.redirect(request, process="login", auth_params=asked).url
        except SocialApp.DoesNotExist as refusal:
            raise ProviderUnknown from refusal
        except (RequestException, KeyError, ValueError) as refusal:
            raise ProviderFailed from refusal
    return address


def _await_second_person(actor: Actor, provider: SocialApp) -> None:
    """Let nobody in by it before a second person confirms; what the system sets counts at once."""
    code = provider.provider_id
    for motion in Motion.objects.filter(ended_at=None, provider_code=code).select_for_update():
        end_motion(motion, Motion.Outcome.WITHDRAWN)
    provider.settings[WAITS] = actor.pk is not None
    provider.save()
    if actor.pk is not None:
        propose(actor, Motion(kind=Motion.Kind.PROVIDER, provider_code=code))


def let_in(*, request: HttpRequest, login: SocialLogin) -> Person | None:
    """Let in whom the provider has vouched for, if the city has invited that person.

    Known by the provider's own number for the person; the first time by a verified address.
    Nobody gets an account this way. None where a second factor has to follow. Raises `NotInvited`,
    `ProviderWaiting`.
    """
    code = login.account.provider
    if SocialApp.objects.get(provider_id=code).settings.get(WAITS, False):
        raise ProviderWaiting
    person = _person_of(login)
    if person is None or not person.is_active:
        audit.record_refusal(
            actor=None,
            deed=Deed.START_SESSION,
            right=Permission.SIGN_IN,
            target=person,
            sentence=NotInvited.message,
        )
        raise NotInvited
    with transaction.atomic():
        _, is_new = SocialAccount.objects.get_or_create(
            provider=code, uid=login.account.uid, defaults={"user": person}
        )
        if is_new:
            tell_of_change(person, f"połączono konto z logowaniem „{code}”")
    by = f"logowanie przez {code}"
    return entering.go_on(request, person, by=by, proved_at=_authenticated_at(login))


def _authenticated_at(login: SocialLogin) -> datetime | None:
    """When the provider last asked the person to prove anything (`auth_time`), if it says so.

    Only then does it count as a proof: a provider lets many in who typed nothing today.
    """
    told = login.account.extra_data.get("id_token", {}).get("auth_time")
    if not isinstance(told, int):
        return None
    return min(datetime.fromtimestamp(told, UTC), timezone.now())


def _person_of(login: SocialLogin) -> Person | None:
    known = SocialAccount.objects.filter(provider=login.account.provider, uid=login.account.uid)
    if (account := known.select_related("user").first()) is not None:
        return account.user if isinstance(account.user, Person) else None
    app = SocialApp.objects.get(provider_id=login.account.provider)
    trusted = app.settings.get("trusts_addresses", False)
    addresses = [one.email for one in login.email_addresses if one.verified is True or trusted]
    for address in addresses:
        person = Person.objects.filter(email__iexact=address).first()
        if person is not None:
            return person
    return None


def with_secret(provider: SocialApp) -> SocialApp:
    """The provider with its client secret open, for speaking with it; never to be saved."""
    provider.secret = unseal(Purpose.PROVIDERS, provider.settings[SEALED])
    return provider


def _apply(provider: SocialApp, changes: dict[str, Any]) -> None:
    for field in ("name", "client_id"):
        if field in changes:
            setattr(provider, field, changes[field])
    if "secret" in changes:
        provider.settings[SEALED] = seal(Purpose.PROVIDERS, changes["secret"])
    for field in ("server_url", "trusts_addresses"):
        if field in changes:
            provider.settings[field] = changes[field]
    if settings.HTTPS and not provider.settings["server_url"].startswith("https://"):
        raise InsecureAddress
    provider.save()


def _facts(provider: SocialApp) -> dict[str, object]:
    return {
        "code": provider.provider_id,
        "name": provider.name,
        "client_id": provider.client_id,
        "server_url": provider.settings["server_url"],
        "trusts_addresses": provider.settings["trusts_addresses"],
        WAITING: provider.settings.get(WAITS, False),
    }
