"""Turns at costly work inside requests: so many at once in the installation, and in one city."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.db import connection, transaction

_PAUSE = 0.1


@contextmanager
def turn(kind: str, *, most: int, most_of_city: int, wait: float) -> Iterator[bool]:
    """True with a turn, kept until the transaction ends; False where none came in `wait` seconds.

    The turns are locks of the database, so they count over all processes, and one that dies gives
    its turn back.
    """
    schema: str = connection.schema_name  # type: ignore[attr-defined]  # set by django-tenants
    end = monotonic() + wait
    with transaction.atomic():
        while not (has_one := _taken(f"{kind} {schema}", most_of_city, kind, most)):
            if monotonic() >= end:
                break
            sleep(_PAUSE)
        yield has_one


def _taken(of_city: str, most_of_city: int, of_all: str, most: int) -> bool:
    """Both turns or none: going back to before the city's was taken gives it back."""
    before = transaction.savepoint()
    if _any(of_city, most_of_city) and _any(of_all, most):
        transaction.savepoint_commit(before)
        return True
    transaction.savepoint_rollback(before)
    return False


def _any(name: str, most: int) -> bool:
    with connection.cursor() as cursor:
        for place in range(most):
            cursor.execute(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", [f"turn: {name}", place]
            )
            if cursor.fetchone()[0]:
                return True
    return False
