"""Numbers from 1, without a gap and without a double: case signs, letters, receipts."""

from typing import Any

from django.db import connection, models
from psycopg import sql

from opium.models import Record, uuid7


class Counter(Record):
    """The last number drawn in one row of numbers, such as a year's.

    The subclass adds the columns that name the row, and a unique constraint over just these.
    """

    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @classmethod
    def draw(cls, count: int = 1, **row: models.Model | int) -> int:
        """The first of `count` (at least 1) numbers that follow each other; `row` names the row.

        The row stays locked until the transaction ends, so nobody else gets one of them, and a
        transaction that is rolled back gives them back. One statement, so that nobody comes
        between the reading and the writing.
        """
        table = sql.Identifier(cls._meta.db_table)
        fields = {field.name: field for field in cls._meta.concrete_fields}
        columns = [sql.Identifier(str(fields[name].column)) for name in row]
        statement = sql.SQL(
            "INSERT INTO {table} (id, created_at, updated_at, last_number, {columns})"
            " VALUES (%s, now(), now(), {values})"
            " ON CONFLICT ({columns}) DO UPDATE"
            " SET last_number = {table}.last_number + EXCLUDED.last_number, updated_at = now()"
            " RETURNING last_number"
        ).format(
            table=table,
            columns=sql.SQL(", ").join(columns),
            values=sql.SQL(", ").join(sql.Placeholder() * (1 + len(columns))),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [uuid7(), count, *(_key(value) for value in row.values())])
            last: int = cursor.fetchone()[0]
        return last - count + 1


def _key(value: models.Model | int) -> Any:
    return value.pk if isinstance(value, models.Model) else value
