"""What the city has settled about sending."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.drawing import DrawnModel
from api.reading import read
from api.versions import VersionField, shown_in
from api.viewsets import ActorMixin
from modules.messaging import selectors, services
from modules.messaging.models import SendingRules


class SendingRulesOut(DrawnModel[SendingRules]):
    version = VersionField("undo_seconds")

    class Meta:
        model = SendingRules
        fields = ("undo_seconds", "version")


class SendingRulesIn(serializers.Serializer[None]):
    undo_seconds = serializers.IntegerField(min_value=0, max_value=SendingRules.LONGEST_UNDO)


class SendingRulesView(ActorMixin):
    versioned = shown_in(SendingRulesOut)

    @extend_schema(responses=SendingRulesOut)
    def get(self, request: Request) -> Response:
        return Response(SendingRulesOut(selectors.sending_rules_visible_to(self.actor)).data)

    @extend_schema(request=SendingRulesIn, responses=SendingRulesOut)
    def patch(self, request: Request) -> Response:
        given = read(SendingRulesIn, request)
        self.matched(self._now(), self._now)
        return Response(
            SendingRulesOut(services.change_sending_rules(actor=self.actor, **given)).data
        )

    def _now(self) -> SendingRules:
        return selectors.sending_rules_visible_to(self.actor)
