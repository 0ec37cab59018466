"""One function that draws a whole record: the steps of a serializer's plan, written out as Python.

Such as `{"id": str(x.id), "name": x.name, …}` with what each kind of field does to its value. It is
made for each serializer and each kind of record, as `dataclasses` makes its methods.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from inspect import getattr_static
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone
from rest_framework import fields
from rest_framework.relations import RelatedField
from rest_framework.serializers import ListSerializer

Read = Callable[[Any], Any]
Write = Callable[[Any, Any], Any]
NOT_PLAIN = (AttributeError, KeyError, TypeError, ObjectDoesNotExist, fields.SkipField)
"""What a pen raises where a value is not plainly there."""


class Step(NamedTuple):
    """One field of an answer."""

    name: str
    read: Read
    write: Write
    field: Any


def pen_of(plan: list[Step], kind: type) -> Callable[[Any, Any], dict[str, Any]]:
    """`pen(drawing, record)` for records of that kind; raises `NOT_PLAIN`."""
    names: dict[str, Any] = dict(_HANDS)
    pairs = [
        f"{step.name!r}: {_written(step, kind, f'_{at}', names)}" for at, step in enumerate(plan)
    ]
    zone = "self.zone" if any("zone" in pair for pair in pairs) else "None"
    body = f"    zone = {zone}\n    return {{{', '.join(pairs)}}}"
    exec(f"def pen(self, x):\n{body}", names)  # noqa: S102  # fields' own names
    found: Callable[[Any, Any], dict[str, Any]] = names["pen"]
    return found


def writer_of(field: Any) -> Callable[[Any], Any] | None:
    """What a field of a known kind makes of its value; None for any other."""
    if type(field) is fields.ListField and type(field.child) is fields.CharField:
        return _texts
    if type(field) is fields.DictField and type(field.child) is _UNCHECKED:
        return _named
    return _PLAIN.get(type(field)) if _is_plain(field) else None


def _written(step: Step, kind: type, mark: str, names: dict[str, Any]) -> str:
    field = step.field
    if isinstance(field, fields.SerializerMethodField) and field.method_name.isidentifier():
        return f"self.{field.method_name}(x)"
    value = _read(field, kind)
    if value is None:
        names[f"_read{mark}"], value = step.read, f"_read{mark}(x)"
    writer = writer_of(field)
    if writer in _INLINE:
        return f"None if (v := {value}) is None else {_INLINE[writer]}"
    names[f"_write{mark}"] = step.write
    return f"None if (v := {value}) is None else _write{mark}(self, v)"


def _read(field: Any, kind: type) -> str | None:
    """The value's place in the record; None where it has to be looked for."""
    steps = field.source_attrs
    if not steps:
        return "x"
    is_own = type(field).get_attribute is not fields.Field.get_attribute
    if isinstance(field, RelatedField | ListSerializer) or is_own:
        return None
    if not all(step.isidentifier() for step in steps):
        return None
    if issubclass(kind, Mapping):
        return f"x[{steps[0]!r}]" if kind is dict and len(steps) == 1 else None
    if len(steps) > 1:
        return None if _may_be_called(kind, steps[0]) else f"_told(x.{'.'.join(steps)})"
    return None if _may_be_called(kind, steps[0]) else f"x.{steps[0]}"


def _may_be_called(kind: type, name: str) -> bool:
    """Whether what the record has there is a function rather than a value."""
    there = getattr_static(kind, name, None)
    is_value = there is None or isinstance(there, property | DeferredAttribute)
    return not is_value and callable(there)


def _told(value: Any) -> Any:
    if callable(value):
        raise TypeError(value)  # the field itself knows how to call it
    return value


def _is_plain(field: Any) -> bool:
    """Whether the field writes as its class does: no format, no zone, no text of its own."""
    return not {"format", "default_timezone", "coerce_to_string"} & set(field._kwargs)  # noqa: SLF001  # as it was declared


def _text(value: Any) -> str:
    return value if type(value) is str else str(value)


def _truth(value: Any) -> Any:
    return value if type(value) is bool else _BOOLEAN.to_representation(value)


def _moment(value: Any, zone: Any = None) -> Any:
    if type(value) is not datetime or value.tzinfo is None:
        return _DATETIME.to_representation(value)
    written = value.astimezone(zone or timezone.get_current_timezone()).isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written


def _day(value: Any) -> Any:
    return value.isoformat() if type(value) is date else _DATE.to_representation(value)


def _texts(values: Any) -> list[str | None]:
    return [None if one is None else _text(one) for one in values]


def _named(values: Any) -> dict[str, Any]:
    if type(values) is dict and all(map(str.__instancecheck__, values)):
        return values
    return {_text(name): value for name, value in values.items()}


def _same(value: Any) -> Any:
    return value


_BOOLEAN, _DATETIME, _DATE = fields.BooleanField(), fields.DateTimeField(), fields.DateField()
_UNCHECKED = type(fields.DictField().child)
_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    fields.CharField: _text,
    fields.EmailField: _text,
    fields.SlugField: _text,
    fields.UUIDField: str,
    fields.IntegerField: int,
    fields.BigIntegerField: int,
    fields.BooleanField: _truth,
    fields.DateTimeField: _moment,
    fields.DateField: _day,
    fields.ReadOnlyField: _same,
}
_INLINE: Mapping[Any, str] = {
    _text: "v if v.__class__ is str else str(v)",
    str: "str(v)",
    int: "int(v)",
    _truth: "v if v.__class__ is bool else _truth(v)",
    _moment: "_moment(v, zone)",
    _day: "_day(v)",
    _texts: "_texts(v)",
    _named: "_named(v)",
    _same: "v",
}
_HANDS = {one.__name__: one for one in (_truth, _moment, _day, _texts, _named, _told)}
