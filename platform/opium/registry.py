"""What makes a Django app a room of the house: a fixed shape on disk, found without a list.

Write `class MessagingConfig(registry.ModuleConfig)`: importing the class by name would put two
AppConfigs in `apps.py`, and Django, unable to choose, would silently use neither.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import ClassVar, Protocol, cast

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection
from django.utils.module_loading import module_has_submodule


class City(Protocol):
    """What the house knows of the city (or the operators' console) that it works for."""

    schema_name: str
    name: str
    modules: list[str]

    def get_primary_domain(self) -> "Domain": ...


class Domain(Protocol):
    domain: str


def current_city() -> City:
    """The city of the current connection, set from the host name or by the task runner."""
    return cast("City", connection.tenant)  # type: ignore[attr-defined]  # set by django-tenants


def city_address() -> str:
    """The root of the current city's screens, such as `https://opium.bydgoszcz.pl`."""
    address: str = settings.CITY_URL.format(domain=current_city().get_primary_domain().domain)
    return address


class RoomConfig(AppConfig):
    """A package that declares rights, deeds, tasks, and in `wiring` what it tells other rooms.

    These are imported once every model is there, so they import what they like at their top.
    """

    def ready(self) -> None:
        for room in ("permissions", "deeds", "tasks", "wiring"):
            if module_has_submodule(self.module, room):
                import_module(f"{self.name}.{room}")


class ModuleConfig(RoomConfig):
    """A package in the house's shape, with tables in every city and an API under its label."""

    requires: tuple[str, ...] = ()
    always_on = False
    """Whether a city cannot do without it (the rooms of `platform/`)."""
    enum_names: ClassVar[Mapping[str, str | list[str]]] = {}
    """What the API's description calls its sets of choices whose names would clash: the name ->
    the dotted path of the choices, or the choices themselves."""
    serves_cities = False
    """Whether a city has rights in it although its table stands once, in the public schema."""


def installed_modules() -> Iterator[ModuleConfig]:
    return (app for app in apps.get_app_configs() if isinstance(app, ModuleConfig))


def rooms_here() -> frozenset[str]:
    """Labels of the apps that serve the current schema, a city's or the operators'."""
    return _rooms(in_console())


@cache
def _rooms(is_console: bool) -> frozenset[str]:  # noqa: FBT001  # a key
    names = settings.SHARED_APPS if is_console else settings.TENANT_APPS
    return frozenset(
        app.label
        for app in apps.get_app_configs()
        if app.name in names or getattr(app, "serves_cities", False)
    )


def in_console() -> bool:
    """Whether the current connection works for the operators, not for a city."""
    return bool(current_city().schema_name == settings.PUBLIC_SCHEMA_NAME)


def optional_modules() -> list[str]:
    """Labels of the modules that a city can switch on and off."""
    return [module.label for module in installed_modules() if not module.always_on]


def is_enabled(label: str) -> bool:
    """Whether the city of the current connection has this module switched on.

    The operators' host has only the rooms whose tables stand there.
    """
    module = cast("ModuleConfig", apps.get_app_config(label))
    if module.always_on:
        return not in_console() or label in rooms_here()
    return label in getattr(current_city(), "modules", ())
