"""Which city a request works for: one query, and never the city of the request before."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from config.middleware import CityOfHost
from tenants import selectors
from tenants.models import Domain
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def arrive(host):
    request = RequestFactory(SERVER_NAME=host).get("/")
    answer = CityOfHost(lambda _: None).process_request(request)
    return answer or request.tenant.schema_name


def emails():
    return list(Person.objects.values_list("email", flat=True))


@pytest.fixture
def people(in_south):
    PersonFactory(email="north@example.org")
    with in_south():
        PersonFactory(email="south@example.org")


def test_each_request_sees_its_own_city_on_one_connection(people):
    for host in ("north", "south", "south", "north"):
        assert arrive(f"{host}.test") == host
        assert emails() == [f"{host}@example.org"]


def test_a_second_request_of_a_city_asks_one_query(people):
    arrive("north.test")
    emails()
    with CaptureQueriesContext(connection) as asked:
        arrive("north.test")
        emails()
    assert len(asked) == 2
    assert '"public"."tenants_domain"' in asked[0]["sql"]
    assert "accounts_person" in asked[1]["sql"]


def test_another_city_costs_the_change_of_the_path(people):
    arrive("north.test")
    emails()
    with CaptureQueriesContext(connection) as asked:
        arrive("south.test")
        emails()
    assert len(asked) == 3
    assert asked[1]["sql"] == 'SET search_path = "south","public"'


def test_after_a_rollback_the_path_is_set_anew(people):
    arrive("south.test")
    with pytest.raises(RuntimeError), transaction.atomic():
        arrive("north.test")
        emails()
        raise RuntimeError
    assert arrive("north.test") == "north"
    assert emails() == ["north@example.org"]


def test_a_host_of_nobody_leaves_the_connection_with_no_city(people):
    arrive("north.test")
    emails()
    with pytest.raises(Http404):
        arrive("nowhere.test")
    assert connection.schema_name == "public"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_unit")


def test_a_broken_lookup_leaves_the_connection_with_no_city(people, monkeypatch):
    def broken(host):
        raise DatabaseError

    arrive("north.test")
    emails()
    monkeypatch.setattr("config.middleware.city_at", broken)
    with pytest.raises(DatabaseError):
        arrive("north.test")
    assert connection.schema_name == "public"
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("public",)


def test_what_another_process_changes_counts_at_the_next_request(city):
    arrive("north.test")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE public.tenants_tenant SET modules = '{}' WHERE schema_name = 'north'"
        )
    arrive("north.test")
    assert connection.tenant.modules == []
    Domain.objects.filter(domain="north.test").delete()
    with pytest.raises(Http404):
        arrive("north.test")


def test_the_city_is_the_row_that_django_reads(city):
    found, read = selectors.city_at("north.test"), type(city).objects.get(pk=city.pk)
    assert {name: getattr(found, name) for name in selectors._columns()} == {
        name: getattr(read, name) for name in selectors._columns()
    }
    assert selectors.city_at("nowhere.test") is None
