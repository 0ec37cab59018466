"""The pages that belong to no module."""

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from api.authentication import FORGED, FORGED_DETAIL
from config.health import ills
from opium.errors import NotFound
from tenants import selectors as tenants

if TYPE_CHECKING:
    from config.middleware import CityRequest

logger = logging.getLogger(__name__)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the installation works, and the names of the checks that say it does not.

    200 as long as it answers at all; with `?strict=1` 503 where a check fails. It names no
    figure, job or city, for anybody may ask.
    """
    try:
        failing = ills()
    except DatabaseError:
        logger.exception("The database does not answer the health check")
        return no_database()
    is_refused = bool(failing) and request.GET.get("strict") == "1"
    return JsonResponse(
        {"status": "ill" if failing else "ok", "ill": failing},
        status=503 if is_refused else 200,
        headers={"Cache-Control": "no-store"},
    )


def no_database() -> JsonResponse:
    detail = "Baza danych nie odpowiada. Spróbuj ponownie za chwilę."
    return JsonResponse({"code": "unavailable", "detail": detail, "errors": []}, status=503)


def unknown(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {"code": NotFound.code, "detail": NotFound.message, "errors": []}, status=404
    )


def forged(_request: HttpRequest, **_why: str) -> JsonResponse:
    """What Django answers (`CSRF_FAILURE_VIEW`) to a write without the page's CSRF token."""
    return JsonResponse({"code": FORGED, "detail": FORGED_DETAIL, "errors": []}, status=403)


@require_safe
@ensure_csrf_cookie
def page(request: "CityRequest") -> HttpResponse:
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
def cities(request: HttpRequest) -> HttpResponse:
    """The addresses of the cities that live here."""
    found = [
        {"name": tenant.name, "domain": tenant.get_primary_domain().domain}
        for tenant in tenants.cities()
    ]
    return render(request, "config/cities.html", {"cities": found, "port": request.get_port()})
