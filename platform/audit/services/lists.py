"""Taking a list away as a file: what its screen shows, as filtered and ordered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import IO

from django.db import models

from api.narrowing import COLUMNS
from audit.services.recording import record_export
from opium.deeds import Deed
from opium.permissions import Actor, Permission
from spreadsheets.writing import Cell, Column, write_table_to


def write_list(
    *,
    actor: Actor,
    deed: Deed,
    right: Permission | None,
    model: type[models.Model] | models.Model,
    query: Mapping[str, object],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    name: str,
    frozen: int = 1,
) -> IO[bytes]:
    """The rows as an xlsx with one sheet called `name`, and the entry of the log that it is.

    Part of the deed of the service that calls, which has asked for `right`; the facts of the
    entry are those of `record_export`. Where `query` names `columns` of the screen, those of the
    file that belong to them are written, in that order; where none does, all. Rows are read as
    they are asked for, the packed result stays in memory. It is an open file that the caller
    closes.
    """
    count = 0
    shown, cells = as_they_stand(columns, rows, query)

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in cells:
            count += 1
            yield row

    target = BytesIO()
    write_table_to(target, shown, counted(), name=name, frozen=min(frozen, len(shown)))
    record_export(actor=actor, deed=deed, right=right, model=model, query=query, rows=count)
    target.seek(0)
    return target


def as_they_stand(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], query: Mapping[str, object]
) -> tuple[Sequence[Column], Iterable[Sequence[Cell]]]:
    """Columns and rows with what belongs to the screen's columns that `query` names, in its order.

    A name that no column of the file belongs to is passed over; where none is left, all are.
    """
    names = dict.fromkeys(filter(None, str(query.get(COLUMNS, "")).split(",")))
    kept = [place for name in names for place, one in enumerate(columns) if one.id == name]
    if not kept:
        return columns, rows
    return [columns[place] for place in kept], ([row[place] for place in kept] for row in rows)
