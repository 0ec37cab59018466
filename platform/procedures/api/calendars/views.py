from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.viewsets import ActorMixin
from opium.registry import city_address
from procedures import feeds
from procedures.selectors.calendars import deadlines_of, link_of
from procedures.services import calendar_links as services

if TYPE_CHECKING:
    from accounts.models import Person


class CalendarLinkOut(serializers.Serializer[dict[str, object]]):
    exists = serializers.BooleanField()
    used_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(
        allow_null=True, help_text="Tajny adres; podawany tylko zaraz po utworzeniu"
    )


class CalendarLinkView(ActorMixin):
    """The secret address of one's own deadlines, for the calendar on a phone."""

    @extend_schema(responses=CalendarLinkOut)
    def get(self, request: Request) -> Response:
        return Response(self._shown(None))

    @extend_schema(request=None, responses={201: CalendarLinkOut})
    def post(self, request: Request) -> Response:
        """A new address; the one before opens nothing more."""
        secret = services.make_calendar_link(actor=self._person)
        root = city_address()
        url = f"{root}/api/v1/procedures/calendar/{secret}.ics"
        return Response(self._shown(url), status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        services.delete_calendar_link(actor=self._person)
        return Response(status=204)

    @property
    def _person(self) -> "Person":
        return cast("Person", self.request.user)

    def _shown(self, url: str | None) -> object:
        link = link_of(self.actor)
        used_at = link.used_at if link else None
        told: dict[str, object] = {"exists": link is not None, "used_at": used_at, "url": url}
        return CalendarLinkOut(told).data


class CalendarView(ActorMixin):
    """Deadlines as a calendar; the address itself is the key, as calendars know no passwords."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(auth=[], responses={(200, "text/calendar"): OpenApiTypes.STR})
    def get(self, request: Request, secret: str) -> HttpResponse:
        person = services.use_calendar_link(secret)
        if person is None:
            raise Http404
        text = feeds.feed(deadlines_of(person), name="OPIUM – terminy")
        return HttpResponse(
            text,
            content_type="text/calendar; charset=utf-8",
            headers={"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"},
        )
