from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.versions import shown_in
from api.viewsets import ActorMixin, ModuleViewSet
from notifications import selectors, services
from notifications.api.serializers import (
    NotificationCountOut,
    NotificationOut,
    NotificationSettingIn,
    NotificationSettingOut,
)
from notifications.models import Notification

if TYPE_CHECKING:
    from accounts.models import Person


class NotificationViewSet(ListModelMixin, ModuleViewSet[Notification]):
    """What the person was told; the bell."""

    queryset = Notification.objects.none()
    serializer_class = NotificationOut
    ordering_fields = ("created_at",)

    def get_queryset(self) -> QuerySet[Notification]:
        return selectors.notifications_of(self.actor)

    @extend_schema(responses=NotificationCountOut)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def count(self, request: Request) -> Response:
        return Response({"unread": selectors.unread_count(self.actor)})

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        services.mark_read(actor=self.actor, notification=self.get_object())
        return Response(status=204)


class NotificationSettingsView(ActorMixin):
    """How each kind of news reaches the person signed in; a version is that of one kind."""

    versioned = shown_in(NotificationSettingOut)

    @extend_schema(responses=NotificationSettingOut(many=True))
    def get(self, request: Request) -> Response:
        return self._shown()

    @extend_schema(request=NotificationSettingIn, responses=NotificationSettingOut(many=True))
    def patch(self, request: Request) -> Response:
        given = read(NotificationSettingIn, request)
        person = cast("Person", request.user)
        self.matched(person, lambda: selectors.setting_of(self.actor, given["kind"]))
        services.choose_channel(actor=self.actor, **given)
        return self._shown()

    def _shown(self) -> Response:
        found = selectors.settings_of(self.actor)
        return Response(NotificationSettingOut(found, many=True).data)
