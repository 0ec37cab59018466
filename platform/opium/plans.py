"""The SQL of a prepared question: composed once for a shape, asked with any values of it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import ValuesIterable, get_related_populators

from opium.shapes import Stand
from opium.statements import Place, Statement


class Composed(NamedTuple):
    sql: str
    values: tuple[Any, ...]
    compiler: Any


Compose = Callable[[QuerySet[Any, Any]], Composed]


def select(queryset: QuerySet[Any, Any]) -> Composed:
    if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]  # noqa: SLF001  # Django's
        raise LookupError("a prepared question reads what stands beside its records by `beside`")
    compiler = queryset.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    return Composed(str(sql), tuple(values), compiler)


def count_of(queryset: QuerySet[Any, Any]) -> Composed:
    return _overheard(queryset.count)


def any_of(queryset: QuerySet[Any, Any]) -> Composed:
    return _overheard(queryset.exists)


class _Heard(Exception):  # nothing is wrong: it stops what was only to be composed
    pass


def _overheard(ask: Callable[[], Any]) -> Composed:
    """The question that Django would have sent."""
    heard: list[Composed] = []

    def listen(execute: Any, sql: str, values: Any, *rest: Any) -> Any:
        if not sql.startswith("SELECT"):  # a new connection says first which city it is in
            return execute(sql, values, *rest)
        heard.append(Composed(sql, tuple(values), None))
        raise _Heard

    with connection.execute_wrapper(listen):
        try:
            ask()
        except _Heard:
            return heard[0]
    raise EmptyResultSet


class Plan:
    """The SQL of one shape, and which value stands where in it."""

    def __init__(
        self, made: QuerySet[Any, Any], composed: Composed | None, stands: list[Stand]
    ) -> None:
        self.genuine, self.model, self.is_ordered = type(made), made.model, made.ordered
        self.iterable: Any = made._iterable_class  # noqa: SLF001  # Django's
        self.fields: Any = made._fields  # type: ignore[attr-defined]  # noqa: SLF001  # Django's
        self._composed = composed
        if composed is not None:
            self._statement = Statement(composed.sql, _places(composed.values, stands))

    def rows(self, leaves: list[Any]) -> list[tuple[Any, ...]]:
        if self._composed is None:
            return []
        found = self._statement.rows(leaves)
        converters = self._converters
        if converters:
            found = [
                tuple(row) for row in self._composed.compiler.apply_converters(found, converters)
            ]
        return found

    def records(self, leaves: list[Any]) -> list[Any]:
        rows = self.rows(leaves)
        if not rows:
            return []
        if self.iterable is ValuesIterable:
            return [dict(zip(self._names, row, strict=True)) for row in rows]
        model, start, stop, names, related, annotations = self._shape
        alias, found = DEFAULT_DB_ALIAS, []
        known: dict[tuple[int, Any], Any] = {}
        for row in rows:
            record = model.from_db(alias, names, row[start:stop])
            _join(related, row, record, known)
            for name, at in annotations:
                record.__dict__[name] = row[at]
            found.append(record)
        return found

    @cached_property
    def _names(self) -> list[str]:
        query = cast("Composed", self._composed).compiler.query
        return list(query.selected or (*query.values_select, *query.annotation_select))

    @cached_property
    def _converters(self) -> Mapping[int, Any]:
        compiler = self._composed.compiler if self._composed else None
        if compiler is None:
            return {}
        found: Mapping[int, Any] = compiler.get_converters([one for one, *_ in compiler.select])
        return found

    @cached_property
    def _shape(self) -> tuple[Any, int, int, list[str], list[Any], list[tuple[str, int]]]:
        compiler: Any = cast("Composed", self._composed).compiler
        known = compiler.klass_info
        start, stop = known["select_fields"][0], known["select_fields"][-1] + 1
        names = [one.target.attname for one, *_ in compiler.select[start:stop]]
        join: Any = get_related_populators
        related = join(known, compiler.select, DEFAULT_DB_ALIAS)
        annotations = list((compiler.annotation_col_map or {}).items())
        return known["model"], start, stop, names, related, annotations


def _join(
    related: list[Any], row: tuple[Any, ...], record: Any, known: dict[tuple[int, Any], Any]
) -> None:
    """Let the record know what was read with it; what several rows carry is one object for all."""
    for one in related:
        if one.reorder_for_init:
            one.populate(row, record)
            continue
        pk, other = row[one.cols_start + one.pk_idx], None
        if pk is not None:
            other = known.get((id(one), pk))
            if other is None:
                values = row[one.cols_start : one.cols_end]
                other = known[id(one), pk] = one.model_cls.from_db(one.db, one.init_list, values)
                _join(one.related_populators, row, other, known)
        one.local_setter(record, other)
        if other is not None:
            one.remote_setter(other, record)


def _places(values: tuple[Any, ...], stands: list[Stand]) -> list[Place]:
    """For each value of the SQL which leaf it is, or None and the value that it always is."""
    found: list[Place] = []
    for value in values:
        at = next((at for at, one in enumerate(stands) if one.is_at(value)), None)
        if at is None and (_is_of_its_day(value) or any(one.is_hidden_in(value) for one in stands)):
            raise LookupError(f"what a prepared query asks with is no value of it: {value!r}")
        found.append((at, None if at is not None else value))
    return found


def _is_of_its_day(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_of_its_day(one) for one in value)
    return isinstance(value, date | UUID)
