from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.versions import shown_in
from api.viewsets import ModuleViewSet
from procedures.api.classes import filters
from procedures.api.classes import serializers as shapes
from procedures.models import CaseClass
from procedures.selectors import class_list
from procedures.services import file_plan


class ClassViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[CaseClass]):
    """The classes of the city's file plan, from which case signs are made."""

    queryset = CaseClass.objects.none()
    serializer_class = shapes.ClassOut
    versioned = shown_in(shapes.ClassOut)
    filterset_class = filters.ClassFilters
    ordering_fields = {"symbol": "symbol", "unit_symbol": "unit_symbol", "name": "sort_key"}

    def get_queryset(self) -> QuerySet[CaseClass]:
        return class_list.classes_visible_to(self.actor)

    @extend_schema(request=shapes.ClassIn, responses={201: shapes.ClassOut})
    def create(self, request: Request) -> Response:
        added = file_plan.add_class(actor=self.actor, **read(shapes.ClassIn, request))
        return Response(self._shown(added), status=201)

    @extend_schema(request=shapes.ClassChangeIn, responses=shapes.ClassOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        changed = file_plan.change_class(
            actor=self.actor,
            case_class=self.get_object(),
            **read(shapes.ClassChangeIn, request, partial=True),
        )
        return Response(self._shown(changed))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        file_plan.delete_class(actor=self.actor, case_class=self.get_object())
        return Response(status=204)

    def _shown(self, case_class: CaseClass) -> Any:
        return shapes.ClassOut(self.get_queryset().get(pk=case_class.pk)).data
