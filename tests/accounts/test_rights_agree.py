"""Whatever the roles and assignments, what a selector shows is what `require` allows."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Case, UUIDField, Value, When
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts import scopes, selectors
from accounts.models import Assignment, Person, Role
from accounts.permissions import Permission, may_manage
from modules.directory import selectors as directory
from modules.directory.permissions import Permission as Directory
from opium.permissions import Held, MissingPermission, all_permissions, may, require
from tests.factories.accounts import PersonFactory
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    SectionFactory,
    UnitFactory,
    UnitKindFactory,
)
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db

PERMISSIONS = (Directory.VIEW_UNITS, Directory.CHANGE_UNITS, *list(Permission)[:4])
DAYS = st.sampled_from([None, -2, -1, 0, 1, 2])
ASSIGNMENTS = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(PERMISSIONS), min_size=1),
        st.sampled_from([False, False, False, True]),
        st.sampled_from(["city", "unit", "unit", "section", "group", "kind", "matter", "matter"]),
        st.integers(0, 3),
        DAYS,
        DAYS,
    ),
    max_size=6,
)


@pytest.fixture
def places(matters):
    kinds = [UnitKindFactory(code=f"rodzaj-{number}") for number in range(2)]
    units = [UnitFactory(kind=kinds[number % 2]) for number in range(4)]
    sections = [SectionFactory() for _ in range(4)]
    groups = [GroupFactory(units=units[:number]) for number in range(4)]
    for unit in units:
        MembershipFactory(person=PersonFactory(), unit=unit)
    MembershipFactory(person=PersonFactory(), section=sections[0])
    return {
        "unit": units,
        "section": sections,
        "group": groups,
        "kind": kinds * 2,
        "matter": matters * 2,
    }


def day(offset):
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


def hold(person, assignments, places):
    for number, (permissions, demands, kind, place, one, other) in enumerate(assignments):
        first, last = sorted((one, other)) if None not in (one, other) else (one, other)
        role = Role.objects.create(
            name=f"Rola {number} {person.pk}",
            permissions=sorted(map(str, permissions)),
            requires_mfa=demands,
        )
        Assignment.objects.create(
            person=person,
            role=role,
            scope_kind=kind,
            scope_id=None if kind == "city" else _id(places[kind][place]),
            valid_from=day(first),
            valid_to=day(last),
        )


def _id(place):
    return getattr(place, "pk", place)


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(assignments=ASSIGNMENTS, other=ASSIGNMENTS)
def test_what_is_shown_equals_what_is_allowed(places, assignments, other):
    with transaction.atomic():
        person, second = PersonFactory(), PersonFactory()
        hold(person, assignments, places)
        hold(second, other, places)
        person = Person.objects.get(pk=person.pk)
        _compare(person)
        _compare_matters(person, places["matter"])
        transaction.set_rollback(True)  # each example begins with the same rows


def _compare(person):
    shown = set(directory.units_visible_to(person))
    assert shown == {unit for unit in Unit.objects.all() if may(person, Directory.VIEW_UNITS, unit)}

    for unit in Unit.objects.all():
        if unit in shown:
            require(person, Directory.VIEW_UNITS, unit)
        else:
            with pytest.raises(MissingPermission):
                require(person, Directory.VIEW_UNITS, unit)

    everybody = list(Person.objects.all())
    for unit in Unit.objects.all():
        for permission in (Directory.VIEW_UNITS, Permission.MANAGE_UNIT_PEOPLE):
            allowed = {one for one in everybody if one.allows(permission, unit)}
            try:
                told = selectors.who_may(person, permission, ("unit", unit.pk))
            except MissingPermission:
                assert not person.allows(Permission.VIEW_RIGHTS, unit)
                assert not person.allows(Permission.MANAGE_ROLES, unit)
            else:
                assert {one.person for one in told if not one.is_withheld} == allowed

    rights = selectors.rights_of(person, person)
    assert {right.permission for right in rights if not right.is_withheld} == {
        permission
        for permission in all_permissions()
        if permission.held is Held.BY_ROLE and person.reach(permission)
    }

    managed = {one for one in everybody if may_manage(person, one)}
    try:
        visible = set(selectors.people_visible_to(person))
    except MissingPermission:
        visible = set()
    assert managed <= visible


def _compare_matters(person, kinds):
    """Rows of a unit or a section, of one kind or the other."""
    pks = list(Membership.objects.order_by("pk").values_list("pk", flat=True))
    of_kind = [When(pk=pk, then=Value(kinds[n % 2])) for n, pk in enumerate(pks)]
    rows = Membership.objects.annotate(kind_id=Case(*of_kind, output_field=UUIDField()))
    assert {row.kind_id for row in rows} == set(kinds)
    for permission in PERMISSIONS:
        where = scopes.within(
            person.reach(permission), unit="unit_id", section="section_id", kind="kind_id"
        )
        assert set(rows.filter(where)) == {row for row in rows if may(person, permission, row)}
    for kind in kinds:
        everybody = list(Person.objects.all())
        spot = scopes.spot(scopes.MATTER, kind)
        try:
            told = selectors.who_may(person, Directory.VIEW_UNITS, (scopes.MATTER, kind))
        except MissingPermission:
            assert not person.allows(Permission.VIEW_RIGHTS, spot)
            assert not person.allows(Permission.MANAGE_ROLES, spot)
        else:
            allowed = {one for one in everybody if one.allows(Directory.VIEW_UNITS, spot)}
            assert {one.person for one in told if not one.is_withheld} == allowed
