"""The pages that belong to no module."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from api.authentication import FORGED, FORGED_DETAIL
from config.health import WORK_OF_PEOPLE, ills
from config.middleware import CityRequest
from opium.errors import NotFound
from tenants import selectors as tenants


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the installation works, and the names of the checks that say it does not.

    200 as long as it answers at all; with `?strict=1` 503 where a check fails that is not
    `WORK_OF_PEOPLE`. It names no figure, job or city, for anybody may ask.
    """
    failing = ills()
    is_refused = bool(set(failing) - WORK_OF_PEOPLE) and request.GET.get("strict") == "1"
    return JsonResponse(
        {"status": "ill" if failing else "ok", "ill": failing},
        status=503 if is_refused else 200,
        headers={"Cache-Control": "no-store"},
    )


def unknown(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {"code": NotFound.code, "detail": NotFound.message, "errors": []}, status=404
    )


def forged(_request: HttpRequest, **_why: str) -> JsonResponse:
    """What Django answers (`CSRF_FAILURE_VIEW`) to a write without the page's CSRF token."""
    return JsonResponse({"code": FORGED, "detail": FORGED_DETAIL, "errors": []}, status=403)


@require_safe
@ensure_csrf_cookie
def page(request: CityRequest) -> HttpResponse:
    """The one page of the front end; its own router reads the address."""
    try:
        response = render(request, "index.html", {"csp_nonce": request.csp_nonce})
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
def cities(request: CityRequest) -> HttpResponse:
    """The addresses of the cities that live here."""
    found = [
        {"name": tenant.name, "domain": tenant.get_primary_domain().domain}
        for tenant in tenants.cities()
    ]
    told = {"cities": found, "port": request.get_port(), "csp_nonce": request.csp_nonce}
    return render(request, "config/cities.html", told)
