"""Taking a list away as a file: what its screen shows, as filtered and ordered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import IO

from django.db import models

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
    entry are those of `record_export`. Rows are read as they are asked for, the packed result
    stays in memory. It is an open file that the caller closes.
    """
    count = 0

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    target = BytesIO()
    write_table_to(target, columns, counted(), name=name, frozen=frozen)
    record_export(actor=actor, deed=deed, right=right, model=model, query=query, rows=count)
    target.seek(0)
    return target
