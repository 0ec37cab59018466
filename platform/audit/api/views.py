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

from api.files import XLSX
from api.viewsets import ModuleViewSet
from audit import selectors, services
from audit.api.filters import EntryFilter
from audit.api.serializers import LogEntryOut
from audit.models import Entry
from spreadsheets import writing

HEADER = (
    "Nr",
    "Kiedy",
    "Kto",
    "W zastępstwie",
    "Skąd",
    "Uprawnienie",
    "Wynik",
    "Rekord",
    "Przed",
    "Po",
)


class EntryViewSet(ListModelMixin, ModuleViewSet[Entry]):
    serializer_class = LogEntryOut
    filterset_class = EntryFilter
    ordering_fields = ("id", "at")
    limited = {"export": "export"}

    def get_queryset(self) -> QuerySet[Entry]:
        return selectors.entries_visible_to(self.actor)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "labels": selectors.labels()}

    @extend_schema(
        parameters=[OpenApiParameter("as", OpenApiTypes.STR, enum=["xlsx", "csv"])],
        responses={(200, XLSX): OpenApiTypes.BINARY, (200, "text/csv"): OpenApiTypes.BINARY},
    )
    @action(detail=False, pagination_class=None)
    def export(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        """The log as filtered, to a file; taking it is an entry of its own."""
        entries = self.filter_queryset(self.get_queryset())
        services.record_export(actor=self.actor, query=dict(request.query_params.items()))
        rows = _rows(entries, selectors.labels())
        if request.query_params.get("as") == "csv":
            answer = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
            return _named(answer, "dziennik.csv")
        columns = [
            writing.Column(title, writing.Kind.DATETIME if title == "Kiedy" else writing.Kind.TEXT)
            for title in HEADER
        ]
        content = writing.write_table(columns, rows, name="Dziennik")
        return _named(HttpResponse(content, content_type=XLSX), "dziennik.xlsx")


def _named(
    answer: HttpResponse | StreamingHttpResponse, name: str
) -> HttpResponse | StreamingHttpResponse:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(entries: QuerySet[Entry], labels: dict[str, str]) -> Iterator[list[Any]]:
    for entry in entries.iterator():
        yield [
            str(entry.id),
            entry.at,
            entry.actor_name,
            entry.in_place_of_name,
            entry.origin or "",
            labels.get(entry.verb, entry.verb),
            entry.get_outcome_display(),
            entry.target_label,
            _told(entry.before),
            _told(entry.after),
        ]


def _told(facts: dict[str, Any] | None) -> str:
    return "; ".join(f"{name}: {value}" for name, value in (facts or {}).items())


def _csv(rows: Iterator[list[Any]]) -> Iterator[str]:
    """Semicolons and a byte-order mark, so that a Polish Excel opens it by a double click."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    writer.writerow(HEADER)
    yield "\ufeff" + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        safe = [f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell for cell in row]
        writer.writerow(safe)
        yield line.getvalue()
