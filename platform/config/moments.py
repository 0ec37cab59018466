"""Moments as the database tells them, read by the interpreter itself.

Django's reader takes each apart with a pattern, in Python; a page of 50 rows holds some 700. The
connection works in UTC (Django's own choice), so what it tells is what `fromisoformat` reads.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader


class Moment(BaseTzLoader):
    timezone = UTC

    def load(self, data: Any) -> datetime:
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # "infinity", or before our era
            found: datetime = super().load(data)
            return found


def read_moments(connection: Any, **_: object) -> None:
    """For the signal of a new connection."""
    if connection.timezone is UTC:
        connection.connection.adapters.register_loader("timestamptz", Moment)
