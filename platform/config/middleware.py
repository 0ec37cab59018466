"""What wraps every request besides Django's own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django_tenants.middleware.main import TenantMainMiddleware
from django_tenants.utils import get_public_schema_name

from audit.services import origin
from opium import confinement
from opium.arrival import came_at
from tenants.models import Tenant
from tenants.selectors import city_at

Respond = Callable[[HttpRequest], HttpResponseBase]
NOTED = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")
"""Seconds since 1970, as nginx tells them in `$msec`."""
LONGEST_WAIT = timedelta(seconds=120)
"""As long as the proxy waits for an answer (docs/nginx.conf)."""


class CityRequest(HttpRequest):
    """A request as the rest of the house meets it; only its type: Django makes them."""

    tenant: Tenant
    """Where django-tenants looks for the city."""
    csp_nonce: str
    """What marks the styles of the page that answers it."""


class CityOfHost(TenantMainMiddleware):
    """Works for the city whose host name was asked, as django-tenants does, with one query.

    The lookup names its schema, so the connection need not be led to the public one and back; and
    where its search path stands at this very city already, it is not set again. Until the city is
    known the connection counts as nobody's.
    """

    @staticmethod
    def hostname_from_request(request: HttpRequest) -> str:
        """As it is kept: names know no case, and a dot at the end says only that they are whole."""
        return str(TenantMainMiddleware.hostname_from_request(request)).lower().rstrip(".")

    def process_request(self, request: CityRequest) -> HttpResponseBase | None:
        here: Any = connections[DEFAULT_DB_ALIAS]  # with what django-tenants' backend adds
        path = here.search_path_set_schemas
        here.set_schema_to_public()
        try:
            host = self.hostname_from_request(request)
        except DisallowedHost:
            raise self.TENANT_NOT_FOUND_EXCEPTION from None
        here.search_path_set_schemas = path
        try:
            city = city_at(host)
            path = here.search_path_set_schemas
        finally:
            here.search_path_set_schemas = None
        if city is None:
            raise self.TENANT_NOT_FOUND_EXCEPTION
        city.domain_url = host
        request.tenant = city
        here.set_tenant(city)
        if path == list(dict.fromkeys((city.schema_name, get_public_schema_name()))):
            here.search_path_set_schemas = path
        self.setup_url_routing(request)
        return None


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

    def __call__(self, request: CityRequest) -> HttpResponseBase:
        nonce = request.csp_nonce = token_urlsafe(16)
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


class NoStore:
    """What the API tells may be personal, so nothing on the way keeps a copy of its JSON."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("application/json"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class InARequest:
    """Holds that no answer opens what came from outside: the child that could refuses (500)."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with confinement.in_a_request():
            return self.get_response(request)


class Arrival:
    """Notes when the request came, so that nobody is late because the house was busy."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = came_at.set(_arrival_of(request))
        try:
            return self.get_response(request)
        finally:
            came_at.reset(token)


def _arrival_of(request: HttpRequest) -> datetime:
    """As a proxy of our own has noted it; a browser's word for it counts for nothing.

    Nor does a moment to come, or one longer ago than a request waits for an answer.
    """
    now = timezone.now()
    noted = request.headers.get("X-Request-Start", "").removeprefix("t=")
    if not settings.TRUSTED_PROXIES or not NOTED.fullmatch(noted):
        return now
    came = datetime.fromtimestamp(float(noted), UTC)
    return came if now - LONGEST_WAIT < came < now else now


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
