from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import scopes, selectors, services
from accounts.api import filters
from accounts.api.callers import Caller
from accounts.api.serializers import rights as shapes
from accounts.models import Function, Holder, Substitution
from api.reading import asked, read
from api.versions import shown_in
from api.viewsets import ModuleViewSet


class FunctionViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[Function]):
    queryset = Function.objects.none()
    serializer_class = shapes.FunctionOut
    versioned = shown_in(shapes.FunctionOut)
    ordering_fields = ("sort_key",)

    def get_queryset(self) -> QuerySet[Function]:
        return selectors.functions_visible_to(self.actor)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        selectors.with_places([holder for one in page for holder in one.holders.all()])
        return self.get_paginated_response(shapes.FunctionOut(page, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self._shown(self.get_object()))

    @extend_schema(request=shapes.FunctionIn, responses={201: shapes.FunctionOut})
    def create(self, request: Request) -> Response:
        function = services.add_function(actor=self.actor, **read(shapes.FunctionIn, request))
        return Response(self._shown(function), status=201)

    @extend_schema(request=shapes.FunctionChangeIn, responses=shapes.FunctionOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        function = services.change_function(
            actor=self.actor, function=self.get_object(), **read(shapes.FunctionChangeIn, request)
        )
        return Response(self._shown(function))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_function(actor=self.actor, function=self.get_object())
        return Response(status=204)

    @extend_schema(request=shapes.HolderIn, responses={201: shapes.FunctionOut})
    @action(detail=True, methods=["post"])
    def holders(self, request: Request, pk: str) -> Response:
        given = read(shapes.HolderIn, request)
        scope = given.pop("scope")
        function = self.get_object()
        services.give_function(
            actor=self.actor,
            function=function,
            scope_kind=scope["kind"],
            scope_id=scope["id"],
            **given,
        )
        return Response(self._shown(function), status=201)

    @extend_schema(parameters=[shapes.ActingQuery], responses=shapes.ActingOut(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def acting(self, request: Request, pk: str) -> Response:
        """Who plays it today for the city, the unit or the section; substitutes included."""
        wanted = asked(shapes.ActingQuery, request)
        subject = scopes.spot(wanted["scope_kind"], wanted["scope_id"])
        found = selectors.holders_of(self.get_object().code, subject)
        return Response(shapes.ActingOut(found, many=True).data)

    def _shown(self, function: Function) -> Any:
        shown = self.get_queryset().get(pk=function.pk)
        selectors.with_places(list(shown.holders.all()))
        return shapes.FunctionOut(shown).data


class HolderView(Caller):
    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: str) -> Response:
        holders = Holder.objects.filter(function__in=selectors.functions_visible_to(self.actor))
        services.take_function(actor=self.actor, holder=get_object_or_404(holders, pk=pk))
        return Response(status=204)


class SubstitutionViewSet(ListModelMixin, ModuleViewSet[Substitution]):
    queryset = Substitution.objects.none()
    serializer_class = shapes.SubstitutionOut
    filterset_class = filters.SubstitutionFilters
    ordering_fields = ("starts_on", "ends_on")

    def get_queryset(self) -> QuerySet[Substitution]:
        return selectors.substitutions_visible_to(self.actor)

    @extend_schema(request=shapes.SubstitutionIn, responses={201: shapes.SubstitutionOut})
    def create(self, request: Request) -> Response:
        substitution = services.appoint_substitute(
            actor=self.actor, **read(shapes.SubstitutionIn, request)
        )
        return Response(shapes.SubstitutionOut(substitution).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.end_substitution(actor=self.actor, substitution=self.get_object())
        return Response(status=204)
