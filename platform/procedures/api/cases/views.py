from typing import IO, Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.making import UnderWayOut
from api.reading import read
from api.receipts import ReceiptOut
from api.viewsets import ExportedViewSet
from procedures import receipts
from procedures.api.cases import filters
from procedures.api.cases import serializers as shapes
from procedures.models import Case
from procedures.pages import page_of
from procedures.selectors import case_list, procedures_visible_to
from procedures.services import packaging, steps


class CaseViewSet(ListModelMixin, ExportedViewSet[Case]):
    """Cases that the person sees, from the office's side or from the applicant's."""

    queryset = Case.objects.none()
    serializer_class = shapes.CaseRowOut
    filterset_class = filters.CaseFilters
    ordering_fields = ("opened_at", "due_at", "ball_since", "sign")
    export_name = "sprawy.xlsx"
    limited: ClassVar = {**ExportedViewSet.limited, "package": "export"}

    def get_queryset(self) -> QuerySet[Case]:
        if self.action == "list":
            return case_list.rows_visible_to(self.actor)
        if self.action in {"perform", "undo", "reopen_scoring"}:
            return case_list.cases_worked_by(self.actor)
        return case_list.cases_visible_to(self.actor).order_by("-opened_at", "-pk")

    @extend_schema(responses=shapes.CaseOut, filters=False)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._page(UUID(pk)))

    @extend_schema(request=shapes.CaseIn, responses={201: shapes.CaseOut})
    def create(self, request: Request) -> Response:
        """Open a matter, in the unit's name or one's own."""
        given = read(shapes.CaseIn, request)
        case = steps.open_case(
            actor=self.actor,
            procedure=get_object_or_404(procedures_visible_to(self.actor), pk=given["procedure"]),
            unit_id=given["unit"],
            title=given["title"],
            link=given["link"],
        )
        return Response(self._page(case.pk), status=201)

    @extend_schema(responses=shapes.CaseEventOut(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def events(self, request: Request, pk: str) -> Response:
        """The whole story in its order."""
        page = page_of(self.actor, UUID(pk))
        return Response([shapes.CaseEventOut(one).data for one in page.events])

    @extend_schema(responses=ReceiptOut, filters=False)
    @action(detail=True, url_path=r"events/(?P<number>[0-9]{1,9})/receipt", pagination_class=None)
    def receipt(self, request: Request, pk: str, number: str) -> Response:
        """Of one step, as far as the person may see it."""
        found = receipts.receipt_of_step(self.actor, UUID(pk), int(number))
        return Response(ReceiptOut(found).data)

    @extend_schema(request=shapes.PerformIn, responses=shapes.CaseOut)
    @action(detail=True, methods=["post"])
    def perform(self, request: Request, pk: str) -> Response:
        """Press a button of the case; 409 where somebody was faster, with who and what."""
        given = read(shapes.PerformIn, request)
        event = steps.perform(actor=self.actor, case=self.get_object(), **given)
        return Response(self._page(event.case_id))

    @extend_schema(request=None, responses={202: UnderWayOut})
    @action(detail=True, methods=["post"])
    def package(self, request: Request, pk: str) -> Response:
        """Have everything that the person sees of the case put into one ZIP."""
        making = packaging.pack_case(actor=self.actor, case=self.get_object())
        return Response(UnderWayOut(making).data, status=202)

    @extend_schema(request=shapes.UndoIn, responses=shapes.CaseOut)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take back one's own last step, while nobody has acted since."""
        given = read(shapes.UndoIn, request)
        steps.undo(actor=self.actor, case=self.get_object(), version=given["version"])
        return Response(self._page(UUID(pk)))

    @extend_schema(request=shapes.ReopenIn, responses=shapes.CaseOut)
    @action(detail=True, methods=["post"])
    def reopen_scoring(self, request: Request, pk: str) -> Response:
        """Let members change their scores again, while nothing has come of the closing."""
        given = read(shapes.ReopenIn, request)
        steps.reopen_scoring(actor=self.actor, case=self.get_object(), **given)
        return Response(self._page(UUID(pk)))

    def exported(self, rows: QuerySet[Case], query: dict[str, str]) -> IO[bytes]:
        return steps.export_cases(actor=self.actor, cases=rows, query=query)

    def _page(self, case_id: UUID) -> Any:
        page = page_of(self.actor, case_id)
        return shapes.CaseOut(page, context={"request": self.request}).data
