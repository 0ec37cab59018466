"""The one place where a refusal becomes an HTTP answer: `{code, detail, errors}` in Polish."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from opium.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionRequired,
    TooOften,
)

STATUS = {
    Invalid: 422,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    PreconditionRequired: 428,
    TooOften: 429,
}

AWAY = "Baza danych nie odpowiada. Spróbuj ponownie za chwilę."
FAILED = "Wystąpił błąd programu. Spróbuj ponownie; jeśli to nie pomoże, zgłoś go operatorowi."
TOO_BIG = "Przesłano za dużo danych naraz. Podziel je albo prześlij plik."

DETAIL = {
    400: "Podane dane są nieprawidłowe. Popraw wskazane pola.",
    401: "Zaloguj się, aby kontynuować.",
    404: NotFound.message,
}


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(exc, DomainError):
        set_rollback()
        status = next((STATUS[kind] for kind in type(exc).__mro__ if kind in STATUS), 422)
        errors = [{"field": error.field, "detail": error.detail} for error in exc.errors]
        return _problem(status, exc.code, str(exc), errors, headers=_wait(exc))
    if isinstance(exc, RequestDataTooBig):
        set_rollback()
        return _problem(413, "too_big", TOO_BIG, [])
    answer = exception_handler(exc, context)
    if answer is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        errors = [{"field": field, "detail": detail} for field, detail in _flatten(answer.data)]
        return _problem(answer.status_code, "invalid", DETAIL[400], errors)
    code = _code(exc)
    detail = DETAIL.get(answer.status_code) or str(answer.data.get("detail", ""))
    return _problem(answer.status_code, code, detail, [], headers=answer.headers)


def _problem(
    status: int,
    code: str,
    detail: str,
    errors: list[dict[str, str]],
    headers: Any = None,
) -> Response:
    kept = {
        name: headers[name]
        for name in ("WWW-Authenticate", "Retry-After", "Allow")
        if headers and name in headers
    }
    return Response(
        {"code": code, "detail": detail, "errors": errors}, status=status, headers=kept or None
    )


def _wait(exc: DomainError) -> dict[str, str]:
    seconds = getattr(exc, "retry_after", None)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _code(exc: Exception) -> str:
    if isinstance(exc, Http404):
        return "not_found"
    if isinstance(exc, PermissionDenied):
        return "forbidden"
    if isinstance(exc, exceptions.APIException):
        codes = exc.get_codes()
        return codes if isinstance(codes, str) else str(exc.default_code)
    return "error"


def _flatten(found: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Dotted paths of the wrong fields: `answer_request.due_at`, `units.3`."""
    if isinstance(found, dict):
        for name, inner in found.items():
            step = "" if name == "non_field_errors" else str(name)
            yield from _flatten(inner, ".".join(filter(None, (path, step))))
    elif isinstance(found, list):
        for index, inner in enumerate(found):
            if isinstance(inner, dict | list):
                yield from _flatten(inner, ".".join(filter(None, (path, str(index)))))
            else:
                yield path, str(inner)
    else:
        yield path, str(found)
