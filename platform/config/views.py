"""The pages that belong to no module."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from django_tenants.utils import get_public_schema_name

from api.authentication import FORGED, FORGED_DETAIL
from config.health import checks
from opium.errors import NotFound
from opium.permissions import WHOLE_CITY, Actor, may
from opium.registry import current_city
from outbox.permissions import Permission
from tenants import selectors as tenants


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the installation works, from facts: `status` is `ok` or `trouble`.

    200 either way, for this process answers and reaches its database; with `?strict` trouble is
    503. Which facts, and their figures, are told only to operators, at their own host.
    """
    found = checks()
    is_ok = all(check.is_ok for check in found)
    told: dict[str, Any] = {"status": "ok" if is_ok else "trouble"}
    if _is_operator(request):
        told["checks"] = [asdict(check) for check in found]
    status = 503 if "strict" in request.GET and not is_ok else 200
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})


def _is_operator(request: HttpRequest) -> bool:
    if current_city().schema_name != get_public_schema_name() or not request.user.is_authenticated:
        return False
    return may(cast("Actor", request.user), Permission.MANAGE_JOBS, WHOLE_CITY)


def unknown(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {"code": NotFound.code, "detail": NotFound.message, "errors": []}, status=404
    )


def forged(_request: HttpRequest, **_why: str) -> JsonResponse:
    """What Django answers (`CSRF_FAILURE_VIEW`) to a write without the page's CSRF token."""
    return JsonResponse({"code": FORGED, "detail": FORGED_DETAIL, "errors": []}, status=403)


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """The one page of the front end; its own router reads the address."""
    try:
        response = render(request, "index.html", {"csp_nonce": request.csp_nonce})  # type: ignore[attr-defined]  # set by config.middleware
    except TemplateDoesNotExist:
        return HttpResponse(
            "Front end jest niezbudowany. Uruchom: make demo", status=503, content_type="text/plain"
        )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines: all but signing in is behind an account."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to write to about a weakness (RFC 9116); it holds for a year from each reading."""
    until = timezone.now() + timedelta(days=365)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: pl, en",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """The addresses of the cities that live here."""
    found = [
        {"name": tenant.name, "domain": tenant.get_primary_domain().domain}
        for tenant in tenants.cities()
    ]
    return render(request, "config/cities.html", {"cities": found, "port": request.get_port()})
