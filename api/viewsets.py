"""What the views of every module share."""

from collections.abc import Mapping
from typing import ClassVar, TypeVar, cast

from django.db.models import Model
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from opium.permissions import SYSTEM, Actor

M = TypeVar("M", bound=Model)


class ActorMixin(APIView):
    """A view parses, calls one service or selector, and renders. It decides nothing."""

    limited: ClassVar[Mapping[str, str]] = {}
    """Action (or method) -> the limit of `RATE_LIMITS` that each person has for it."""

    @property
    def actor(self) -> Actor:
        if getattr(self, "swagger_fake_view", False):
            return SYSTEM  # the schema is drawn without a request
        return cast("Actor", self.request.user)


class ModuleViewSet(ActorMixin, GenericViewSet[M]):
    lookup_value_regex = "[0-9a-f-]{36}"
