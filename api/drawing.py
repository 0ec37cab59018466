"""Answers drawn from a plan that each serializer class makes once.

DRF copies every declared field for every instance of a serializer, and asks each field anew for
each row how it reads and writes its value. What a class answers with does not change while the
program runs, so a `Drawn` class is laid out at its first answer: one pair of functions a field.
The result is what DRF's own `to_representation` gives; fields of no known kind are still asked.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Manager, Model
from django.utils import timezone
from rest_framework import fields
from rest_framework.relations import PKOnlyObject, RelatedField
from rest_framework.serializers import (
    BaseSerializer,
    ListSerializer,
    ModelSerializer,
    Serializer,
)

from opium.prepared import beside

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Read = Callable[[Any], Any]
Write = Callable[["Drawing[Any]", Any], Any]
Step = tuple[str, Read, Write]


class Drawing(BaseSerializer[T]):
    # The mixin of both bases below. No docstring: it would stand in the API's description.

    def to_representation(self, instance: T) -> dict[str, Any]:
        drawn = {}
        for name, read, write in _plan_of(type(self)):
            try:
                value = read(instance)
            except fields.SkipField:
                continue
            drawn[name] = None if value is None else write(self, value)
        return drawn

    def part(self, name: str) -> BaseSerializer[Any]:
        """The serializer of one field, made once for all the rows that this one draws."""
        parts: dict[str, BaseSerializer[Any]] = self.__dict__.setdefault("_parts", {})
        if name not in parts:
            kind = _parts_of(type(self))[name]
            parts[name] = kind(context=self.context)
        return parts[name]


class Drawn(Drawing[T], Serializer[T]):
    pass


class DrawnModel(Drawing[M], ModelSerializer[M]):
    pass


_plans: dict[type, list[Step]] = {}
_parts: dict[type, dict[str, type[BaseSerializer[Any]]]] = {}


def _plan_of(kind: type[Any]) -> list[Step]:
    plan = _plans.get(kind)
    if plan is None:
        laid_out = kind().fields.items()
        readable = [(name, field) for name, field in laid_out if not field.write_only]
        _parts[kind] = {
            name: type(getattr(field, "child", field))
            for name, field in readable
            if _is_part(field)
        }
        plan = _plans[kind] = [(name, _reading(field), _writing(field)) for name, field in readable]
    return plan


def _parts_of(kind: type[Any]) -> dict[str, type[BaseSerializer[Any]]]:
    _plan_of(kind)
    return _parts[kind]


def _is_part(field: Any) -> bool:
    """Whether another serializer draws the field."""
    inner = field.child if isinstance(field, ListSerializer) else field
    return isinstance(inner, Serializer)


def _reading(field: Any) -> Read:
    """How the field's value is found; whatever is not plainly there is the field's own question."""
    steps = field.source_attrs
    if not steps:
        return lambda instance: instance
    if isinstance(field, RelatedField):
        return lambda instance: _unless_none(field.get_attribute(instance))
    get, first, is_single = attrgetter(".".join(steps)), steps[0], len(steps) == 1

    is_list = isinstance(field, ListSerializer)

    def read(instance: Any) -> Any:
        if is_list and is_single and isinstance(instance, Model):
            kept = beside(instance, first)
            if kept is not None:
                return kept
        if isinstance(instance, dict):
            if is_single and first in instance:
                value = instance[first]
            else:
                return field.get_attribute(instance)
        else:
            try:
                value = get(instance)
            except (AttributeError, KeyError, ObjectDoesNotExist):
                return field.get_attribute(instance)
        return field.get_attribute(instance) if callable(value) else value

    return read


def _unless_none(value: Any) -> Any:
    return None if isinstance(value, PKOnlyObject) and value.pk is None else value


def _writing(field: Any) -> Write:
    name = field.field_name
    if isinstance(field, fields.SerializerMethodField):
        method = field.method_name
        return lambda drawing, instance: getattr(drawing, method)(instance)
    if _is_part(field) and isinstance(field, ListSerializer):
        return lambda drawing, rows: _all(drawing.part(name), rows)
    if _is_part(field):
        return lambda drawing, value: drawing.part(name).to_representation(value)
    if type(field) is fields.ChoiceField:
        known = field.choice_strings_to_values
        return lambda _, value: (
            known.get(value, value) if type(value) is str else field.to_representation(value)
        )
    write = _PLAIN.get(type(field)) if _is_plain(field) else None
    if write is not None:
        return lambda _, value: write(value)
    return lambda _, value: field.to_representation(value)


def _all(part: BaseSerializer[Any], rows: Any) -> list[Any]:
    found = rows.all() if isinstance(rows, Manager) else rows
    return [part.to_representation(row) for row in found]


def _is_plain(field: Any) -> bool:
    """Whether the field writes as its class does: no format, no zone of its own."""
    return not {"format", "default_timezone"} & set(field._kwargs)  # noqa: SLF001  # as it was declared


def _text(value: Any) -> str:
    return value if type(value) is str else str(value)


def _truth(value: Any) -> Any:
    return value if type(value) is bool else _BOOLEAN.to_representation(value)


def _moment(value: Any) -> Any:
    if type(value) is not datetime or timezone.is_naive(value):
        return _DATETIME.to_representation(value)
    written: str = value.astimezone(timezone.get_current_timezone()).isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written


_BOOLEAN, _DATETIME = fields.BooleanField(), fields.DateTimeField()
_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    fields.CharField: _text,
    fields.EmailField: _text,
    fields.SlugField: _text,
    fields.UUIDField: str,
    fields.IntegerField: int,
    fields.BooleanField: _truth,
    fields.DateTimeField: _moment,
    fields.ReadOnlyField: lambda value: value,
}
