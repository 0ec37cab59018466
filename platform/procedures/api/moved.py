"""What stood here once and is known to others by its address."""

from django.http import HttpResponsePermanentRedirect
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView


class CalendarMoved(APIView):
    """The calendars on people's phones ask here still; `todo` keeps their feed now."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request, secret: str) -> HttpResponsePermanentRedirect:
        return HttpResponsePermanentRedirect(f"/api/v1/todo/calendar/{secret}.ics")
