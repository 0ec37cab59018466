"""Answers drawn from a plan that each serializer class makes once.

DRF copies every declared field for every instance of a serializer, and asks each field anew for
each row how it reads and writes its value. What a class answers with does not change while the
program runs, so a `Drawn` class is laid out at its first answer: one pair of functions a field.
For each kind of record they are put together as one function (`api.penning`), which draws what
is plainly there; a record that lacks something is drawn field by field.
The result is what DRF's own `to_representation` gives; fields of no known kind are still asked.
"""

from collections.abc import Callable
from datetime import tzinfo
from functools import cached_property
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

from api.penning import NOT_PLAIN, Read, Step, Write, pen_of, writer_of
from opium.prepared import beside

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class Drawing(BaseSerializer[T]):
    # The mixin of both bases below. No docstring: it would stand in the API's description.

    def to_representation(self, instance: T) -> dict[str, Any]:
        key = (type(self), type(instance))
        pen = _pens.get(key)
        if pen is None:
            pen = _pens[key] = pen_of(_plan_of(type(self)), type(instance))
        try:
            whole: dict[str, Any] = pen(self, instance)
        except NOT_PLAIN:
            return self._field_by_field(instance)
        return whole

    def _field_by_field(self, instance: T) -> dict[str, Any]:
        drawn = {}
        for name, read, write, _ in _plan_of(type(self)):
            try:
                value = read(instance)
            except fields.SkipField:
                continue
            drawn[name] = None if value is None else write(self, value)
        return drawn

    @cached_property
    def zone(self) -> tzinfo:
        """Of the moments of this answer; read once, for Django looks through the thread for it."""
        return timezone.get_current_timezone()

    def drawn_by(self, kind: "type[Drawing[Any]]", value: object) -> dict[str, Any]:
        """The value as that serializer draws it, which is made once for all the rows."""
        parts: dict[type, Drawing[Any]] = self.__dict__.setdefault("_others", {})
        if kind not in parts:
            parts[kind] = kind(context=self.context)
        return parts[kind].to_representation(value)

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
_pens: dict[tuple[type, type], Callable[[Any, Any], dict[str, Any]]] = {}
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
        plan = _plans[kind] = [
            Step(name, _reading(field), _writing(field), field) for name, field in readable
        ]
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
    write = writer_of(field)
    if write is not None:
        return lambda _, value: write(value)
    return lambda _, value: field.to_representation(value)


def _all(part: BaseSerializer[Any], rows: Any) -> list[Any]:
    found = rows.all() if isinstance(rows, Manager) else rows
    return [part.to_representation(row) for row in found]
