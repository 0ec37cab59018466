"""Nobody overwrites what they have not seen: every PATCH and PUT names the version that it changes.

An answer carries its version (`version`, and the header `ETag`); a change sends it back in
`If-Match`. Without it the change is refused (428); where the row is no longer what was seen, too
(409), and nothing has changed. It is compared under the row's lock, in the transaction of the
service itself, so of two changes at once one wins and the other is told.

A version says what the changeable parts of a row are, not how often it was written: a sign-in
does not make a person's page stale, and what was put back is the same again.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, transaction
from django.db.models import Manager, Model
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from psycopg.errors import DeadlockDetected
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Field
from rest_framework.views import APIView

from opium.errors import Conflict, PreconditionRequired

T = TypeVar("T")
CHANGING = ("PATCH", "PUT")
HEADER = "If-Match"


class VersionMissing(PreconditionRequired):
    code = "version_missing"
    message = "Nie wiadomo, którą wersję zmieniasz. Odśwież stronę i zapisz jeszcze raz."


class ChangedMeanwhile(Conflict):
    """The row is no longer what the caller has seen; `subject` is the row."""

    code = "changed_meanwhile"
    message = "Ktoś zmienił to, odkąd otworzono tę stronę. Niczego nie zapisano."

    def __init__(self, subject: Model, **facts: Any) -> None:
        super().__init__(**facts)
        self.subject = subject


@extend_schema_field(OpenApiTypes.STR)
class VersionField(Field):  # type: ignore[type-arg]  # DRF's stubs want four types of a field that only reads
    """The version of a row: a digest of its named parts, or of what a function reads off it.

    A relation counts by which rows it leads to.
    """

    def __init__(self, *parts: str | Callable[[Any], Any], source: str = "*") -> None:
        super().__init__(source=source, read_only=True)
        self.parts = parts
        self.readers = [attrgetter(one) if isinstance(one, str) else one for one in parts]

    def to_representation(self, value: Any) -> str:
        return self.of(value)

    def of(self, row: Any) -> str:
        seen = [_plain(read(row)) for read in self.readers]
        written = json.dumps(seen, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        return sha256(written.encode(errors="surrogatepass")).hexdigest()[:20]


def _plain(value: Any) -> Any:
    if isinstance(value, Manager):
        return sorted(str(one.pk) for one in value.all())
    return str(value.pk) if isinstance(value, Model) else value


class Matching(APIView):
    """A view whose PATCH and PUT are held to the version that the caller has seen.

    `versioned` is the field of its answers that says it. A handler of such a method that ends
    without a comparison (`matched`) is a fault and changes nothing: nobody can forget it.
    """

    versioned: ClassVar[VersionField | None] = None
    version_key: ClassVar[str] = "version"
    unversioned: ClassVar[str] = ""
    """Why this view's changes name no version; every such view stands in the test of all routes."""
    _is_matched = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in CHANGING and not self.unversioned:
            said_version(request)
            name = request.method.lower()
            setattr(self, name, self._held(getattr(self, name)))

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        shown = getattr(answer, "data", None)
        if isinstance(shown, dict) and self.version_key in shown:
            answer["ETag"] = f'"{shown[self.version_key]}"'
        return answer

    def matched(self, row: Model, again: Callable[[], T]) -> T:
        """What `again` reads once the row is held, until the change is over.

        Raises `ChangedMeanwhile` where that is no longer what the caller has seen.
        """
        self._is_matched = True
        model = row._meta.concrete_model or type(row)  # of a lazy row, the row's own
        rows = model._base_manager  # noqa: SLF001  # Django documents it; no filter of a default one
        held = rows.select_for_update().filter(pk=row.pk).first()
        found = again()
        if self.versioned is None:
            self._unfit()
        if self.versioned.of(found) != said_version(self.request):
            raise ChangedMeanwhile(held or row)
        return found

    def asked_version(self) -> str:
        """The version that the caller has seen, for a service that compares it itself."""
        self._is_matched = True
        return said_version(self.request)

    def _held(self, handler: Callable[..., Response]) -> Callable[..., Response]:
        def change(*args: Any, **kwargs: Any) -> Response:
            try:
                with transaction.atomic():
                    answer = handler(*args, **kwargs)
                    if not self._is_matched:
                        self._unfit()
            except OperationalError as refusal:
                if isinstance(refusal.__cause__, DeadlockDetected):
                    raise Conflict from refusal
                raise
            return answer

        return change

    def _unfit(self) -> NoReturn:
        message = f"{type(self).__name__} changes something without comparing its version."
        raise TypeError(message)


def said_version(request: Request) -> str:
    """What `If-Match` names; `*` names nothing. Raises `VersionMissing`."""
    said = str(request.headers.get(HEADER, "")).strip()
    version = said.removeprefix("W/").strip('"')
    if not version or version == "*":
        raise VersionMissing
    return version


def shown_in(shape: type[Any]) -> VersionField:
    """The field of a shape of answers that says the version."""
    field = shape._declared_fields["version"]  # noqa: SLF001  # DRF keeps declared fields nowhere else
    if not isinstance(field, VersionField):
        message = f"{shape.__name__} has no version."
        raise TypeError(message)
    return field
