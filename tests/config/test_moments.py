"""A moment is read as Django would read it."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written",
    ["2026-11-30 04:55:25.42+00", "2026-07-01 23:59:59+02", "0001-01-01 00:00:00.000001+00"],
)
def test_a_moment_is_read_in_utc(written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        (read,) = cursor.fetchone()
    assert read == datetime.fromisoformat(written)
    assert read.tzinfo is UTC


def test_a_moment_that_no_calendar_has_is_refused_as_before():
    with connection.cursor() as cursor:
        with pytest.raises(DataError):
            cursor.execute("SELECT 'infinity'::timestamptz")
            cursor.fetchone()
