"""What every table has: an id that sorts by time, and two moments."""

import os
import re
import time
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Self, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.base import ModelState

from opium.polish import fold, sort_key

AT_ONCE = 500
Row = TypeVar("Row", bound=models.Model)
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def uuid7() -> UUID:
    """A random id that sorts by the millisecond of its making (RFC 9562, version 7)."""
    stamp = time.time_ns() // 1_000_000
    number = (stamp << 80) | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=number & ~(0x3 << 62) | (0x2 << 62))


class Stored(models.Model):
    """What every table's rows have in common: how they are read."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **_: Any,
    ) -> Self:
        """A row that was read, put together without Django's constructor, at a fifth of its cost.

        The constructor looks for defaults, keywords and listeners at each row, and rows have none:
        no table's fields depend on `__init__`, and nobody listens to it (`pre_init`, `post_init`).
        """
        new, state = cls.__new__(cls), ModelState()
        state.adding, state.db = False, db
        kept = new.__dict__
        kept["_state"] = state
        kept.update(zip(field_names, values, strict=True))
        return new


class Record(Stored):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class SortKeyField(models.CharField[str, str]):
    """The Polish order of the field `source`, kept beside it on every save and bulk_create.

    A queryset `update()` of the source must set it too.
    """

    def __init__(self, source: str = "", **kwargs: Any) -> None:
        self.source = source
        defaults: dict[str, Any] = {"max_length": 500, "editable": False, "db_collation": "C"}
        super().__init__(**(defaults | {"default": ""} | kwargs))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  # Django's
        key = sort_key(str(getattr(model_instance, self.source)))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


def filled(rows: models.QuerySet[Any], field: str) -> None:
    """Compute a kept column of rows that stood before it came; for the migration that adds it."""
    kept = rows.model._meta.get_field(field)
    for block in in_blocks(rows):
        for row in block:
            kept.pre_save(row, add=False)
        rows.bulk_update(block, [field])


class FoldedField(models.TextField[str, str]):
    """What a search compares: the fields in `sources`, folded, kept on save and bulk_create."""

    def __init__(self, sources: Iterable[str] = (), **kwargs: Any) -> None:
        self.sources = tuple(sources)
        defaults: dict[str, Any] = {"editable": False, "default": ""}
        super().__init__(**(defaults | kwargs))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  # Django's
        folded = fold(" ".join(str(getattr(model_instance, source)) for source in self.sources))
        setattr(model_instance, self.attname, folded)
        return folded


def holding(
    rows: models.QuerySet[Row], text: str, fields: Collection[str]
) -> "models.QuerySet[Row]":
    """Those with every word of `text` in the fields together, for lists of a few hundred rows.

    Case and diacritics do not count. One query of what they say, and the ids in the answer.
    """
    words = fold(text).split()
    told = rows.order_by().values_list("pk", *fields)
    found = [pk for pk, *says in told if all(word in fold(" ".join(says)) for word in words)]
    return rows.filter(pk__in=found)


def words_begin(field: str, words: Iterable[str]) -> models.Q:
    """Each of the folded words begins a word of the folded column: "zak" finds Żak, not Łuczak."""
    found = models.Q()
    for word in words:
        pattern = re.escape(word)
        found &= models.Q(
            (f"{field}__regex", f"(^|[^[:alnum:]]){pattern}" if word[0].isalnum() else pattern)
        )
    return found


def in_blocks(found: models.QuerySet[Row]) -> Iterator[list[Row]]:
    """The rows, so many at a time that what stands beside them is asked for all at once."""
    rows = found.iterator(chunk_size=AT_ONCE)
    while block := list(islice(rows, AT_ONCE)):
        yield block


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(models.Lookup[Any]):
    """`unit_id__among=ids`: as `__in`, with all the ids as one value of the SQL."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[Any]:
        prepare = self.lhs.output_field.get_prep_value
        return [prepare(one) for one in self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs:
            raise EmptyResultSet
        column, values = self.process_lhs(compiler, connection)
        if len(self.rhs) == 1:
            return f"{column} = %s", [*values, self.rhs[0]]
        return f"{column} = ANY(%s)", [*values, self.rhs]


def annotated(rows: Rows, **annotations: Any) -> Rows:
    """With these, which the model declares, so that whoever reads them knows their types."""
    return rows.annotate(**annotations)


def prefetched(rows: Rows, lookup: str, through: "models.QuerySet[Any]", *, to: str) -> Rows:
    """With a list of what stands there, under a name that the model declares."""
    return rows.prefetch_related(models.Prefetch(lookup, through, to_attr=to))
