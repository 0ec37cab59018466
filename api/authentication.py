from typing import Any

from django.contrib.auth.middleware import get_user
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

FORGED = "csrf_failed"
FORGED_DETAIL = "Strona jest nieaktualna. Odśwież ją i spróbuj ponownie."


class CitySession(SessionAuthentication):
    """Django's session with CSRF; a stranger gets 401, so that the client asks to sign in."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The person of the session itself, not Django's proxy: each step through it is slow."""
        if super().authenticate(request) is None:
            return None
        return get_user(request._request), None  # noqa: SLF001  # DRF offers no other way

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        """Let a write of a signed-in person through only with the token of the city's own page."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as refusal:
            raise PermissionDenied(FORGED_DETAIL, code=FORGED) from refusal
