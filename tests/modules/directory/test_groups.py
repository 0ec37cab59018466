from uuid import uuid4

import pytest

from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import GroupFactory, UnitFactory
from units.models import Group, Unit

pytestmark = pytest.mark.django_db

URL = "/api/v1/directory/groups/"


@pytest.fixture
def clerk():
    return person_with(Permission.CHANGE_GROUPS, Permission.VIEW_UNITS)


def test_a_group_is_made_of_units_and_people_and_has_an_owner(clerk):
    unit, person = UnitFactory(), PersonFactory()

    group = services.make_group(
        actor=clerk, name=" Baseny ", units=[unit.pk, unit.pk], people=[person.pk]
    )

    assert (group.name, group.owner_id) == ("Baseny", clerk.pk)
    assert (list(group.units.all()), list(group.people.all())) == ([unit], [person])
    assert Entry.objects.get(target_id=str(group.pk)).right == Permission.CHANGE_GROUPS


def test_a_group_of_the_system_has_no_owner(city):
    assert services.make_group(actor=SYSTEM, name="Wszyscy").owner is None


def test_two_groups_never_share_a_name(clerk):
    GroupFactory(name="baseny")

    with pytest.raises(errors.GroupNameTaken):
        services.make_group(actor=clerk, name="Baseny")


def test_an_unknown_member_is_refused_and_nothing_is_made(clerk):
    with pytest.raises(errors.UnknownMembers) as refusal:
        services.make_group(actor=clerk, name="Baseny", units=[UnitFactory().pk, uuid4()])

    assert [error.field for error in refusal.value.errors] == ["units"]
    assert not Group.objects.exists()


def test_a_person_without_an_open_account_joins_no_group(clerk):
    with pytest.raises(errors.UnknownMembers):
        services.make_group(actor=clerk, name="B", people=[PersonFactory(is_active=False).pk])


def test_a_change_replaces_only_what_is_given(clerk):
    first, second = UnitFactory(), UnitFactory()
    group = GroupFactory(name="Baseny", units=[first], people=[clerk])

    services.change_group(actor=clerk, group=group, units=[second.pk], description="z halą")

    group.refresh_from_db()
    assert (group.name, group.description) == ("Baseny", "z halą")
    assert (list(group.units.all()), list(group.people.all())) == ([second], [clerk])
    assert Entry.objects.get(target_id=str(group.pk)).after == {
        "description": "z halą",
        "units": [str(second.pk)],
    }


def test_a_group_takes_no_name_of_another(clerk):
    GroupFactory(name="Hale")
    group = GroupFactory(name="Baseny")

    with pytest.raises(errors.GroupNameTaken):
        services.change_group(actor=clerk, group=group, name="HALE")


def test_deleting_a_group_leaves_its_members(clerk):
    unit = UnitFactory()
    group = GroupFactory(name="Baseny", units=[unit])
    pk = str(group.pk)

    services.delete_group(actor=clerk, group=group)

    assert not Group.objects.exists()
    assert Unit.objects.get() == unit
    assert Entry.objects.get(target_id=pk).before == {"name": "Baseny"}


@pytest.mark.parametrize("scope", ["none", "unit"])
def test_without_the_right_in_the_whole_city_groups_stay_as_they_are(scope):
    unit, group = UnitFactory(), GroupFactory()
    actor = (
        person_with(Permission.VIEW_UNITS)
        if scope == "none"
        else person_with(Permission.CHANGE_GROUPS, scope_kind="unit", scope_id=unit.pk)
    )

    with pytest.raises(MissingPermission):
        services.make_group(actor=actor, name="Moja", units=[unit.pk])
    with pytest.raises(MissingPermission):
        services.change_group(actor=actor, group=group, name="Moja")
    with pytest.raises(MissingPermission):
        services.delete_group(actor=actor, group=group)
    assert Group.objects.get().name == group.name


def test_the_whole_life_of_a_group_over_the_api(api, clerk):
    unit, person = UnitFactory(), PersonFactory()
    client = api(clerk)

    made = client.post(URL, {"name": "Baseny", "units": [str(unit.pk)], "people": []})
    assert made.status_code == 201, made.content
    page = f"{URL}{made.json()['id']}/"
    assert made.json() | {"id": "", "version": ""} == {
        "id": "",
        "version": "",
        "name": "Baseny",
        "description": "",
        "units": [str(unit.pk)],
        "people": [],
        "unit_count": 1,
        "person_count": 0,
    }
    changed = client.patch(page, {"people": [str(person.pk)]})
    assert (changed.status_code, changed.json()["person_count"]) == (200, 1)
    assert client.get(page).json() == changed.json()
    assert client.delete(page).status_code == 204
    assert client.get(page).status_code == 404


def test_groups_are_for_those_who_see_the_whole_city(api, in_south):
    unit = UnitFactory()
    group = GroupFactory(units=[unit])
    head = person_with(Permission.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk)
    with in_south():
        GroupFactory()

    assert api(head).get(URL).json()["results"] == []
    reader = person_with(Permission.VIEW_UNITS)
    assert [row["id"] for row in api(reader).get(URL).json()["results"]] == [str(group.pk)]
