"""Questions that nearly every request asks: their SQL is made once, not at each asking.

Django composes the SQL of a queryset anew each time, which costs several times what the database
needs to answer a small one. The SQL of a prepared question depends on the shape of its values
alone (`opium.shapes`): it is composed once for each shape, from stand-ins in their place.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import islice
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

from opium.plans import Compose, Plan, any_of, count_of, select
from opium.shapes import leaves_of, shape_of, stood_in

M = TypeVar("M", bound=Model)
AT_ONCE = 500
MOST_SHAPES = 500
"""What one question keeps; with more it begins anew, so that nobody's values fill the memory."""


class Prepared(Generic[M]):
    """One queryset for each shape of its values, composed by `make` from stand-ins of them.

    Whatever else `make` puts in stays as it was the first time, so it must read neither the clock
    nor the city: a moment or an id that is nobody's stand-in is refused (`LookupError`), and so is
    a value that the database makes something else of. The SQL names no schema: it is the city's of
    the moment that answers. Like a queryset, `make` is asked nothing before it is needed.
    """

    def __init__(
        self, make: Callable[..., QuerySet[M, Any]], *, beside: "Iterable[Beside]" = ()
    ) -> None:
        """`beside` is what stands beside each record of `all` and `queryset`."""
        self.make, self.beside = make, tuple(beside)
        self.plans: dict[Hashable, Plan] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """As `values_list` gives them."""
        return _Question(self, values).rows(select)

    def all(self, **values: Any) -> list[M]:
        """The records, as the queryset gives them."""
        return _Question(self, values).records()

    def first(self, **values: Any) -> M | None:
        """The first record, where there is any."""
        found = self.all(**values)
        return found[0] if found else None

    def count(self, **values: Any) -> int:
        return _Question(self, values).count()

    def exists(self, **values: Any) -> bool:
        return bool(_Question(self, values).rows(any_of))

    def queryset(self, **values: Any) -> "QuerySet[M]":
        """The same as a queryset, composed only when somebody narrows or orders it further."""
        question = _Question(self, values)
        plan = question.plan(select)
        found: QuerySet[M] = _asking(plan, question, None)
        return found


class _Question(Generic[M]):
    """A prepared question with its values."""

    def __init__(self, prepared: Prepared[M], values: Mapping[str, Any]) -> None:
        self.prepared, self.values = prepared, values

    @cached_property
    def shape(self) -> Hashable:
        return shape_of(self.values)

    @cached_property
    def leaves(self) -> list[Any]:
        return leaves_of(self.values)

    def rows(self, compose: Compose) -> list[tuple[Any, ...]]:
        return self.plan(compose).rows(self.leaves)

    def records(self, part: slice | None = None) -> list[M]:
        found: list[M] = self.plan(select, part).records(self.leaves)
        for one in self.prepared.beside:
            one.stand_beside(found)
        return found

    def count(self) -> int:
        rows = self.rows(count_of)
        return int(rows[0][0]) if rows else 0

    def genuine(self, part: slice | None) -> QuerySet[M, Any]:
        made = self.prepared.make(**self.values)
        return made if part is None else made[part]

    def plan(self, compose: Compose, part: slice | None = None) -> Plan:
        plans = self.prepared.plans
        key = (compose, self.shape, None if part is None else (part.start, part.stop))
        plan = plans.get(key)
        if plan is None:
            if len(plans) >= MOST_SHAPES:
                plans.clear()
            stand_ins, stands = stood_in(self.values)
            made = self.prepared.make(**stand_ins)
            try:
                composed = compose(made if part is None else made[part])
            except EmptyResultSet:
                composed = None
            plan = plans[key] = Plan(made, composed, stands)
        return plan


class Beside:
    """Rows that belong to records, as their `prefetch_related`: read for all at once.

    `asked` is asked with `owners`, the ids of the records; a row belongs to the one that its `by`
    names. `record.<name>.all()` gives them. `of` is the relation to the records that they belong
    to, where it is not the question's own.
    """

    def __init__(self, name: str, asked: "Prepared[Any]", *, by: str, of: str = "") -> None:
        self.name, self.asked, self.by, self.of = name, asked, by, of

    def stand_beside(self, records: Iterable[Any]) -> None:
        if self.of:
            records = [one for one in map(attrgetter(self.of), records) if one is not None]
        kept = [(one.pk, one) for one in records]
        owners: dict[Any, list[Any]] = {pk: [] for pk, _ in kept}
        if not owners:
            return
        question = _Question(self.asked, {"owners": list(owners)})
        for row in question.records():
            owners[getattr(row, self.by)].append(row)
        for pk, one in kept:
            rows = _Kept(self.asked, pk, owners[pk])
            one.__dict__.setdefault("_prefetched_objects_cache", {})[self.name] = rows


class _Kept(list[Any]):
    """What was read beside one record; for anything but its rows, the genuine queryset."""

    __slots__ = ("_asked", "_owner")

    def __init__(self, asked: "Prepared[Any]", owner: Any, rows: list[Any]) -> None:
        super().__init__(rows)
        self._asked, self._owner = asked, owner

    def all(self) -> "_Kept":
        return self

    def count(self, *_: Any) -> int:
        return len(self)

    def exists(self) -> bool:
        return bool(self)

    def first(self) -> Any:
        return self[0] if self else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._asked.make(owners=[self._owner]), name)


def beside(record: Model, name: str) -> Iterable[Any] | None:
    """What was read beside the record under that name, without asking the relation; or None."""
    found: Mapping[str, Iterable[Any]] | None = record.__dict__.get("_prefetched_objects_cache")
    return None if found is None else found.get(name)


class _Asked(QuerySet[M]):
    """Of the genuine class of the question's queryset besides (`_asking`)."""

    _asked: "_Question[M] | None" = None
    """What is asked; None for a clone, which is a queryset like any other."""
    _part: slice | None = None
    _beside: tuple[Beside, ...] = ()
    _query: Any

    @property
    def query(self) -> Any:
        if self._query is None and self._asked is not None:
            self._query = self._asked.genuine(self._part).query
        return self._query

    @query.setter
    def query(self, value: Any) -> None:
        self._asked, self._query = None, value

    @property
    def ordered(self) -> bool:
        if self._asked is not None:
            return self._asked.plan(select).is_ordered
        return super().ordered

    def _clone(self) -> Any:
        clone: Any = super()._clone()  # type: ignore[misc]  # Django's own, of no stub
        clone._beside = self._beside  # noqa: SLF001  # of this class
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None and self._asked is not None:
            self._result_cache = self._asked.records(self._part)
            return
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._iterable_class is ModelIterable:
            for one in self._beside:
                one.stand_beside(self._result_cache or ())

    def _iterator(self, use_chunked_fetch: Any, chunk_size: Any) -> Iterator[Any]:
        rows = super()._iterator(use_chunked_fetch, chunk_size)  # type: ignore[misc]  # as above
        if not self._beside or self._iterable_class is not ModelIterable:
            yield from rows
            return
        while block := list(islice(rows, chunk_size or AT_ONCE)):
            for one in self._beside:
                one.stand_beside(block)
            yield from block

    def count(self) -> int:
        if self._result_cache is None and self._asked is not None and self._part is None:
            return self._asked.count()
        return super().count()

    def exists(self) -> bool:
        if self._result_cache is None and self._asked is not None and self._part is None:
            return bool(self._asked.rows(any_of))
        return super().exists()

    def __getitem__(self, key: Any) -> Any:
        is_part = isinstance(key, slice) and key.step is None and (key.start or 0) >= 0
        asked = self._asked if self._part is None and self._result_cache is None else None
        if is_part and asked is not None:
            return _asking(asked.plan(select), asked, key)
        return super().__getitem__(key)


def _asking(plan: Plan, asked: Any, part: slice | None) -> Any:
    new: Any = _kind_of(plan.genuine)(plan.model, UNMADE)
    new._iterable_class, new._fields = plan.iterable, plan.fields  # noqa: SLF001  # of this class
    new._query, new._asked, new._part = None, asked, part  # noqa: SLF001  # of this class
    new._beside = asked.prepared.beside  # noqa: SLF001  # as above
    return new


UNMADE = object()
"""In the place of a query that is not composed: Django would begin one."""


@cache
def _kind_of(genuine: type) -> type:
    return type(f"Asked{genuine.__name__}", (_Asked, genuine), {})
