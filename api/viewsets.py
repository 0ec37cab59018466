"""What the views of every module share."""

from collections.abc import Mapping
from functools import partial
from typing import IO, Any, ClassVar, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from api import repeating
from api.files import JSON, XLSX, attached, file_of
from api.narrowing import COLUMNS
from api.rendering import Json
from api.versions import CHANGING, Matching
from opium.permissions import SYSTEM, Actor

M = TypeVar("M", bound=Model)
ANYTHING = "*/*"
COLUMNS_TOLD = "Which columns of the screen, in their order, commas between; all without it"
TAKEN = frozenset({JSON, ANYTHING, f"{JSON}, text/plain, {ANYTHING}"})
JSON_ONLY = [Json]


class ActorMixin(Matching):
    """A view parses, calls one service or selector, and renders. It decides nothing."""

    limited: ClassVar[Mapping[str, str]] = {}
    """Action (or method) -> the limit of `RATE_LIMITS` that each person has for it."""
    told_once: ClassVar[frozenset[str]] = frozenset()
    """Actions (or methods) whose answer carries a secret, so that no repeat hears it again."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in who asks; from here on a repeated POST gives its first answer."""
        super().initial(request, *args, **kwargs)
        post = getattr(self, "post", None)
        if post is None or not repeating.is_marked(request):
            return
        deed = getattr(self, "action", None) or "post"

        def once(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            answer = partial(post, request, *args, **kwargs)
            return repeating.once(request, answer, is_told_once=deed in self.told_once)

        self.__dict__["post"] = once  # as `as_view` puts an action in the place of its method

    def perform_content_negotiation(
        self,
        request: Request,
        force: bool = False,  # noqa: FBT001, FBT002  # DRF's
    ) -> tuple[Any, str]:
        """Who takes JSON or anything gets the only thing that there is; who does not, a 406."""
        accepted = request.META.get("HTTP_ACCEPT", ANYTHING)
        if accepted in TAKEN and self.renderer_classes == JSON_ONLY:
            return JSON_ONLY[0](), JSON
        found: tuple[Any, str] = super().perform_content_negotiation(request, force)
        return found

    @property
    def actor(self) -> Actor:
        if getattr(self, "swagger_fake_view", False):
            return SYSTEM  # the schema is drawn without a request
        return cast("Actor", self.request.user)


class ModuleViewSet(ActorMixin, GenericViewSet[M]):
    lookup_value_regex = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

    def get_object(self) -> M:
        """What the address names; before a change also held, and compared with what was seen."""
        found = super().get_object()
        if self.request.method in CHANGING:
            return self.matched(found, super().get_object)
        return found


class ExportedViewSet(ModuleViewSet[M]):
    """A list with `GET …/export/`.

    A view says what the file is called and which service writes it, over `audit.write_list`.
    """

    export_name: ClassVar[str] = "lista.xlsx"
    limited: ClassVar[Mapping[str, str]] = {"export": "export"}

    def exported(self, rows: QuerySet[M], query: dict[str, str]) -> IO[bytes]:
        """The file of these rows; `query` is how they were narrowed, for the log."""
        raise NotImplementedError

    @extend_schema(
        filters=True,
        parameters=[OpenApiParameter(COLUMNS, OpenApiTypes.STR, description=COLUMNS_TOLD)],
        responses=file_of(XLSX),
    )
    @action(detail=False, pagination_class=None)
    def export(self, request: Request, **path: object) -> HttpResponseBase:
        """The list as it is filtered and ordered, as xlsx; taking it is an entry of the log."""
        rows = self.filter_queryset(self.get_queryset())
        query = {name: str(value) for name, value in request.query_params.items()}
        return attached(self.exported(rows, query), self.name_of_export())

    def name_of_export(self) -> str:
        return self.export_name
