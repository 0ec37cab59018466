"""A role can be held for one kind of matters."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from accounts import scopes, selectors, services
from accounts.errors import BeyondOwnRights, UnknownPlace, UnknownScope
from accounts.models import Assignment, Person, Role
from accounts.permissions import Permission, may_manage
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM, Reach
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return Role.objects.create(name="Czyta", permissions=[str(Directory.VIEW_UNITS)])


def give(reader, kind, *, actor=SYSTEM, person=None):
    person = person or PersonFactory()
    services.assign_role(
        actor=actor, person=person, role=reader, scope_kind="matter", scope_id=kind
    )
    return Person.objects.get(pk=person.pk)


def matter(kind, unit=None):
    return SimpleNamespace(kind_id=kind, unit_id=unit or uuid4(), section_id=None)


def test_a_role_for_a_kind_of_matters_counts_for_that_kind_alone(matters, reader):
    awards, grants = matters
    person = give(reader, awards)

    assert person.reach(Directory.VIEW_UNITS) == Reach(kinds=frozenset({awards}))
    assert person.allows(Directory.VIEW_UNITS, matter(awards))
    assert not person.allows(Directory.VIEW_UNITS, matter(grants))
    assert not person.allows(Directory.VIEW_UNITS, UnitFactory())


def test_a_role_in_a_unit_and_one_for_a_kind_add_up(matters, reader):
    awards, grants = matters
    own = UnitFactory()
    person = PersonFactory()
    Assignment.objects.create(person=person, role=reader, scope_kind="unit", scope_id=own.pk)
    person = give(reader, awards, person=person)

    assert person.allows(Directory.VIEW_UNITS, matter(grants, own.pk))
    assert person.allows(Directory.VIEW_UNITS, matter(awards))
    assert not person.allows(Directory.VIEW_UNITS, matter(grants))


def test_the_screens_name_the_kind_of_matters(matters, reader, api):
    person = give(reader, matters[0])

    [right] = api(person).get("/api/v1/accounts/rights/").json()
    kinds = api(person).get("/api/v1/accounts/scopes/").json()

    [ground] = right["grounds"]
    assert ground["scope"] == {"kind": "matter", "id": str(matters[0]), "name": "Nagrody"}
    assert {"kind": "matter", "label": "rodzaj spraw"} in kinds


def test_a_kind_that_nobody_explains_is_refused(matters, reader, monkeypatch):
    with pytest.raises(UnknownPlace):
        give(reader, uuid4())
    monkeypatch.delitem(scopes._places, scopes.MATTER)
    with pytest.raises(UnknownScope):
        give(reader, matters[0])
    assert not Assignment.objects.exists()


def test_a_kind_that_is_gone_gives_no_right(matters, reader, monkeypatch):
    person = give(reader, matters[0])
    monkeypatch.delitem(scopes._places, scopes.MATTER)

    assert not Person.objects.get(pk=person.pk).allows(Directory.VIEW_UNITS)
    assert selectors.rights_of(SYSTEM, person) == []


def test_whoever_assigns_roles_for_a_kind_gives_and_sees_them_for_that_kind_alone(matters, reader):
    awards, grants = matters
    chief = person_with(
        Permission.MANAGE_ROLES, Directory.VIEW_UNITS, scope_kind="matter", scope_id=awards
    )
    given = give(reader, awards, actor=chief)
    give(reader, grants)

    with pytest.raises(BeyondOwnRights):
        strong = Role.objects.create(name="Zmienia", permissions=[str(Directory.CHANGE_UNITS)])
        give(strong, awards, actor=chief)
    seen = {one.person for one in selectors.assignments_visible_to(chief)}
    assert seen == {chief, given}


def test_a_head_does_not_manage_somebody_who_also_keeps_a_kind_of_matters(matters, reader):
    unit = UnitFactory()
    head = person_with(Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=unit.pk)
    teacher, clerk = PersonFactory(), PersonFactory()
    for person in (teacher, clerk):
        MembershipFactory(person=person, unit=unit)
    give(reader, matters[0], person=clerk)

    assert may_manage(head, teacher)
    assert not may_manage(head, clerk)


def test_a_function_can_be_held_for_a_kind_of_matters(matters):
    awards, grants = matters
    anywhere, for_awards = PersonFactory(), PersonFactory()
    function = services.add_function(actor=SYSTEM, code="zatwierdza", name="Zatwierdza")
    services.give_function(actor=SYSTEM, function=function, person=anywhere)
    services.give_function(
        actor=SYSTEM, function=function, person=for_awards, scope_kind="matter", scope_id=awards
    )

    def acting(kind):
        return [one.person for one in selectors.holders_of("zatwierdza", matter(kind))]

    assert acting(awards) == [for_awards]
    assert acting(grants) == [anywhere]
