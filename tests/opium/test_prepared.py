"""A prepared question answers as the queryset that it was made of, in the city of the moment."""

from datetime import date

import pytest

from accounts.models import Person, Session
from accounts.permissions import Permission
from opium.prepared import Prepared
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db

named = Prepared(lambda email: Person.objects.filter(email=email))


def test_it_gives_the_records_of_its_queryset(django_assert_num_queries):
    person = PersonFactory(email="a@example.org")
    PersonFactory(email="b@example.org")
    with django_assert_num_queries(1):
        (found,) = named.all(email="a@example.org")
    read = Person.objects.get(pk=person.pk)
    fields = [field.attname for field in Person._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(read, name) for name in fields]
    assert named.first(email="c@example.org") is None


def test_it_is_composed_once(monkeypatch):
    made = []

    def make(email):
        made.append(email)
        return Person.objects.filter(email=email)

    asked = Prepared(make)
    assert [asked.all(email="a"), asked.all(email="b")] == [[], []]
    assert len(made) == 1


def test_it_answers_for_the_city_of_the_moment(in_south):
    PersonFactory(email="a@example.org", first_name="Północna")
    with in_south():
        PersonFactory(email="a@example.org", first_name="Południowa")
        assert named.first(email="a@example.org").first_name == "Południowa"
    assert named.first(email="a@example.org").first_name == "Północna"


def test_a_stand_in_that_the_query_lacks_is_refused():
    asked = Prepared(lambda email, day: Person.objects.filter(email=email))
    with pytest.raises(LookupError, match="day"):
        asked.all(email="a", day=date.min)


def test_rights_are_those_of_the_day_and_not_of_the_day_of_composing(time_machine):
    person = person_with(Permission.MANAGE_ROLES)
    person.assignments.update(valid_from=date(2026, 5, 1), valid_to=date(2026, 5, 2))
    for day, may in (("2026-04-30", False), ("2026-05-01", True), ("2026-05-03", False)):
        time_machine.move_to(f"{day}T12:00:00+02:00")
        reach = Person.objects.get(pk=person.pk).reach(Permission.MANAGE_ROLES)
        assert reach.everywhere is may, day


def test_a_session_that_ended_is_nobody_s(api):
    browser = api(PersonFactory())
    assert browser.get("/api/v1/accounts/session/").json()["person"] is not None
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert browser.get("/api/v1/accounts/session/").json()["person"] is None
