import pytest

from modules.directory import errors, services
from modules.directory.permissions import Permission
from modules.directory.services.kinds import STARTING_KINDS
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import person_with
from tests.factories.directory import SectionFactory, UnitFactory, UnitKindFactory
from units.models import Section, UnitKind

pytestmark = pytest.mark.django_db

KINDS = "/api/v1/directory/kinds/"
SECTIONS = "/api/v1/directory/sections/"


@pytest.fixture
def clerk():
    return person_with(Permission.CHANGE_UNITS, Permission.VIEW_UNITS)


@pytest.fixture
def head():
    unit = UnitFactory()
    return person_with(
        Permission.CHANGE_UNITS, Permission.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk
    )


def test_a_city_starts_with_the_kinds_of_polish_schools(city):
    UnitKind.objects.all().delete()

    services.add_starting_kinds(actor=SYSTEM)

    kinds = UnitKind.objects.values_list("code", "name", "name_plural")
    assert list(kinds) == list(STARTING_KINDS)


def test_starting_again_leaves_what_the_city_changed(city):
    services.add_starting_kinds(actor=SYSTEM)
    kind = UnitKind.objects.get(code="przedszkole")
    services.change_kind(actor=SYSTEM, kind=kind, name="Przedszkole miejskie", position=20)

    assert services.add_starting_kinds(actor=SYSTEM) == []

    kind.refresh_from_db()
    assert (kind.name, kind.position) == ("Przedszkole miejskie", 20)
    assert UnitKind.objects.count() == len(STARTING_KINDS)


def test_a_city_adds_kinds_of_its_own(api, clerk):
    answer = api(clerk).post(
        KINDS, {"code": "zlobek", "name": "Żłobek", "name_plural": "Żłobki", "position": 99}
    )

    assert answer.status_code == 201, answer.content
    kind = UnitKind.objects.get(code="zlobek")
    assert answer.json() | {"version": ""} == {
        "id": str(kind.pk),
        "version": "",
        "code": "zlobek",
        "name": "Żłobek",
        "name_plural": "Żłobki",
        "also_called": ["Żłobki"],
        "position": 99,
        "units": 0,
    }


def test_a_code_stands_for_one_kind(clerk):
    UnitKindFactory(code="zlobek")

    with pytest.raises(errors.KindTaken):
        services.add_kind(actor=clerk, code="zlobek", name="Żłobek", name_plural="Żłobki")


def test_a_kind_is_renamed_and_keeps_its_code(api, clerk):
    kind = UnitKindFactory(code="przedszkole")

    answer = api(clerk).patch(f"{KINDS}{kind.pk}/", {"name": "Punkt", "code": "punkt"})

    assert answer.status_code == 200, answer.content
    kind.refresh_from_db()
    assert (kind.name, kind.code) == ("Punkt", "przedszkole")


def test_a_kind_counts_the_open_units_that_the_actor_sees(api, clerk, head):
    UnitFactory.create_batch(2)
    UnitFactory(closed_on="2020-08-31")

    def count(person):
        kinds = api(person).get(KINDS).json()
        return next(kind["units"] for kind in kinds if kind["code"] == "szkola-podstawowa")

    assert count(clerk) == 3
    assert count(head) == 1


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("przedszkola", "przedszkole"),
        ("podstawowki", "szkola-podstawowa"),
        ("sp", "szkola-podstawowa"),
        ("lo", "szkola-ponadpodstawowa"),
        ("licea", "szkola-ponadpodstawowa"),
        ("pedagogiczne", "poradnia"),
        ("zsp", "zespol-szkolno-przedszkolny"),
    ],
)
def test_a_kind_is_known_by_its_plural_short_and_colloquial_names(city, word, code):
    services.add_starting_kinds(actor=SYSTEM)

    assert [kind.code for kind in UnitKind.objects.all() if kind.is_called(word)] == [code]


def test_a_kind_is_not_called_by_the_inside_of_a_word(city):
    services.add_starting_kinds(actor=SYSTEM)

    assert not [kind for kind in UnitKind.objects.all() if kind.is_called("stawowa")]


def test_a_role_in_one_unit_changes_no_kind_and_no_section(head):
    kind = UnitKind.objects.first()

    with pytest.raises(MissingPermission):
        services.add_kind(actor=head, code="x", name="x", name_plural="x")
    with pytest.raises(MissingPermission):
        services.change_kind(actor=head, kind=kind, name="x")
    with pytest.raises(MissingPermission):
        services.add_starting_kinds(actor=head)
    with pytest.raises(MissingPermission):
        services.add_section(actor=head, code="x", name="x")
    assert not Section.objects.exists()


def test_sections_stand_in_polish_order_for_whoever_sees_units(api, clerk, head):
    for code, name in (("WE-1", "Żywienie"), ("WE-2", "Łączność"), ("WE-3", "Lokale")):
        services.add_section(actor=clerk, code=code, name=name)

    for person in (clerk, head):
        listed = [section["name"] for section in api(person).get(SECTIONS).json()]
        assert listed == ["Lokale", "Łączność", "Żywienie"]
    assert api(person_with()).get(SECTIONS).json() == []


def test_a_sections_code_is_its_own(api, clerk):
    SectionFactory(code="we-1")

    answer = api(clerk).post(SECTIONS, {"code": "WE-1", "name": "Kadry"})

    assert (answer.status_code, answer.json()["code"]) == (409, "section_taken")
