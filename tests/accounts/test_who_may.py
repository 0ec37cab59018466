import pytest

from accounts import selectors, services
from accounts.models import Person, Role
from accounts.permissions import Permission
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import GroupFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/who-may/"


@pytest.fixture
def auditor():
    return person_with(Permission.VIEW_RIGHTS)


def names(holdings):
    return [one.person for one in holdings]


def test_who_may_do_it_to_a_unit_is_told_with_the_assignment_that_gives_it(auditor):
    unit, other = UnitFactory(), UnitFactory()
    group = GroupFactory(units=[unit])
    everywhere = person_with(Directory.CHANGE_UNITS, last_name="Adamska")
    here = person_with(
        Directory.CHANGE_UNITS, last_name="Babacka", scope_kind="unit", scope_id=unit.pk
    )
    in_group = person_with(
        Directory.CHANGE_UNITS, last_name="Ćwik", scope_kind="group", scope_id=group.pk
    )
    person_with(Directory.CHANGE_UNITS, scope_kind="unit", scope_id=other.pk)
    person_with(Directory.VIEW_UNITS)
    person_with(Directory.CHANGE_UNITS, is_active=False)

    found = selectors.who_may(auditor, Directory.CHANGE_UNITS, ("unit", unit.pk))

    assert names(found) == [everywhere, here, in_group]
    assert found[2].grounds == [in_group.assignments.get()]
    city = selectors.who_may(auditor, Directory.CHANGE_UNITS, ("city", None))
    assert names(city) == [everywhere]


def test_what_a_person_may_do_is_told_with_every_ground(auditor, api):
    unit = UnitFactory()
    person = person_with(Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk)
    also = person_with(Directory.VIEW_UNITS, Directory.CHANGE_UNITS).assignments.get().role
    services.assign_role(actor=SYSTEM, person=person, role=also)

    answer = api(auditor).get(f"/api/v1/accounts/people/{person.pk}/rights/")

    assert answer.status_code == 200
    rights = {one["permission"]["name"]: one for one in answer.json()}
    assert list(rights) == ["directory.view_units", "directory.change_units"]
    assert rights["directory.view_units"]["permission"]["label"] == "Przeglądanie jednostek"
    assert {one["scope"]["name"] for one in rights["directory.view_units"]["grounds"]} == {
        unit.short_name,
        "całe miasto",
    }
    assert [one["role"]["name"] for one in rights["directory.change_units"]["grounds"]] == [
        also.name
    ]


def test_anybody_sees_their_own_rights_and_nobody_elses(api):
    person = person_with(Directory.VIEW_UNITS)
    other = PersonFactory()

    own = api(person).get("/api/v1/accounts/rights/").json()
    assert [one["permission"]["name"] for one in own] == ["directory.view_units"]
    with pytest.raises(MissingPermission):
        selectors.rights_of(person, other)
    asked = {"permission": "directory.view_units"}
    assert api(person).get(URL, asked).status_code == 403
    assert api(person).get(f"/api/v1/accounts/people/{other.pk}/rights/").status_code == 403


def test_a_key_without_the_right_to_it_does_not_read_its_own_persons_rights():
    person = person_with(Directory.VIEW_UNITS)
    program = Person.objects.get(pk=person.pk)
    program.limits = frozenset({Directory.VIEW_UNITS})

    with pytest.raises(MissingPermission):
        selectors.rights_of(program, person)
    program.limits = frozenset({Permission.VIEW_OWN_RIGHTS})
    assert [one.permission for one in selectors.rights_of(program, person)] == [
        Directory.VIEW_UNITS
    ]


def test_both_ways_agree_with_what_is_allowed(auditor):
    units = UnitFactory.create_batch(3)
    people = [
        person_with(Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk) for unit in units
    ]
    people.append(person_with(Directory.VIEW_UNITS))

    for unit in units:
        told = set(names(selectors.who_may(auditor, Directory.VIEW_UNITS, ("unit", unit.pk))))
        everybody = Person.objects.all()
        assert told == {one for one in everybody if one.allows(Directory.VIEW_UNITS, unit)}


def test_an_unknown_permission_is_refused(auditor, api):
    answer = api(auditor).get(URL, {"permission": "directory.fly"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_permission")


@pytest.mark.parametrize("count", [1, 20])
def test_the_answer_takes_a_fixed_number_of_queries(auditor, api, count, django_assert_num_queries):
    unit = UnitFactory()
    for _ in range(count):
        group = GroupFactory(units=[unit])
        person_with(Directory.VIEW_UNITS, scope_kind="group", scope_id=group.pk)
        person_with(Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk)
    browser = api(auditor)

    # city (3), session, person, own rights, assignments, groups, second factors, two kinds' names
    with django_assert_num_queries(9):
        answer = browser.get(
            URL,
            {"permission": "directory.view_units", "scope_kind": "unit", "scope_id": unit.pk},
        )
    assert len(answer.json()) == 2 * count


def test_a_right_that_waits_for_a_second_factor_is_told_as_withheld(auditor, api):
    person = person_with(Directory.VIEW_UNITS)
    Role.objects.filter(assignments__person=person).update(requires_mfa=True)

    [holding] = selectors.who_may(auditor, Directory.VIEW_UNITS, ("city", None))
    [right] = selectors.rights_of(auditor, Person.objects.get(pk=person.pk))

    assert (holding.person, holding.is_withheld, right.is_withheld) == (person, True, True)
    assert not Person.objects.get(pk=person.pk).allows(Directory.VIEW_UNITS)


def test_a_role_in_a_group_without_units_gives_no_right(auditor):
    person = person_with(
        Directory.VIEW_UNITS, scope_kind="group", scope_id=GroupFactory(units=[]).pk
    )
    assert selectors.rights_of(auditor, person) == []
