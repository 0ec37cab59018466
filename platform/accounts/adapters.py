"""What allauth asks of us: how secrets are kept, and who may come in by the city's own sign-in."""

from typing import Any
from urllib.parse import quote

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest, HttpResponseRedirect

from accounts import outgoing
from accounts.errors import ProviderFailed
from accounts.sealing import Purpose, seal, unseal
from accounts.services.devices import leave_mark
from accounts.services.single_sign_on import let_in, with_secret
from opium import registry
from opium.errors import DomainError


class SecondFactors(DefaultMFAAdapter):
    """Keeps secrets encrypted with the installation's keys; passkeys belong to the city's host."""

    def encrypt(self, text: str) -> str:
        return seal(Purpose.FACTORS, text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(Purpose.FACTORS, encrypted_text)

    def get_totp_issuer(self) -> str:
        return f"OPIUM {registry.current_city().name}"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()


class SingleSignOn(DefaultSocialAccountAdapter):
    """Answers the provider's call-back with our own page, in every case.

    Only here, where allauth speaks with the provider, does a city's client secret stand open.
    """

    def get_requests_session(self) -> requests.Session:
        return outgoing.session()

    def list_apps(self, *args: Any, **kwargs: Any) -> list[SocialApp]:
        return [with_secret(app) for app in super().list_apps(*args, **kwargs)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        try:
            let_in(request=request, login=sociallogin)
        except DomainError as refusal:
            raise _to_sign_in(refusal) from refusal
        home = HttpResponseRedirect("/")
        leave_mark(request, home)
        raise ImmediateHttpResponse(home)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *_args: Any, **_facts: Any
    ) -> None:
        raise _to_sign_in(ProviderFailed())


def _to_sign_in(refusal: DomainError) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(HttpResponseRedirect(f"/?sign-in={quote(refusal.code)}"))
