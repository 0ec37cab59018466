from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api.callers import Caller
from accounts.api.serializers import tokens as shapes
from accounts.models import ApiToken
from api.reading import read
from api.viewsets import ModuleViewSet


class ApiTokenViewSet(Caller, ListModelMixin, ModuleViewSet[ApiToken]):
    queryset = ApiToken.objects.none()
    serializer_class = shapes.ApiTokenOut
    ordering_fields = ("created_at", "expires_at", "last_used_at")
    told_once = frozenset({"create"})

    def get_queryset(self) -> QuerySet[ApiToken]:
        return selectors.tokens_visible_to(self.actor)

    @extend_schema(request=shapes.ApiTokenIn, responses={201: shapes.NewApiTokenOut})
    def create(self, request: Request) -> Response:
        """Make a key; `secret` is shown in this answer and never again."""
        token, secret = services.make_token(actor=self.person, **read(shapes.ApiTokenIn, request))
        return Response({**shapes.ApiTokenOut(token).data, "secret": secret}, status=201)

    @extend_schema(request=None, responses=shapes.ApiTokenOut)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        token = services.revoke_token(actor=self.actor, token=self.get_object())
        return Response(shapes.ApiTokenOut(token).data)
