"""Whether a city has the module of a view switched on, and whether anybody is signed in."""

from functools import cache
from typing import TYPE_CHECKING

from django.apps import AppConfig, apps

from opium.errors import NotFound
from opium.registry import ModuleConfig, is_enabled

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


@cache
def _app_of(module: str) -> AppConfig | None:
    return apps.get_containing_app_config(module)


class ModuleIsOn:
    """A switched-off module does not exist for its city: 404."""

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        module = _app_of(type(view).__module__)
        if isinstance(module, ModuleConfig) and not is_enabled(module.label):
            raise NotFound
        return True

    def has_object_permission(self, request: "Request", view: "APIView", subject: object) -> bool:
        return True
