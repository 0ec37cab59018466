"""What wraps every request besides Django's own."""

from collections.abc import Callable
from ipaddress import ip_address
from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from audit.services import origin

Respond = Callable[[HttpRequest], HttpResponseBase]


class ContentSecurityPolicy:
    """No script but our own files; styles ours or marked with the page's nonce."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        store = settings.S3_ENDPOINT_URL or ""
        self.fixed = "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "img-src 'self' data: blob:",
                "font-src 'self'",
                f"connect-src 'self' {store}".strip(),
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = request.csp_nonce = token_urlsafe(16)  # type: ignore[attr-defined]  # read by the page
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", f"{self.fixed}; style-src 'self' 'nonce-{nonce}'"
        )
        return response


class PermissionsPolicy:
    """No page of ours uses the device; keys for signing in are the browser's own business."""

    FIXED = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.FIXED)
        return response


class Origin:
    """Tells the audit log, and what counts tries, which address the request came from."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = origin.set(_address_of(request))
        try:
            return self.get_response(request)
        finally:
            origin.reset(token)


def _address_of(request: HttpRequest) -> str | None:
    """The browser's address: as many steps before us as we have proxies of our own.

    What stands further left in X-Forwarded-For anybody may have written.
    """
    steps = [*request.headers.get("X-Forwarded-For", "").split(","), request.META["REMOTE_ADDR"]]
    try:
        return str(ip_address(steps[-1 - settings.TRUSTED_PROXIES].strip()))
    except (IndexError, ValueError):
        return request.META["REMOTE_ADDR"] or None
