from datetime import timedelta

import pytest
from django.utils import timezone

from modules.directory.permissions import Permission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import GroupFactory, MembershipFactory, SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/directory/people/"


@pytest.fixture
def reader():
    return person_with(
        Permission.VIEW_UNITS, first_name="Zofia", last_name="Żak", email="zz@example.org"
    )


def names(answer):
    assert answer.status_code == 200, answer.content
    return [person["name"] for person in answer.json()["results"]]


def test_people_stand_in_polish_order_with_the_places_where_they_belong(api, reader):
    unit, section = UnitFactory(short_name="SP nr 31"), SectionFactory(name="Finanse")
    person = PersonFactory(first_name="Ewa", last_name="Łącka", phone="52", email="e@example.org")
    MembershipFactory(person=person, unit=unit)
    MembershipFactory(person=person, section=section)
    PersonFactory(first_name="Jan", last_name="Ludny")

    rows = api(reader).get(URL).json()["results"]

    assert [row["name"] for row in rows] == ["Jan Ludny", "Ewa Łącka", "Zofia Żak"]
    assert rows[1] == {
        "id": str(person.pk),
        "name": "Ewa Łącka",
        "email": "e@example.org",
        "phone": "52",
        "homes": [
            {"kind": "unit", "id": str(unit.pk), "name": "SP nr 31"},
            {"kind": "section", "id": str(section.pk), "name": "Finanse"},
        ],
    }


@pytest.mark.parametrize("text", ["lacka", "ŁĄCKA ewa", "ewa", "e.lacka@"])
def test_a_search_needs_no_diacritics(api, reader, text):
    PersonFactory(first_name="Ewa", last_name="Łącka", email="e.lacka@example.org")
    PersonFactory(first_name="Jan", last_name="Łącki", email="j@example.org")

    assert names(api(reader).get(URL, {"search": text})) == ["Ewa Łącka"]


def test_a_search_finds_no_one_by_the_inside_of_a_name(api, reader):
    PersonFactory(first_name="Adam", last_name="Łuczak", email="a.luczak@example.org")
    PersonFactory(first_name="Ewa", last_name="Żak-Nowak", email="e@example.org")

    assert names(api(reader).get(URL, {"search": "zak"})) == ["Zofia Żak", "Ewa Żak-Nowak"]
    assert names(api(reader).get(URL, {"search": "nowak"})) == ["Ewa Żak-Nowak"]


def test_people_are_picked_by_group_and_by_id(api, reader):
    first, second = PersonFactory(), PersonFactory()
    group = GroupFactory(people=[first])

    client = api(reader)
    assert names(client.get(URL, {"group": str(group.pk)})) == [first.display_name]
    assert names(client.get(URL, {"ids": [str(second.pk), str(reader.pk)]})) == [
        second.display_name,
        "Zofia Żak",
    ]
    refused = client.get(URL, {"ids": "ja"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "ids")


def test_a_group_out_of_sight_tells_nothing_of_its_people(api):
    unit = UnitFactory()
    head = person_with(Permission.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk)
    member = MembershipFactory(person=PersonFactory(), unit=unit).person
    group = GroupFactory(people=[member])

    assert names(api(head).get(URL, {"group": str(group.pk)})) == []


def test_a_closed_account_is_not_offered(api, reader):
    PersonFactory(is_active=False)

    assert names(api(reader).get(URL)) == ["Zofia Żak"]


def test_a_head_sees_the_own_unit_and_the_department(api):
    own, other = UnitFactory(), UnitFactory()
    head = person_with(Permission.VIEW_UNITS, scope_kind="unit", scope_id=own.pk)
    colleague, clerk, past = PersonFactory(), PersonFactory(), PersonFactory()
    MembershipFactory(person=colleague, unit=own)
    MembershipFactory(person=colleague, unit=other)
    MembershipFactory(person=clerk, section=SectionFactory())
    MembershipFactory(person=PersonFactory(), unit=other)
    MembershipFactory(person=past, unit=own, valid_to=timezone.localdate() - timedelta(days=1))

    rows = api(head).get(URL).json()["results"]

    assert {row["id"] for row in rows} == {str(colleague.pk), str(clerk.pk)}
    (homes,) = (row["homes"] for row in rows if row["id"] == str(colleague.pk))
    assert [home["id"] for home in homes] == [str(own.pk)]


def test_without_the_right_nobody_is_seen(api):
    MembershipFactory(person=PersonFactory(), section=SectionFactory())

    assert names(api(person_with()).get(URL)) == []
