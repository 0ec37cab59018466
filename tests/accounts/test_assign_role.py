from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import services
from accounts.errors import (
    AccountClosed,
    AssignmentDates,
    BeyondOwnRights,
    LastAdministrator,
    UnknownPlace,
    UnknownScope,
)
from accounts.models import Assignment, Person, Role
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with, with_own
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    SectionFactory,
    UnitFactory,
    UnitKindFactory,
)

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/assignments/"
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def administrator():
    return person_with(Permission.MANAGE_ROLES)


@pytest.fixture
def reader():
    return Role.objects.create(name="Czyta", permissions=[str(Directory.VIEW_UNITS)])


def again(person):
    return Person.objects.get(pk=person.pk)


def test_a_role_counts_in_each_kind_of_place(administrator, reader):
    inside, outside = UnitFactory(kind=UnitKindFactory(code="przedszkole")), UnitFactory()
    section = SectionFactory()
    places = {
        "city": (None, True, True),
        "unit": (inside.pk, True, False),
        "section": (section.pk, False, False),
        "group": (GroupFactory(units=[inside]).pk, True, False),
        "kind": (inside.kind.pk, True, False),
    }
    for kind, (place, reaches_inside, reaches_outside) in places.items():
        person = PersonFactory()
        services.assign_role(
            actor=administrator, person=person, role=reader, scope_kind=kind, scope_id=place
        )
        allowed = [again(person).allows(Directory.VIEW_UNITS, one) for one in (inside, outside)]
        assert allowed == [reaches_inside, reaches_outside], kind
    assert again(person).allows(Directory.VIEW_UNITS, section) is False


def test_a_role_counts_from_its_first_day_to_its_last(administrator, reader):
    for first, last, counts in (
        (TODAY, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ):
        person = PersonFactory()
        services.assign_role(
            actor=administrator, person=person, role=reader, valid_from=first, valid_to=last
        )
        assert again(person).allows(Directory.VIEW_UNITS) is counts


def test_giving_it_again_changes_only_the_days(administrator, reader):
    person = PersonFactory()
    first = services.assign_role(actor=administrator, person=person, role=reader)
    second = services.assign_role(
        actor=administrator, person=person, role=reader, valid_to=TODAY + DAY
    )

    assert second.pk == first.pk
    assert Assignment.objects.get(person=person).valid_to == TODAY + DAY


def test_nonsense_is_refused(administrator, reader, in_south):
    person = PersonFactory()
    given = {"actor": administrator, "person": person, "role": reader}
    with in_south():
        foreign = UnitFactory()
    with pytest.raises(UnknownScope):
        services.assign_role(**given, scope_kind="galaxy", scope_id=uuid4())
    for kind, place in (("unit", uuid4()), ("unit", foreign.pk), ("city", uuid4()), ("unit", None)):
        with pytest.raises(UnknownPlace):
            services.assign_role(**given, scope_kind=kind, scope_id=place)
    with pytest.raises(AssignmentDates):
        services.assign_role(**given, valid_from=TODAY, valid_to=TODAY - DAY)
    services.close_account(actor=SYSTEM, person=person)
    with pytest.raises(AccountClosed):
        services.assign_role(**given | {"person": again(person)})
    assert not Assignment.objects.filter(person=person).exists()


def test_nobody_gives_what_they_do_not_hold_there_themselves(reader):
    unit, other = UnitFactory(), UnitFactory()
    strong = Role.objects.create(name="Silna", permissions=[str(Directory.CHANGE_UNITS)])
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE, Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk
    )
    secretary = PersonFactory()
    MembershipFactory(person=secretary, unit=unit)
    given = {"actor": head, "person": secretary, "scope_kind": "unit"}

    services.assign_role(**given, role=reader, scope_id=unit.pk)

    with pytest.raises(BeyondOwnRights, match="Zmienianie jednostek"):
        services.assign_role(**given, role=strong, scope_id=unit.pk)
    with pytest.raises(MissingPermission):
        services.assign_role(**given, role=reader, scope_id=other.pk)
    group = GroupFactory(units=[unit])
    with pytest.raises(MissingPermission):
        services.assign_role(actor=head, person=secretary, role=reader)
    with pytest.raises(MissingPermission):
        services.assign_role(
            actor=head, person=secretary, role=reader, scope_kind="group", scope_id=group.pk
        )
    assert [one.role for one in secretary.assignments.all()] == [reader]


def test_whoever_manages_accounts_alone_gives_no_role(reader):
    with pytest.raises(MissingPermission):
        services.assign_role(
            actor=person_with(Permission.MANAGE_PEOPLE), person=PersonFactory(), role=reader
        )


def test_whoever_assigns_roles_in_the_city_gives_what_they_lack(administrator, reader):
    assert not administrator.allows(Directory.VIEW_UNITS)
    services.assign_role(actor=administrator, person=PersonFactory(), role=reader)


def test_a_role_taken_away_is_gone_at_the_next_request(administrator, api, reader):
    person = PersonFactory()
    assignment = services.assign_role(
        actor=administrator, person=person, role=reader, valid_from=TODAY - 7 * DAY
    )
    browser = api(person)
    assert browser.get("/api/v1/accounts/session/").json()["permissions"] != with_own()

    assert api(administrator).delete(f"{URL}{assignment.pk}/").status_code == 204

    assert browser.get("/api/v1/accounts/session/").json()["permissions"] == with_own()
    assert Assignment.objects.get(pk=assignment.pk).valid_to == TODAY - DAY
    assert Entry.objects.filter(target_id=str(assignment.pk), before__role="Czyta").count() == 1


def test_the_last_administrator_cannot_leave_the_city_without_one(administrator):
    own = administrator.assignments.get()
    with pytest.raises(LastAdministrator):
        services.end_assignment(actor=administrator, assignment=own)
    with pytest.raises(LastAdministrator):
        services.change_assignment(
            actor=administrator, assignment=own, valid_from=None, valid_to=TODAY + 30 * DAY
        )

    second = PersonFactory()
    services.assign_role(actor=SYSTEM, person=second, role=own.role)
    services.end_assignment(actor=administrator, assignment=own)
    assert not again(administrator).allows(Permission.MANAGE_ROLES)


def test_an_administrator_for_a_time_or_of_a_unit_does_not_count_as_the_last(administrator):
    role = administrator.assignments.get().role
    services.assign_role(actor=SYSTEM, person=PersonFactory(), role=role, valid_to=TODAY + DAY)
    services.assign_role(
        actor=administrator,
        person=PersonFactory(),
        role=role,
        scope_kind="unit",
        scope_id=UnitFactory().pk,
    )
    with pytest.raises(LastAdministrator):
        services.end_assignment(actor=administrator, assignment=administrator.assignments.get())


def test_a_head_sees_and_ends_the_assignments_of_the_own_unit_only(api, administrator, reader):
    unit, other = UnitFactory(), UnitFactory()
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE, Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk
    )
    mine, foreign = (
        services.assign_role(
            actor=administrator,
            person=PersonFactory(),
            role=reader,
            scope_kind="unit",
            scope_id=one.pk,
        )
        for one in (unit, other)
    )
    browser = api(head)

    shown = browser.get(URL, {"role": reader.pk}).json()["results"]
    assert [one["id"] for one in shown] == [str(mine.pk)]
    assert shown[0]["scope"] == {"kind": "unit", "id": str(unit.pk), "name": unit.short_name}
    assert browser.delete(f"{URL}{foreign.pk}/").status_code == 404
    assert browser.delete(f"{URL}{mine.pk}/").status_code == 204


def test_assigning_through_the_api(administrator, api, reader):
    person, unit = PersonFactory(), UnitFactory()

    answer = api(administrator).post(
        URL,
        {
            "person": person.pk,
            "role": reader.pk,
            "scope": {"kind": "unit", "id": unit.pk},
            "valid_to": TODAY + DAY,
        },
    )

    assert answer.status_code == 201
    assert answer.json()["scope"]["name"] == unit.short_name
    assert answer.json()["is_in_force"] is True
    assert answer.json()["valid_to"] == (TODAY + DAY).isoformat()


@pytest.mark.parametrize("count", [1, 25])
def test_rights_take_a_fixed_number_of_queries_however_many_roles_and_places(
    count, django_assert_num_queries
):
    person = PersonFactory()
    for number in range(count):
        role = Role.objects.create(name=f"Rola {number}", permissions=[str(Directory.VIEW_UNITS)])
        other = Role.objects.create(name=f"Inna {number}", permissions=["messaging.view_messages"])
        group, unit = GroupFactory(units=[UnitFactory()]), UnitFactory()
        for one, kind, place in (
            (role, "group", group),
            (role, "unit", unit),
            (other, "group", group),
            (other, "kind", unit.kind),
        ):
            Assignment.objects.create(person=person, role=one, scope_kind=kind, scope_id=place.pk)
    subjects = UnitFactory.create_batch(count)
    person = again(person)

    with django_assert_num_queries(3):  # assignments, groups, kinds
        for subject in subjects:
            person.allows(Directory.VIEW_UNITS, subject)
