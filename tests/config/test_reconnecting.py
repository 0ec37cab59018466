"""The database was started again; what its connections were is nobody's trouble."""

import time

import psycopg
import pytest
from django.db import connection

URL = "/api/v1/health/"


def end_connection():
    """As a stopped database ends it: in the middle of nothing, from its own side."""
    told = connection.get_connection_params()
    with psycopg.connect(
        **{
            name: told[name]
            for name in ("host", "port", "user", "password", "dbname")
            if told.get(name)
        }
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    time.sleep(0.2)  # its last word is on the way


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_has_ended_costs_no_request_its_answer(api):
    assert api().get(URL).status_code == 200
    before = connection.connection.info.backend_pid
    end_connection()

    assert api().get(URL).status_code == 200
    assert connection.connection.info.backend_pid != before


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_lives_stays_from_request_to_request(api):
    api().get(URL)
    before = connection.connection.info.backend_pid
    api().get(URL)

    assert connection.connection.info.backend_pid == before


@pytest.mark.django_db
def test_nobody_closes_the_connection_of_a_transaction(api):
    before = connection.connection
    api().get(URL)

    assert connection.connection is before
