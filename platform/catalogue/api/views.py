from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.viewsets import ActorMixin
from catalogue import selectors, services
from catalogue.api import serializers as shapes


class TypesView(ActorMixin):
    @extend_schema(responses=shapes.TypeOut(many=True))
    def get(self, request: Request) -> Response:
        """Every type of the catalogue: what it needs, what of it is missing, what differs."""
        return Response(shapes.TypeOut(selectors.offered(self.actor), many=True).data)


class SwitchOnView(ActorMixin):
    @extend_schema(request=None, responses=shapes.SwitchedOnOut)
    def post(self, request: Request, key: str) -> Response:
        """Bring the type with what it needs; published where nothing more is missing."""
        done = services.switch_on_type(actor=self.actor, key=key)
        return Response(shapes.SwitchedOnOut(done).data)


class EditionView(ActorMixin):
    @extend_schema(request=shapes.EditionIn, responses=shapes.EditionOut)
    def post(self, request: Request, key: str) -> Response:
        """Put the catalogue's edition into the city's drafts; nothing is published."""
        given = read(shapes.EditionIn, request)
        procedure = services.take_edition(actor=self.actor, key=key, **given)
        return Response(shapes.EditionOut({"procedure": procedure.pk}).data)
