from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.viewsets import ModuleViewSet
from procedures.api.ties import serializers as shapes
from procedures.models import Tie
from procedures.selectors import tie_list
from procedures.services import ties


class TieViewSet(ModuleViewSet[Tie]):
    """Whom the person is near to, as they have declared it themselves."""

    queryset = Tie.objects.none()
    serializer_class = shapes.TieOut
    pagination_class = None

    def get_queryset(self) -> QuerySet[Tie]:
        return tie_list.ties_of(self.actor)

    @extend_schema(responses=shapes.TieOut(many=True), filters=False)
    def list(self, request: Request) -> Response:
        return Response(shapes.TieOut(self.get_queryset(), many=True).data)

    @extend_schema(request=shapes.TieIn, responses={201: shapes.TieOut})
    def create(self, request: Request) -> Response:
        given = read(shapes.TieIn, request)
        tie = ties.declare_tie(
            actor=self.actor,
            name=given["name"],
            unit_id=given["unit"],
            person_id=given["person"],
        )
        return Response(shapes.TieOut(tie).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        ties.end_tie(actor=self.actor, tie=self.get_object())
        return Response(status=204)
