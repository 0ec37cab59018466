"""The database holds the rule; this says it in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from psycopg import errors as postgres

from opium.errors import DomainError


@contextmanager
def refusing(**refusals: DomainError | Callable[[], DomainError]) -> Iterator[None]:
    """Raise the refusal named like the constraint that the block breaks; undo only the block.

    A function is called for its refusal after the block was undone, so that it can ask the database
    how things stand.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as broken:
        cause = broken.__cause__
        name = cause.diag.constraint_name if isinstance(cause, postgres.IntegrityError) else None
        if name is None or name not in refusals:
            raise
        refusal = refusals[name]
        raise (refusal if isinstance(refusal, DomainError) else refusal()) from broken
