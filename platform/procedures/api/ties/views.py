from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.viewsets import ActorMixin, ModuleViewSet
from procedures.api.ties import serializers as shapes
from procedures.models import Tie
from procedures.selectors import reopening, tie_list
from procedures.services import conflicts, ties


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


class ConflictsView(ActorMixin):
    @extend_schema(responses=shapes.ConflictOut(many=True))
    def get(self, request: Request) -> Response:
        """What the person has excluded themselves from, as long as it is scored."""
        found = reopening.own_conflicts(self.actor)
        return Response(shapes.ConflictOut(found, many=True).data)


class ConflictEndView(ActorMixin):
    @extend_schema(request=shapes.ConflictEndIn, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Score it after all: the exclusion was a mistake."""
        given = read(shapes.ConflictEndIn, request)
        found = get_object_or_404(reopening.own_conflicts(self.actor), pk=pk)
        conflicts.take_back_conflict(actor=self.actor, exclusion=found, reason=given["reason"])
        return Response(status=204)
