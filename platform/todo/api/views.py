from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.viewsets import ActorMixin, ModuleViewSet
from opium.registry import city_address
from todo import feeds, selectors, services
from todo.api import serializers as shapes
from todo.api.filters import WaitingFilters
from todo.models import Waiting

if TYPE_CHECKING:
    from accounts.models import Person


class Caller(ActorMixin):
    @property
    def person(self) -> "Person":
        return cast("Person", self.request.user)


class WaitingViewSet(Caller, ListModelMixin, ModuleViewSet[Waiting]):
    """„Co na mnie czeka”: own, and of those in whose place the person acts today."""

    queryset = Waiting.objects.none()
    serializer_class = shapes.WaitingOut
    filterset_class = WaitingFilters
    ordering_fields = {"due_at": "due_at", "since": "since", "title": "sort_key"}

    def get_queryset(self) -> QuerySet[Waiting]:
        return selectors.todo_of(self.person)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "now": timezone.now()}

    @extend_schema(responses=shapes.WaitingCountOut, filters=False)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def count(self, request: Request) -> Response:
        """How much waits for the person, and how near it is."""
        return Response(selectors.counts_of(self.get_queryset()))


class RunningView(Caller):
    @extend_schema(responses=shapes.RunSectionOut(many=True))
    def get(self, request: Request) -> Response:
        """What the person has running: surveys with their bars, cases by whose move it is."""
        found = selectors.running_of(self.person)
        return Response([shapes.RunSectionOut(one).data for one in found])


class OverviewView(Caller):
    @extend_schema(responses=shapes.FigureOut(many=True))
    def get(self, request: Request) -> Response:
        """The city in numbers."""
        found = selectors.overview_for(self.actor)
        return Response([shapes.FigureOut(one).data for one in found])


class CalendarLinkView(Caller):
    """The secret address of one's own deadlines, for the calendar on a phone."""

    told_once = frozenset({"post"})

    @extend_schema(responses=shapes.CalendarLinkOut)
    def get(self, request: Request) -> Response:
        return Response(self._shown(None))

    @extend_schema(request=None, responses={201: shapes.CalendarLinkOut})
    def post(self, request: Request) -> Response:
        """A new address; the one before opens nothing more."""
        secret = services.make_calendar_link(actor=self.person)
        url = f"{city_address()}/api/v1/todo/calendar/{secret}.ics"
        return Response(self._shown(url), status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        services.delete_calendar_link(actor=self.person)
        return Response(status=204)

    def _shown(self, url: str | None) -> object:
        link = selectors.link_of(self.actor)
        used_at = link.used_at if link else None
        told: dict[str, object] = {"exists": link is not None, "used_at": used_at, "url": url}
        return shapes.CalendarLinkOut(told).data


class CalendarView(ActorMixin):
    """Deadlines as a calendar; the address itself is the key, as calendars know no passwords."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(auth=[], responses={(200, "text/calendar"): OpenApiTypes.STR})
    def get(self, request: Request, secret: str) -> HttpResponse:
        person = services.use_calendar_link(secret)
        if person is None:
            raise Http404
        text = feeds.feed(selectors.deadlines_of(person), name="OPIUM – terminy")
        return HttpResponse(
            text,
            content_type="text/calendar; charset=utf-8",
            headers={"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"},
        )
