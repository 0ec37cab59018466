"""What makes a Django app a room of the house: a fixed shape on disk, found without a list.

Write `class MessagingConfig(registry.ModuleConfig)`: importing the class by name would put two
AppConfigs in `apps.py`, and Django, unable to choose, would silently use neither.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

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


class ModuleConfig(AppConfig):
    """A package in the house's shape; its API, tasks, rights and deeds are found through it."""

    requires: tuple[str, ...] = ()
    always_on = False
    """Whether a city cannot do without it (the rooms of `platform/`)."""

    def ready(self) -> None:
        for room in ("permissions", "deeds", "tasks"):
            if module_has_submodule(self.module, room):
                import_module(f"{self.name}.{room}")


def installed_modules() -> Iterator[ModuleConfig]:
    return (app for app in apps.get_app_configs() if isinstance(app, ModuleConfig))


def rooms_here() -> frozenset[str]:
    """Labels of the apps whose tables stand in the current schema: a city's, or the operators'."""
    in_console = current_city().schema_name == settings.PUBLIC_SCHEMA_NAME
    names = settings.SHARED_APPS if in_console else settings.TENANT_APPS
    return frozenset(app.label for app in apps.get_app_configs() if app.name in names)


def optional_modules() -> list[str]:
    """Labels of the modules that a city can switch on and off."""
    return [module.label for module in installed_modules() if not module.always_on]


def is_enabled(label: str) -> bool:
    """Whether the city of the current connection has this module switched on."""
    module = cast("ModuleConfig", apps.get_app_config(label))
    if module.always_on:
        return True
    return label in getattr(current_city(), "modules", ())
