"""The register of all applications over the years, and what they came to."""

from typing import IO, TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.drawing import Drawn
from api.viewsets import ExportedViewSet
from modules.applications import selectors, services
from modules.applications.api import filters
from modules.applications.api.serializers import (
    ApplicationOut,
    CallMoneyOut,
    CallProcedureOut,
    money,
)
from modules.applications.selectors import RegisterChoices, RegisterFigures, Statistics
from procedures.selectors import case_list

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from procedures.models import Case


class RegisterRowOut(ApplicationOut):
    """Besides what every list of applications says: its type, year, kind of unit and money."""

    procedure = CallProcedureOut()
    year = serializers.IntegerField(source="application.call.year")
    kind = serializers.CharField(source="application.unit.kind.name", default="")
    asked = money()
    granted = money()
    settled = money()
    returned = money()


class RegisterStatisticsOut(Drawn[Statistics]):
    name = serializers.CharField()
    handed_in = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    money = CallMoneyOut()


class RegisterFiguresOut(Drawn[RegisterFigures]):
    whole = RegisterStatisticsOut()
    by_year = RegisterStatisticsOut(many=True)
    by_procedure = RegisterStatisticsOut(many=True)
    by_kind = RegisterStatisticsOut(many=True)


class RegisterChoicesOut(Drawn[RegisterChoices]):
    years = serializers.ListField(child=serializers.IntegerField())
    procedures = CallProcedureOut(many=True)


class RegisterViewSet(ListModelMixin, ExportedViewSet["Case"]):
    """Every application of every year, for whoever watches calls."""

    queryset = case_list.NONE
    serializer_class = RegisterRowOut
    filterset_class = filters.RegisterFilters
    ordering_fields = {
        "opened_at": "opened_at",
        "submitted_at": "application__submitted_at",
        "due_at": "due_at",
        "year": "application__call__year",
        **{name: name for name in selectors.SUMS},
    }
    export_name = "rejestr-wnioskow.xlsx"

    def get_queryset(self) -> "QuerySet[Case]":
        if getattr(self, "swagger_fake_view", False):
            return case_list.NONE
        return selectors.register_of(self.actor)

    def exported(self, rows: "QuerySet[Case]", query: dict[str, str]) -> IO[bytes]:
        return services.export_register(actor=self.actor, cases=rows, query=query)

    @extend_schema(filters=True, responses=RegisterFiguresOut)
    @action(detail=False, pagination_class=None)
    def figures(self, request: Request) -> Response:
        """How many, and their money: by year, type and kind of unit, narrowed as the list is."""
        rows = self.filter_queryset(self.get_queryset())
        return Response(RegisterFiguresOut(selectors.figures_of_register(rows)).data)

    @extend_schema(responses=RegisterChoicesOut, filters=False)
    @action(detail=False, pagination_class=None)
    def choices(self, request: Request) -> Response:
        """The years and types that the list can be narrowed by."""
        return Response(RegisterChoicesOut(selectors.register_choices(self.actor)).data)
