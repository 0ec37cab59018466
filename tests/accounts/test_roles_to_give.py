"""What is offered where a role is chosen is what the server takes, no more and no less."""

import pytest

from accounts import selectors, services
from accounts.errors import BeyondOwnRights
from accounts.models import Role
from accounts.permissions import Permission
from modules.directory.permissions import Permission as Directory
from modules.messaging.permissions import Permission as Messaging
from opium.errors import DomainError
from opium.permissions import MissingPermission
from opium.polish import sort_key
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
CITY = ("city", None)
MINE = ("Administrator", "Kancelaria", "Pusta", "Sekretarka")
"""Beside the roles with which every city starts."""


@pytest.fixture
def roles():
    rights = {
        "Administrator": ["accounts.manage_roles"],
        "Kancelaria": [str(Messaging.SEND_MESSAGE)],
        "Pusta": [],
        "Sekretarka": [str(Directory.VIEW_UNITS)],
    }
    return [Role.objects.create(name=name, permissions=held) for name, held in rights.items()]


@pytest.fixture
def here():
    return UnitFactory()


@pytest.fixture
def head(here, roles):
    return person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=here.pk,
    )


def names(actor, scope, *, is_inviting=False):
    found = selectors.roles_to_give(actor, scope, is_inviting=is_inviting)
    return [role.name for role in found if role.name in MINE]


def test_a_head_is_offered_what_the_head_has_there_and_nothing_elsewhere(head, here):
    own = ("unit", here.pk)
    assert names(head, own) == ["Pusta", "Sekretarka"]
    assert names(head, own, is_inviting=True) == ["Pusta", "Sekretarka"]
    assert names(head, CITY) == []
    assert names(head, ("unit", UnitFactory().pk)) == []


def test_each_role_is_offered_exactly_where_it_can_be_given(head, here, roles):
    person = MembershipFactory(person=PersonFactory(), unit=here).person
    offered = names(head, ("unit", here.pk))
    for role in roles:
        given = {"role": role, "scope_kind": "unit", "scope_id": here.pk}
        if role.name in offered:
            services.assign_role(actor=head, person=person, **given)
        else:
            with pytest.raises(BeyondOwnRights):
                services.assign_role(actor=head, person=person, **given)


def test_whoever_assigns_roles_is_offered_all_but_invites_with_no_administrators_role(roles):
    chief = person_with(Permission.MANAGE_ROLES, Permission.MANAGE_PEOPLE)
    every = list(MINE)
    assert names(chief, CITY) == every
    assert names(chief, CITY, is_inviting=True) == every[1:]
    unit = ("unit", UnitFactory().pk)
    assert names(chief, unit, is_inviting=True) == every
    for role in roles:
        given = {"email": f"{role.pk}@example.org", "first_name": "A", "last_name": "B"}
        if role.name == MINE[0]:
            with pytest.raises(DomainError):
                services.invite_person(actor=chief, role=role, **given)
        else:
            services.invite_person(actor=chief, role=role, **given)


def test_who_keeps_accounts_but_gives_no_roles_is_offered_none(roles):
    assert names(person_with(Permission.MANAGE_PEOPLE), CITY, is_inviting=True) == []
    with pytest.raises(MissingPermission):
        names(person_with(Permission.VIEW_RIGHTS), CITY)


def test_the_screen_is_told_and_costs_the_same_for_many_roles(
    head, here, api, django_assert_num_queries
):
    browser = api(head)
    query = {"kind": "unit", "id": str(here.pk)}
    for more in (0, 5):
        for number in range(more):
            Role.objects.create(name=f"Zwykła {number}", permissions=[])
        browser.get(f"{API}roles/to-give/", query)
        with django_assert_num_queries(6):
            answer = browser.get(f"{API}roles/to-give/", query)
    told = [one["name"] for one in answer.json()]
    assert {"Pusta", "Sekretarka", "Zwykła 4"} <= set(told)
    assert not {"Administrator", "Administrator miasta", "Kancelaria"} & set(told)
    assert told == sorted(told, key=sort_key)
    assert not any(one["needs_second_person"] for one in answer.json())
    chief = api(person_with(Permission.MANAGE_ROLES))
    every = chief.get(f"{API}roles/to-give/", {"kind": "city"}).json()
    asks = {one["name"] for one in every if one["needs_second_person"]}
    assert {"Administrator", "Administrator miasta"} <= asks
    assert "Pusta" not in asks
    assert browser.get(f"{API}roles/to-give/", {"kind": "nie ma"}).json() == []


def test_a_head_is_offered_the_places_in_hand_and_not_where_the_head_only_works(head, here, api):
    MembershipFactory(person=head, unit=UnitFactory())
    for is_inviting in (True, False):
        told = api(head).get(f"{API}places-in-hand/", {"is_inviting": is_inviting}).json()
        assert told == {
            "everywhere": False,
            "places": [{"kind": "unit", "id": str(here.pk), "name": here.short_name}],
        }
    chief = person_with(Permission.MANAGE_ROLES)
    everywhere = {"everywhere": True, "places": []}
    assert api(chief).get(f"{API}places-in-hand/").json() == everywhere
    assert api(chief).get(f"{API}places-in-hand/", {"is_inviting": True}).status_code == 403


def test_a_role_of_the_other_city_is_never_offered(head, here, in_south):
    with in_south():
        theirs = person_with(Permission.MANAGE_ROLES)
        assert names(theirs, ("unit", here.pk)) == []
        assert names(theirs, CITY) == []
