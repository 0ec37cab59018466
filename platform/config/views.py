"""The pages that belong to no module."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from api.authentication import FORGED, FORGED_DETAIL
from opium.errors import NotFound
from tenants import selectors as tenants


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


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
def cities(request: HttpRequest) -> HttpResponse:
    """The addresses of the cities that live here."""
    found = [
        {"name": tenant.name, "domain": tenant.get_primary_domain().domain}
        for tenant in tenants.cities()
    ]
    return render(request, "config/cities.html", {"cities": found, "port": request.get_port()})
