import pytest

from accounts import services
from accounts.errors import LastAdministrator, MotionEnded, RoleInUse, RoleTaken, UnknownPermission
from accounts.models import Assignment, Role
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from notifications.models import Notification
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with, with_own

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/roles/"


@pytest.fixture
def administrator():
    return person_with(Permission.MANAGE_ROLES)


def test_a_role_is_made_of_permissions_that_exist(administrator):
    role = services.add_role(
        actor=administrator,
        name="Archiwista",
        permissions=[Directory.VIEW_UNITS, Directory.VIEW_UNITS],
        requires_mfa=True,
    )

    assert (role.permissions, role.requires_mfa) == (["directory.view_units"], True)
    entry = Entry.objects.get(target_id=str(role.pk))
    assert (entry.actor_id, entry.target_id) == (administrator.pk, str(role.pk))
    assert entry.after["permissions"] == ["directory.view_units"]


def test_a_permission_that_does_not_exist_is_refused(administrator):
    with pytest.raises(UnknownPermission, match=r"directory\.fly"):
        services.add_role(actor=administrator, name="Lotnik", permissions=["directory.fly"])


def test_two_roles_of_one_name_are_refused(administrator):
    services.add_role(actor=administrator, name="Archiwista", permissions=[])

    with pytest.raises(RoleTaken):
        services.add_role(actor=administrator, name="Archiwista", permissions=[])


def test_a_role_changed_now_counts_at_the_next_request(administrator, api):
    clerk = person_with(Directory.VIEW_UNITS)
    role = clerk.assignments.get().role
    browser, office = api(clerk), api(administrator)
    assert browser.get("/api/v1/accounts/session/").json()["permissions"] == with_own(
        "directory.view_units"
    )

    answer = office.patch(f"{URL}{role.pk}/", {"permissions": ["directory.change_units"]})

    assert answer.status_code == 200
    assert browser.get("/api/v1/accounts/session/").json()["permissions"] == with_own(
        "directory.change_units"
    )
    entry = Entry.objects.get(target_id=str(role.pk))
    assert entry.before == {"permissions": ["directory.view_units"]}
    assert entry.after == {"permissions": ["directory.change_units"]}


def test_roles_are_managed_by_whoever_may_do_so_in_the_whole_city(api):
    for stranger in (
        person_with(Permission.MANAGE_PEOPLE, Directory.CHANGE_UNITS),
        person_with(Permission.MANAGE_ROLES, scope_kind="unit", scope_id=PersonFactory().pk),
    ):
        with pytest.raises(MissingPermission):
            services.add_role(actor=stranger, name="Archiwista", permissions=[])
        answer = api(stranger).post(URL, {"name": "Archiwista", "permissions": []})
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
    assert not Role.objects.filter(name="Archiwista").exists()


def test_the_last_administrator_cannot_take_the_right_out_of_the_role(administrator):
    role = administrator.assignments.get().role
    with pytest.raises(LastAdministrator):
        services.change_role(actor=administrator, role=role, permissions=[])
    assert Role.objects.get(pk=role.pk).permissions == ["accounts.manage_roles"]

    person_with(Permission.MANAGE_ROLES)
    services.change_role(actor=administrator, role=role, permissions=[])
    assert Role.objects.get(pk=role.pk).permissions == []


def test_a_role_that_somebody_holds_cannot_be_deleted(administrator):
    held = person_with(Directory.VIEW_UNITS).assignments.get().role
    with pytest.raises(RoleInUse):
        services.delete_role(actor=administrator, role=held)

    Assignment.objects.filter(role=held).delete()
    services.delete_role(actor=administrator, role=held)
    assert not Role.objects.filter(pk=held.pk).exists()


def test_a_deleted_role_waits_for_no_second_person_and_what_was_proposed_stays_readable(
    administrator, api
):
    second = person_with(Permission.MANAGE_ROLES)
    ala, ewa = PersonFactory.create_batch(2)
    role, other = (
        Role.objects.create(name=name, permissions=["accounts.manage_roles"])
        for name in ("Zarządca", "Inna")
    )

    def proposed(role, person):
        return services.propose_administrator(actor=administrator, person=person, role=role)

    refused = services.refuse_motion(actor=second, motion=proposed(role, ewa))
    motion, kept = proposed(role, ala), proposed(other, ala)

    def waits():
        answer = api(second).get("/api/v1/todo/waiting/").json()["results"]
        return {one["title"] for one in answer}

    assert waits() == {motion.title, kept.title}

    services.delete_role(actor=administrator, role=role)

    assert waits() == {kept.title}
    told = Notification.objects.filter(person=administrator).values_list("title", flat=True)
    expected = [f"Odmówiono: {refused.title}", f"Straciło ważność: {motion.title}"]
    assert sorted(told) == expected
    for one, state in ((motion, "void"), (refused, "refused"), (kept, "waiting")):
        page = api(second).get(f"/api/v1/accounts/motions/{one.pk}/").json()
        assert (page["state"], page["title"]) == (state, one.title)
    with pytest.raises(MotionEnded):
        services.confirm_motion(actor=second, motion=motion)


def test_the_list_counts_the_people_who_hold_each_role_today(administrator, api):
    role = Role.objects.create(name="Archiwista")
    for person in PersonFactory.create_batch(2):
        services.assign_role(actor=SYSTEM, person=person, role=role)
    closed = PersonFactory()
    services.assign_role(actor=SYSTEM, person=closed, role=role)
    services.close_account(actor=SYSTEM, person=closed)

    found = api(administrator).get(URL, {"page_size": 500}).json()["results"]

    assert {one["name"]: one["holder_count"] for one in found}["Archiwista"] == 2


@pytest.mark.parametrize("more", [0, 20])
def test_a_list_of_any_number_of_roles_takes_five_queries(
    administrator, api, django_assert_num_queries, more
):
    for number in range(more):
        role = Role.objects.create(name=f"Rola {number}")
        services.assign_role(actor=SYSTEM, person=administrator, role=role)
    browser = api(administrator)

    with django_assert_num_queries(5):  # city, session, person, rights, roles
        browser.get(URL)


def test_the_catalogue_tells_each_permission_in_polish_and_hides_a_module_switched_off(
    administrator, api, city
):
    browser = api(administrator)
    found = {one["module"]: one for one in browser.get("/api/v1/accounts/permissions/").json()}

    assert found["directory"]["label"] == "Jednostki"
    assert found["directory"]["permissions"][0] == {
        "name": "directory.view_units",
        "label": "Przeglądanie jednostek",
        "sentence": Directory.VIEW_UNITS.sentence,
        "is_own": False,
    }
    own = {one["name"] for one in found["messaging"]["permissions"] if one["is_own"]}
    assert own == {"messaging.keep_own_inbox"}
    assert "accounts.sign_in" not in {one["name"] for one in found["accounts"]["permissions"]}

    type(city).objects.filter(pk=city.pk).update(modules=["directory"])
    found = browser.get("/api/v1/accounts/permissions/").json()
    assert "messaging" not in {one["module"] for one in found}


def test_the_other_citys_roles_are_not_there(administrator, api, in_south):
    with in_south():
        foreign = Role.objects.create(name="Obca rola")

    assert api(administrator).get(f"{URL}{foreign.pk}/").status_code == 404
    assert api(administrator).delete(f"{URL}{foreign.pk}/").status_code == 404
