"""SQL that is asked again and again: the database takes it apart and plans it once a connection.

For a small question that is most of the database's work. What is always the same stands in the SQL
itself, so that its plan may count on it; the places are filled by the database, not by us.
"""

import re
from collections.abc import Sequence
from typing import Any

import psycopg
import psycopg.sql
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg.errors import FeatureNotSupported

AT_MOST = 300
"""Statements that one connection keeps; each takes some 30 kB of the database's memory."""
_PLACES = re.compile("(%s|%%)")
Place = tuple[int | None, Any]
"""Which of the values stands there; or None, and what always does."""


class Statement:
    """One piece of SQL, with Django's places (`%s`), and what stands in each of them.

    Each city has its own statements, since tables of one name may differ while an upgrade goes
    from city to city.
    """

    def __init__(self, sql: str, places: Sequence[Place]) -> None:
        self.places = [at for at, _ in places if at is not None]
        self.sql, self.numbered = _written(sql, places)

    def rows(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All the rows, for these values, in the city of the moment; heard as any query is."""
        here: Any = connections[DEFAULT_DB_ALIAS]
        if here.connection is None or not here.search_path_set_schemas:
            with here.cursor():  # connects, and says which city it is in
                pass
        given = [values[at] for at in self.places]
        if here.queries_logged:  # Django writes down the values too, which stand in no statement
            with here.cursor() as cursor:
                cursor.execute(self.sql, given)
                told: list[tuple[Any, ...]] = cursor.fetchall()
                return told
        asked = _Cursor(here.connection, f"/* {here.schema_name} */ ".encode() + self.numbered)
        here.make_cursor(asked).execute(self.sql, given)
        return asked.fetchall()


class _Cursor(psycopg.RawCursor[Any]):
    """Asks one prepared statement, whatever it is told; so Django's own wrappers hear the SQL."""

    def __init__(self, here: "psycopg.Connection[Any]", statement: bytes) -> None:
        super().__init__(here)
        self.statement = statement

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        """A statement whose columns a migration has changed since is asked unprepared."""
        here = self.connection
        here.prepare_threshold, here.prepared_max = 0, AT_MOST  # else Django's own would be kept
        try:
            return super().execute(self.statement, params)
        except FeatureNotSupported:
            if not here.autocommit:  # with the transaction go the connection's statements
                raise
            return super().execute(self.statement, params, prepare=False)
        finally:
            here.prepare_threshold = None


def _written(sql: str, places: Sequence[Place]) -> tuple[str, bytes]:
    """With Django's places and with PostgreSQL's (`$1`), fixed values written out in both."""
    named: list[str] = []
    numbered: list[str] = []
    left, number = iter(places), 0
    for part in _PLACES.split(sql):
        if part == "%%":
            named.append("%%")
            numbered.append("%")
        elif part != "%s":
            named.append(part)
            numbered.append(part)
        else:
            at, fixed = next(left)
            number += at is not None
            text = psycopg.sql.Literal(fixed).as_string(_here()) if at is None else ""
            named.append(text.replace("%", "%%") or "%s")
            numbered.append(text or f"${number}")
    return "".join(named), "".join(numbered).encode()


def _here() -> Any:
    connection.ensure_connection()
    return connection.connection
