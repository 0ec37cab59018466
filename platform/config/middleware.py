"""What wraps every request besides Django's own."""

from collections.abc import Callable
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


class Origin:
    """Tells the audit log which address the request came from."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = origin.set(request.META.get("REMOTE_ADDR") or None)
        try:
            return self.get_response(request)
        finally:
            origin.reset(token)
