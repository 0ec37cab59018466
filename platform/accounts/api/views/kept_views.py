from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api.callers import Caller
from accounts.api.serializers import kept_views as shapes
from accounts.models import KeptView
from api.reading import read
from api.viewsets import ModuleViewSet


class KeptViewViewSet(Caller, ListModelMixin, ModuleViewSet[KeptView]):
    """How the person signed in looks at lists: columns, order, filters, and names for them."""

    queryset = KeptView.objects.none()
    serializer_class = shapes.KeptViewOut
    pagination_class = None

    def get_queryset(self) -> QuerySet[KeptView]:
        return selectors.own_views(self.actor)

    @extend_schema(request=shapes.KeptViewIn, responses={201: shapes.KeptViewOut})
    def create(self, request: Request) -> Response:
        """Keep a view, in the place of one that has the same name."""
        view = services.keep_view(actor=self.actor, **read(shapes.KeptViewIn, request))
        return Response(shapes.KeptViewOut(view).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.forget_view(actor=self.actor, view=self.get_object())
        return Response(status=204)
