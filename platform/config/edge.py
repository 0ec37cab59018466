"""What is answered where no view could: a problem document, or a page for people. Never a trace."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from api.errors import AWAY, FAILED, TOO_BIG
from opium.errors import NotFound

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""Of a page of one fixed file, for whatever failed may have been what sets the usual policy."""


NO_CITY = "Pod tym adresem nie ma miasta"
NO_PAGE = "Nie ma takiej strony"
NO_LUCK = "Nie udało się otworzyć strony"
UNKNOWN_CITY = (
    "Żadne miasto nie korzysta z tego adresu. Sprawdź, czy nie ma w nim literówki, albo otwórz "
    "odnośnik z listu z zaproszeniem. Jeśli adres jest dobry, zapytaj urząd miasta."
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _told(request, 413, "too_big", TOO_BIG)
    return _told(request, 400, "bad_request", "Tego żądania nie da się odczytać.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    """Also for a host name under which no city lives; the database need not be there."""
    if not hasattr(request, "tenant"):
        return _told(request, 404, "unknown_city", UNKNOWN_CITY, title=NO_CITY, has_home=False)
    return _told(request, 404, NotFound.code, NotFound.message, title=NO_PAGE)


def failed(request: HttpRequest) -> HttpResponse:
    """503 where the database does not answer, which passes; else 500, which the log tells of."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        answer = _told(request, 503, "unavailable", AWAY)
        answer.headers["Retry-After"] = "10"
        return answer
    return _told(request, 500, "failed", FAILED)


def _told(  # one answer, said whole
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    title: str = NO_LUCK,
    has_home: bool = True,
) -> HttpResponse:
    answer: HttpResponse
    if request.path.startswith("/api/"):
        answer = JsonResponse({"code": code, "detail": detail, "errors": []}, status=status)
    else:
        page = render_to_string(
            "config/edge.html", {"title": title, "detail": detail, "has_home": has_home}
        )
        answer = HttpResponse(page, status=status)
        answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "no-store"
    return answer
