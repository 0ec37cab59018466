from collections.abc import Callable
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
from accounts.api.serializers import joinings as shapes
from accounts.api.serializers.passwords import LinkIn
from accounts.api.views.passwords import Letter
from accounts.models import Joining
from api.reading import read
from api.viewsets import ModuleViewSet


def shown(joining: Joining) -> Any:
    return shapes.JoiningOut(selectors.with_places([joining])[0]).data


class Joinings(Caller, ListModelMixin, RetrieveModelMixin, ModuleViewSet[Joining]):
    queryset = Joining.objects.none()
    serializer_class = shapes.JoiningOut
    filterset_class = filters.JoiningFilters

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        rows = selectors.with_places(page)
        return self.get_paginated_response(shapes.JoiningOut(rows, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(shown(self.get_object()))


class JoiningViewSet(Joinings):
    """Who was asked into the places of whoever looks, and has not answered or has."""

    def get_queryset(self) -> QuerySet[Joining]:
        return selectors.joinings_visible_to(self.actor)

    @extend_schema(request=None, responses=shapes.JoiningOut)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Ask no longer."""
        joining = services.withdraw_joining(actor=self.actor, joining=self.get_object())
        return Response(shown(joining))


class OwnJoiningViewSet(Joinings):
    """What is asked of the person signed in, and the answer."""

    def get_queryset(self) -> QuerySet[Joining]:
        return selectors.own_joinings(self.person)

    @extend_schema(request=None, responses=shapes.JoiningOut)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        """Belong there from now on; `void` where whoever asked may not give that any more."""
        return self._answered(services.agree_to_join)

    @extend_schema(request=None, responses=shapes.JoiningOut)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Stay out."""
        return self._answered(services.decline_to_join)

    def _answered(self, answer: Callable[..., Joining]) -> Response:
        return Response(shown(answer(actor=self.person, joining=self.get_object())))


class JoiningLetterView(Letter):
    """What somebody without an account is asked. In the body, so that no log keeps the secret."""

    @extend_schema(request=LinkIn, responses=shapes.JoiningLetterOut)
    def post(self, request: Request) -> Response:
        joining = services.read_joining(**read(LinkIn, request))
        [joining] = selectors.with_places([joining])
        context = {"has_account": services.has_account(joining)}
        return Response(shapes.JoiningLetterOut(joining, context=context).data)


class JoiningAgreementView(Letter):
    """Opens the account of whoever has none, with a place in it."""

    @extend_schema(request=shapes.JoiningAnswerIn, responses=shapes.JoiningOut)
    def post(self, request: Request) -> Response:
        joining = services.agree_by_letter(**read(shapes.JoiningAnswerIn, request))
        return Response(shown(joining))


class JoiningRefusalView(Letter):
    """Answers with no; no account comes of it."""

    @extend_schema(request=LinkIn, responses={204: None})
    def post(self, request: Request) -> Response:
        services.decline_by_letter(**read(LinkIn, request))
        return Response(status=204)
