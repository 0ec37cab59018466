"""Nothing that takes an actor is done or told without asking what that actor may do.

The contract „Entrusted” of `pyproject.toml` says who may reach the verbs that ask for no right;
here every other one is held to asking.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from django.apps import apps

from accounts.permissions import catalogue, grantable
from forms import registry
from forms.permissions import may_view
from forms.selectors import sheets_visible_to
from opium import permissions
from opium.permissions import Held, all_permissions
from opium.registry import ModuleConfig
from procedures.standing import standing_of
from tests.architecture.surface import is_entrusted

ASKING = {permissions.may, permissions.require, standing_of, may_view, sheets_visible_to}
"""What asks by itself; whoever passes the actor on to one that asks, asks too.

The last two ask the guards of the sheets' owners, and every guard is held to asking too.
"""
LOG = "audit.services"
"""It writes down what others have asked for, and decides nothing."""
NOT_BY_RIGHT = {
    "files.services.keeping.store": "keeps what the platform has made; the actor is whose it is",
}
OF_OTHERS = {
    "budget.selectors.ledger.owners_of": "each kind of subject tells what of its own one may see",
    "modules.messaging.permissions.belongs_to_recipient": "the rule of two rights",
    "procedures.selectors.actions.is_offered": "whether time alone brings an outcome",
    "procedures.selectors.case_list.obstacle_to_undoing": "why nobody could undo a step",
}
"""Selectors that know the actor, and decide nothing by it that is a right."""


def rooms(*names: str) -> Iterator[str]:
    """Modules of every room of the house that stand in the storeys of those names."""
    for app in apps.get_app_configs():
        if isinstance(app, ModuleConfig) or app.name in {"tenants", "billing", "provisioning"}:
            root = Path(app.path)
            for path in sorted(root.rglob("*.py")):
                inner = path.relative_to(root).with_suffix("").parts
                if inner[0] in names:
                    yield ".".join([app.name, *(one for one in inner if one != "__init__")])


def functions(*storeys: str) -> list[FunctionType]:
    """Public functions that take an actor, each once, where they are defined."""
    found = {}
    for name in rooms(*storeys):
        module = import_module(name)
        for one in vars(module).values():
            written = inspect.unwrap(one) if callable(one) else None
            if not inspect.isfunction(written) or written.__module__ != name:
                continue
            if "actor" in inspect.signature(written).parameters and written.__name__[0] != "_":
                found[f"{name}.{written.__name__}"] = written
    return [found[name] for name in sorted(found)]


@cache
def asks(function: Callable[..., Any]) -> bool:
    """Whether the function asks with the actor given to it, itself or by what it calls."""
    if function in ASKING:
        return True
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return any(_asks(call, function) for call in ast.walk(tree) if isinstance(call, ast.Call))


def _asks(call: ast.Call, function: Callable[..., Any]) -> bool:
    written = ast.unparse(call.func)
    if written in {"actor.reach", "self.actor.reach"}:
        return True
    given = [*call.args, *(one.value for one in call.keywords)]
    if not any(ast.unparse(one) == "actor" for one in given):
        return False
    called = _named(written, function)
    return called is not None and called is not function and asks(called)


def _named(written: str, function: Callable[..., Any]) -> Callable[..., Any] | None:
    """What the name means where the function is written; None for what is no function of ours."""
    first, *rest = written.split(".")
    found = inspect.unwrap(function).__globals__.get(first)
    for name in rest:
        found = getattr(found, name, None)
    found = inspect.unwrap(found) if callable(found) else None
    return found if inspect.isfunction(found) else None


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def test_every_service_that_takes_an_actor_asks_or_stands_on_the_entrusted_surface():
    services = functions("services")

    silent = [
        _name(one)
        for one in services
        if not asks(one) and not is_entrusted(one.__module__) and not one.__module__.startswith(LOG)
    ]

    assert silent == sorted(NOT_BY_RIGHT)
    assert len(services) > 140


def test_nothing_on_the_entrusted_surface_asks():
    """What asks belongs among the other services, where everybody may call it."""
    entrusted = [one for one in functions("services") if is_entrusted(one.__module__)]

    assert [_name(one) for one in entrusted if asks(one)] == []
    assert len(entrusted) > 10


def test_every_guard_of_sheets_asks():
    guards = [one for kind, one in registry.guards().items() if not kind.startswith("tests.")]
    parts = [one for guard in guards for one in (guard.may_view, guard.may_fill, guard.visible)]

    assert [_name(one) for one in parts if not asks(one)] == []
    assert len(parts) >= 3


def test_every_selector_that_takes_an_actor_asks():
    selectors = functions("selectors", "permissions")

    assert [_name(one) for one in selectors if not asks(one)] == sorted(OF_OTHERS)
    assert len(selectors) > 60


SOURCES = ("platform", "modules", "provisioning", "billing", "tenants", "api")


def test_only_may_asks_an_actor_whether_it_allows_something():
    """Everything else asks `may` or `require`, which know the modules' own rules too."""
    calls = [
        f"{path}:{node.lineno}"
        for folder in SOURCES
        for path in sorted(Path(folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "allows"
    ]

    assert [one.split(":")[0] for one in calls] == ["platform/opium/permissions.py"]


@pytest.mark.django_db
def test_what_is_everybodys_no_role_carries_and_a_key_can(city):
    own = {one for one in all_permissions() if one.held is Held.BY_EVERYBODY}
    in_person = {one for one in all_permissions() if one.held is Held.IN_PERSON}
    named = {one for _, found in catalogue() for one in found}

    assert own.isdisjoint(grantable())
    assert own <= named
    assert in_person.isdisjoint(named)
    assert sorted(own) == [
        "accounts.view_own_rights",
        "files.collect_made",
        "files.upload_file",
        "forms.fill_sheet",
        "invoices.keep_invoices",
        "messaging.keep_own_inbox",
        "notifications.read_own_news",
        "procedures.declare_ties",
        "procedures.keep_own_cases",
        "threads.take_part",
    ]
