"""Every route of the API, found from the URL configuration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = "api/v1/"
_PARAMETER = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """A route in one spelling (`messaging/messages/{pk}/send/`), and what may be asked of it."""

    path: str
    methods: tuple[str, ...]
    app: str

    def address(self, **parameters: Any) -> str:
        return f"/{ROOT}{self.path.format(**parameters)}"


def routes() -> list[Route]:
    """All of them, each once, in the order of their paths."""
    found = {route.path: route for route in _walk(get_resolver("config.urls"))}
    return [found[path] for path in sorted(found)]


def _walk(resolver: URLResolver, before: str = "") -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path)
        elif path.startswith(ROOT):
            yield Route(_plain(path.removeprefix(ROOT)), _methods(pattern), _app(pattern))


def _plain(path: str) -> str:
    named = _PARAMETER.sub(lambda match: f"{{{match[1] or match[2]}}}", path)
    return named.replace("^", "").replace("$", "").replace("\\", "")


def _methods(pattern: URLPattern) -> tuple[str, ...]:
    view = pattern.callback
    if actions := getattr(view, "actions", None):
        return tuple(sorted(actions))
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is None:
        return ("get",)
    return tuple(name for name in ("delete", "get", "patch", "post", "put") if hasattr(kind, name))


def _app(pattern: URLPattern) -> str:
    module = import_module(pattern.callback.__module__)
    return module.__name__.split(".api")[0]
