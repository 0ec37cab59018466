"""What allauth asks of us: how secrets are kept, and who may come in by the city's own sign-in."""

from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from accounts.errors import ProviderFailed
from accounts.services.single_sign_on import let_in
from opium import registry
from opium.errors import DomainError


class SecondFactors(DefaultMFAAdapter):
    """Keeps secrets encrypted with the installation's key; keys belong to the city's host."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"OPIUM {registry.current_city().name}"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()


class SingleSignOn(DefaultSocialAccountAdapter):
    """Answers the provider's call-back with our own page, in every case."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        try:
            let_in(request=request, login=sociallogin)
        except DomainError as refusal:
            raise _to_sign_in(refusal) from refusal
        raise ImmediateHttpResponse(HttpResponseRedirect("/"))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *_args: Any, **_facts: Any
    ) -> None:
        raise _to_sign_in(ProviderFailed())


def _to_sign_in(refusal: DomainError) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(HttpResponseRedirect(f"/?sign-in={quote(refusal.code)}"))


def _cipher() -> Fernet:
    key = salted_hmac("accounts.factors", "", secret=settings.SECRET_KEY, algorithm="sha256")
    return Fernet(urlsafe_b64encode(key.digest()))
