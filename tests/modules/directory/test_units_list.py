from datetime import timedelta

import pytest
from django.utils import timezone

from modules.directory import services
from modules.directory.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    RegisterEntryFactory,
    UnitFactory,
    UnitKindFactory,
)
from units.models import UnitKind

pytestmark = pytest.mark.django_db

URL = "/api/v1/directory/units/"


@pytest.fixture
def reader():
    return person_with(Permission.VIEW_UNITS)


@pytest.fixture
def listed(api, reader):
    def names(query=""):
        answer = api(reader).get(f"{URL}?{query}")
        assert answer.status_code == 200, answer.content
        return [unit["short_name"] for unit in answer.json()["results"]]

    return names


def test_a_row_carries_everything_that_a_clerk_needs(api, reader):
    unit = UnitFactory(
        short_name="ZS nr 10",
        phone="523420338",
        email="zs10@example.org",
        website="https://zs10.example.org",
        nip="5252248481",
        regon="015259640",
    )
    RegisterEntryFactory(unit=unit, rspo="900001")
    RegisterEntryFactory(unit=unit, rspo="900009", is_main=True)

    (row,) = api(reader).get(URL).json()["results"]

    assert row == {
        "id": str(unit.pk),
        "short_name": "ZS nr 10",
        "name": "Jednostka ZS nr 10",
        "kind": {"code": "szkola-podstawowa", "name": "Szkoła podstawowa"},
        "contains": [],
        "street": "ul. Gdańska",
        "building": "1",
        "flat": "",
        "postal_code": "85-006",
        "city": "Bydgoszcz",
        "phone": "523420338",
        "email": "zs10@example.org",
        "website": "https://zs10.example.org",
        "nip": "5252248481",
        "regon": "015259640",
        "edoreczenia": "",
        "rspo_numbers": ["900009", "900001"],
        "opened_on": None,
        "closed_on": None,
        "is_open": True,
    }


def test_units_stand_in_polish_order(listed):
    for name in ("SP nr 10", "Żaczek", "SP nr 2", "Łuczniczka", "Zamek", "Ląd"):
        UnitFactory(short_name=name)

    in_order = ["Ląd", "Łuczniczka", "SP nr 2", "SP nr 10", "Zamek", "Żaczek"]
    assert listed() == in_order
    assert listed("ordering=short_name") == in_order
    assert listed("ordering=-short_name") == in_order[::-1]


@pytest.mark.parametrize(
    "text", ["pilsudski", "PIŁSUDSKI szkola", "zolnierska", "żołnierska 7", "90031", "sp nr 31"]
)
def test_a_search_finds_by_name_street_and_number_without_diacritics(listed, text):
    unit = UnitFactory(
        short_name="SP nr 31",
        name="Szkoła Podstawowa nr 31 im. Józefa Piłsudskiego",
        street="ul. Żołnierska",
        building="7",
    )
    RegisterEntryFactory(unit=unit, rspo="900311")
    UnitFactory(short_name="SP nr 5")

    assert listed(f"search={text}") == ["SP nr 31"]


def test_the_unit_of_exactly_this_short_name_comes_first_then_what_begins_so(listed):
    for short_name, name in (
        ("SOSW 1", "Specjalny Ośrodek nr 1"),
        ("SP 10", "Szkoła Podstawowa nr 10"),
        ("SP 1", "Szkoła Podstawowa nr 1"),
        ("ZS 2", "Zespół Szkół: SP 1 i LO 3"),
    ):
        UnitFactory(short_name=short_name, name=name)
    UnitFactory(
        short_name="OSP 1", kind=UnitKindFactory(code="inna", name="Inna", name_plural="Inne")
    )

    assert listed("search=sp 1") == ["SP 1", "SP 10", "SOSW 1", "ZS 2"]


def test_a_search_finds_beginnings_of_words_only(listed):
    UnitFactory(short_name="MDK", name="Dom Kultury im. Łuczaka", street="ul. Jana-Żaka")
    UnitFactory(short_name="LO 1", name="Liceum im. Łuczaka")

    assert listed("search=zak") == ["MDK"]


@pytest.mark.parametrize("text", ["przedszkola", "Przedszkole", "przedszk", "PRZEDSZKOLA MIEJSKIE"])
def test_units_are_found_by_what_their_kind_is_called(listed, text):
    services.add_starting_kinds(actor=SYSTEM)
    kind = UnitKind.objects.get(code="przedszkole")
    services.change_kind(actor=SYSTEM, kind=kind, name_plural="Przedszkola miejskie")
    UnitFactory(short_name="MP 3", name="„Bajka”", kind=kind)
    UnitFactory(short_name="SP 3", name="Szkoła nr 3")

    assert listed(f"search={text}") == ["MP 3"]


def test_every_word_of_a_search_has_to_be_found(listed):
    UnitFactory(short_name="SP nr 31")

    assert listed("search=sp 32") == []
    assert listed("search=%25") == []


def test_units_are_filtered_by_kind_group_and_state(listed):
    today = timezone.localdate()
    UnitFactory(short_name="P nr 1", kind=UnitKindFactory(code="przedszkole"))
    group = GroupFactory(units=[UnitFactory(short_name="SP nr 1")])
    UnitFactory(short_name="SP nr 2", closed_on=today)
    UnitFactory(short_name="SP nr 3", closed_on=today + timedelta(days=1))

    assert listed("kind=przedszkole") == ["P nr 1"]
    assert listed(f"group={group.pk}") == ["SP nr 1"]
    assert listed("is_open=true") == ["P nr 1", "SP nr 1", "SP nr 3"]
    assert listed("is_open=false") == ["SP nr 2"]
    assert listed("kind=nie-ma") == []


def test_a_complex_tells_which_kinds_it_contains(api, reader):
    complex_ = UnitFactory(short_name="ZS 1", kind=UnitKindFactory(code="zespol-szkol"))
    for rspo, type_, is_main in (
        ("1", "Zespół szkół i placówek oświatowych", True),
        ("2", "Szkoła podstawowa", False),
        ("3", "Liceum ogólnokształcące", False),
    ):
        RegisterEntryFactory(unit=complex_, rspo=rspo, type=type_, name="", is_main=is_main)
    RegisterEntryFactory(unit=complex_, rspo="4", type="Przedszkole", closed_on="2020-08-31")

    (row,) = api(reader).get(URL).json()["results"]
    assert row["contains"] == ["szkola-podstawowa", "szkola-ponadpodstawowa"]


def test_pages_never_overlap(api, reader):
    UnitFactory.create_batch(5)

    pages = [
        api(reader).get(f"{URL}?ordering=kind&page_size=2&page={number}").json()
        for number in (1, 2, 3)
    ]

    ids = [unit["id"] for page in pages for unit in page["results"]]
    assert (pages[0]["count"], len(ids), len(set(ids))) == (5, 5, 5)


def test_a_role_in_one_unit_shows_that_unit_alone(api):
    own, _other = UnitFactory(), UnitFactory()
    head = person_with(Permission.VIEW_UNITS, scope_kind="unit", scope_id=own.pk)

    answer = api(head).get(URL).json()

    assert [unit["id"] for unit in answer["results"]] == [str(own.pk)]
    assert api(head).get(f"{URL}{_other.pk}/").status_code == 404


def test_without_the_right_there_are_no_units(api):
    unit = UnitFactory()
    nobody = person_with()

    assert api(nobody).get(URL).json()["results"] == []
    assert api(nobody).get(f"{URL}{unit.pk}/").status_code == 404


def test_the_other_citys_units_are_not_seen(api, reader, listed, in_south):
    with in_south():
        foreign = UnitFactory(short_name="SP Południe")

    assert listed() == []
    assert api(reader).get(f"{URL}{foreign.pk}/").status_code == 404


def test_a_units_page_names_its_people_of_today(api, reader):
    unit = UnitFactory()
    yesterday = timezone.localdate() - timedelta(days=1)
    member = MembershipFactory(
        person=PersonFactory(first_name="Ewa", last_name="Nowak", phone="1"), unit=unit
    )
    MembershipFactory(person=PersonFactory(), unit=unit, valid_to=yesterday)
    MembershipFactory(person=PersonFactory(is_active=False), unit=unit)
    MembershipFactory(person=PersonFactory(), unit=UnitFactory())

    page = api(reader).get(f"{URL}{unit.pk}/").json()

    assert page["people"] == [
        {
            "id": str(member.person_id),
            "membership": str(member.pk),
            "name": "Ewa Nowak",
            "email": member.person.email,
            "phone": "1",
            "position": "dyrektor",
        }
    ]
    assert page["can"] == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_units_page_takes_the_same_queries_for_any_number_of_people(
    api, reader, count, django_assert_num_queries
):
    unit = UnitFactory()
    RegisterEntryFactory.create_batch(count, unit=unit)
    for _ in range(count):
        MembershipFactory(person=PersonFactory(), unit=unit)
    client = api(reader)
    client.get(URL)

    # city with two search paths, session, person, roles, unit with kind, entries, people
    with django_assert_num_queries(7):
        page = client.get(f"{URL}{unit.pk}/").json()

    assert (len(page["people"]), len(page["entries"])) == (count, count)
