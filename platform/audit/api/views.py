from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import CSV, XLSX, attached, file_of
from api.viewsets import ActorMixin, ModuleViewSet
from audit import selectors, services
from audit.api.filters import EntryFilter
from audit.api.serializers import DeedsOfModuleOut, LogEntryOut
from audit.models import Entry


class EntryViewSet(ListModelMixin, ModuleViewSet[Entry]):
    serializer_class = LogEntryOut
    filterset_class = EntryFilter
    ordering_fields = ("id", "at")
    asked_besides = ("as",)
    limited = {"export": "export"}

    def get_queryset(self) -> QuerySet[Entry]:
        return selectors.entries_visible_to(self.actor)

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "deeds": selectors.words_of_deeds(),
            "rights": selectors.names_of_rights(),
        }

    @extend_schema(
        parameters=[OpenApiParameter("as", OpenApiTypes.STR, enum=["xlsx", "csv"])],
        responses=file_of(XLSX, CSV),
    )
    @action(detail=False, pagination_class=None)
    def export(self, request: Request, **path: object) -> HttpResponseBase:
        """The log as filtered, to a file; taking it is an entry of its own."""
        entries = self.filter_queryset(self.get_queryset())
        query = {name: str(value) for name, value in request.query_params.items()}
        export = partial(services.export_log, actor=self.actor, entries=entries, query=query)
        if query.get("as") == "csv":
            return attached(export(as_="csv"), "dziennik.csv", f"{CSV}; charset=utf-8")
        return attached(export(), "dziennik.xlsx")


class DeedsView(ActorMixin):
    """What the log may say was done, module by module."""

    @extend_schema(responses=DeedsOfModuleOut(many=True), operation_id="deeds")
    def get(self, request: Request) -> Response:
        return Response(DeedsOfModuleOut(selectors.deeds_by_module(self.actor), many=True).data)
