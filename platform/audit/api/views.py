import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import XLSX
from api.viewsets import ActorMixin, ModuleViewSet
from audit import selectors, services
from audit.api.filters import EntryFilter
from audit.api.serializers import DeedsOfModuleOut, LogEntryOut
from audit.models import Entry
from spreadsheets import writing


class EntryViewSet(ListModelMixin, ModuleViewSet[Entry]):
    serializer_class = LogEntryOut
    filterset_class = EntryFilter
    ordering_fields = ("id", "at")
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
        responses={(200, XLSX): OpenApiTypes.BINARY, (200, "text/csv"): OpenApiTypes.BINARY},
    )
    @action(detail=False, pagination_class=None)
    def export(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        """The log as filtered, to a file; taking it is an entry of its own."""
        entries = self.filter_queryset(self.get_queryset())
        rows = services.export_log(
            actor=self.actor, entries=entries, query=dict(request.query_params.items())
        )
        if request.query_params.get("as") == "csv":
            answer = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
            return _named(answer, "dziennik.csv")
        columns = [
            writing.Column(title, writing.Kind.DATETIME if title == "Kiedy" else writing.Kind.TEXT)
            for title in services.HEADER
        ]
        content = writing.write_table(columns, rows, name="Dziennik")
        return _named(HttpResponse(content, content_type=XLSX), "dziennik.xlsx")


class DeedsView(ActorMixin):
    """What the log may say was done, module by module."""

    @extend_schema(responses=DeedsOfModuleOut(many=True), operation_id="deeds")
    def get(self, request: Request) -> Response:
        return Response(DeedsOfModuleOut(selectors.deeds_by_module(self.actor), many=True).data)


def _named(
    answer: HttpResponse | StreamingHttpResponse, name: str
) -> HttpResponse | StreamingHttpResponse:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _csv(rows: Iterator[list[Any]]) -> Iterator[str]:
    """Semicolons and a byte-order mark, so that a Polish Excel opens it by a double click."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    writer.writerow(services.HEADER)
    yield "\ufeff" + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        safe = [f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell for cell in row]
        writer.writerow(safe)
        yield line.getvalue()
