from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api import filters
from accounts.api.callers import Caller
from accounts.api.serializers import motions as shapes
from accounts.models import Motion
from api.reading import read
from api.viewsets import ModuleViewSet
from opium.permissions import Actor


class MotionViewSet(Caller, ListModelMixin, RetrieveModelMixin, ModuleViewSet[Motion]):
    """What waits for a second person, and what came of it."""

    queryset = Motion.objects.none()
    serializer_class = shapes.MotionOut
    filterset_class = filters.MotionFilters

    def get_queryset(self) -> QuerySet[Motion]:
        return selectors.motions_visible_to(self.actor)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        rows = selectors.with_obstacles(self.actor, page)
        return self.get_paginated_response(shapes.MotionOut(rows, many=True).data)

    @extend_schema(responses=shapes.MotionDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(shown_motion(self.actor, self.get_object()))

    @extend_schema(request=shapes.AdministratorIn, responses={201: shapes.MotionDetailOut})
    def create(self, request: Request) -> Response:
        """Propose an administrator; nothing counts before a second person confirms."""
        given = read(shapes.AdministratorIn, request)
        motion = services.propose_administrator(actor=self.actor, **given)
        return Response(shown_motion(self.actor, motion), status=201)

    @extend_schema(request=None, responses=shapes.MotionDetailOut)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Let it count; `void` where whoever proposed it may not do that any more."""
        motion = services.confirm_motion(actor=self.actor, motion=self.get_object())
        return Response(shown_motion(self.actor, motion))

    @extend_schema(request=None, responses=shapes.MotionDetailOut)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Let nothing come of it."""
        motion = services.refuse_motion(actor=self.actor, motion=self.get_object())
        return Response(shown_motion(self.actor, motion))

    @extend_schema(request=None, responses=shapes.MotionDetailOut)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Propose it no longer."""
        motion = services.withdraw_motion(actor=self.actor, motion=self.get_object())
        return Response(shown_motion(self.actor, motion))


def shown_motion(actor: Actor, motion: Motion) -> Any:
    """One of them as the actor sees it."""
    [shown] = selectors.with_obstacles(actor, [motion])
    context = {
        "provider": selectors.provider_facts(motion),
        "has_second_person": selectors.has_second_person(motion),
    }
    return shapes.MotionDetailOut(shown, context=context).data
