"""The operators' own address of the API: what the installation measures of itself."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.drawing import Drawn
from api.viewsets import ActorMixin
from config.health import Installation, installation_visible_to


class InstallationOut(Drawn[Installation]):
    """Moments since when something waits, null where nothing does; bytes of the files' disk."""

    at = serializers.DateTimeField()
    last_tick = serializers.DateTimeField(allow_null=True)
    oldest_due = serializers.DateTimeField(allow_null=True)
    oldest_mail = serializers.DateTimeField(allow_null=True)
    given_up = serializers.IntegerField()
    disk_free = serializers.IntegerField(allow_null=True)
    disk_size = serializers.IntegerField(allow_null=True)
    scanner = serializers.ChoiceField(("unset", "silent", "answers"))
    ill = serializers.ListField(child=serializers.CharField())


class InstallationView(ActorMixin, APIView):
    @extend_schema(responses=InstallationOut)
    def get(self, _request: Request) -> Response:
        """At the operators' host; in a city there is no such thing."""
        return Response(InstallationOut(installation_visible_to(self.actor)).data)
