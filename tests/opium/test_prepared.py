"""A prepared question answers as the queryset that it was made of, in the city of the moment."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Person, Session
from accounts.permissions import Permission
from opium.models import uuid7
from opium.prepared import Beside, Prepared
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory
from units.models import RegisterEntry, Unit

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


def test_a_connection_that_has_not_said_its_city_yet_hears_the_right_question():
    PersonFactory(email="a@example.org")
    asked = Prepared(lambda email: Person.objects.filter(email=email))

    connection.set_tenant(connection.tenant)
    assert asked.count(email="a@example.org") == 1
    connection.set_tenant(connection.tenant)
    assert asked.exists(email="a@example.org")
    assert asked.count(email="b@example.org") == 0


def test_what_the_clock_or_the_row_of_that_moment_said_is_refused():
    for frozen in ({"updated_at__lt": timezone.now()}, {"pk": uuid7()}):
        asked = Prepared(lambda email, also=frozen: Person.objects.filter(email=email, **also))
        with pytest.raises(LookupError, match="no value of it"):
            asked.all(email="a")


def test_a_value_that_the_database_makes_something_else_of_is_refused():
    asked = Prepared(lambda text: Person.objects.filter(email__icontains=text))
    with pytest.raises(LookupError, match="stand-in"):
        asked.all(text="a")


def test_none_one_and_many_are_asked_for_each_in_its_own_shape(django_assert_num_queries):
    first, second, _ = (PersonFactory(email=f"{name}@example.org") for name in "abc")
    among = Prepared(lambda ids: Person.objects.filter(pk__among=ids).order_by("email"))
    with django_assert_num_queries(0):
        assert among.all(ids=[]) == []
    for ids in ([first.pk], [second.pk], [second.pk, first.pk], [first.pk, second.pk, uuid7()]):
        found = [one.pk for one in among.all(ids=ids)]
        assert found == [pk for pk in (first.pk, second.pk) if pk in ids]
        assert among.count(ids=frozenset(ids)) == len(found)


def test_its_queryset_is_the_genuine_one_once_it_is_narrowed(django_assert_num_queries):
    people = [PersonFactory(email=f"{name}@example.org", first_name="Ewa") for name in "abc"]
    asked = Prepared(lambda name: Person.objects.filter(first_name=name).order_by("email"))
    found = asked.queryset(name="Ewa")
    assert (list(found), found.count(), list(found[1:])) == (people, 3, people[1:])
    assert (found.ordered, found.exists(), asked.queryset(name="Jan").exists()) == (
        True,
        True,
        False,
    )
    assert list(found.filter(email__gt="a@example.org").exclude(pk=people[2].pk)) == [people[1]]
    assert found.get(pk=people[2].pk) == people[2]
    assert list(Person.objects.filter(pk__in=found.values("pk")).order_by("email")) == people
    with django_assert_num_queries(1):
        assert list(asked.queryset(name="Ewa")[:2].values_list("email", flat=True)) == [
            "a@example.org",
            "b@example.org",
        ]


def test_what_stands_beside_the_records_is_one_query_more(django_assert_num_queries):
    units = [UnitFactory() for _ in range(3)]
    for unit in units[:2]:
        RegisterEntry.objects.create(unit=unit, rspo=f"{unit.pk.int % 10**6}")
    entries = Prepared(lambda owners: RegisterEntry.objects.filter(unit_id__among=owners))
    asked = Prepared(
        lambda ids: Unit.objects.filter(pk__among=ids).order_by("pk"),
        beside=[Beside("entries", entries, by="unit_id")],
    )
    ids = [unit.pk for unit in units]
    narrowed = asked.queryset(ids=ids).exclude(pk=uuid7())
    for found in (lambda: asked.all(ids=ids), lambda: narrowed, narrowed.iterator):
        with django_assert_num_queries(2):
            assert [len(unit.entries.all()) for unit in found()] == [1, 1, 0]


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
