"""Questions that nearly every request asks: their SQL is made once, not at each asking.

Django composes the SQL of a queryset anew each time, which costs several times what the database
needs to answer a small one. The shape of a prepared question never changes, only its values.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = Any


class Prepared(Generic[M]):
    """One queryset, composed by `make` from stand-ins in the place of its values.

    Each stand-in is of its value's type and equals nothing else in the query; whatever else `make`
    puts in stays as it was the first time, so it must read neither the clock nor the city. The
    SQL names no schema: it is the city's of the moment that answers.
    """

    def __init__(self, make: Callable[..., QuerySet[M, Any]], **stand_ins: Value) -> None:
        self._make, self._stand_ins = make, stand_ins

    @cached_property
    def _composed(self) -> tuple[str, list[tuple[str | None, Value]], Any]:
        """The SQL; for each of its values the name of a stand-in or the value; its compiler."""
        compiler = self._make(**self._stand_ins).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        names: dict[Value, str] = {
            (type(value), value): name for name, value in self._stand_ins.items()
        }
        places = [(names.get(_known(value)), value) for value in values]
        missing = set(names.values()) - {name for name, _ in places}
        if missing:
            raise LookupError(f"stand-ins that the query does not hold: {sorted(missing)}")
        return str(sql), places, compiler

    def rows(self, **values: Value) -> list[tuple[Any, ...]]:
        """As `values_list` gives them; of the types that the driver makes of the columns."""
        sql, places, _ = self._composed
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if name is None else values[name] for name, value in places])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def all(self, **values: Value) -> list[M]:
        """The records, as the queryset gives them."""
        compiler = self._composed[2]
        model, names, converters = self._shape
        rows = self.rows(**values)
        converted = compiler.apply_converters(rows, converters) if converters else rows
        return [model.from_db(connection.alias, names, row) for row in converted]

    def first(self, **values: Value) -> M | None:
        """The first record, where there is any."""
        found = self.all(**values)
        return found[0] if found else None

    @cached_property
    def _shape(self) -> tuple[type[M], list[str], Mapping[int, Any]]:
        compiler = self._composed[2]
        columns = [expression for expression, *_ in compiler.select]
        names = [column.target.attname for column in columns]
        return compiler.query.model, names, compiler.get_converters(columns)


def _known(value: Value) -> tuple[type, Value] | None:
    return (type(value), value) if isinstance(value, _PLAIN) else None


_PLAIN = (str, int, date, UUID)
