from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.errors import PersonOfOthers
from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory
from units.models import Membership
from units.selectors import units_of

pytestmark = pytest.mark.django_db

URL = "/api/v1/directory/memberships/"


@pytest.fixture
def clerk():
    return person_with(Permission.CHANGE_UNITS, Permission.VIEW_UNITS)


def test_a_person_belongs_to_the_unit_at_once(clerk):
    person, unit = PersonFactory(), UnitFactory()

    membership = services.add_membership(actor=clerk, person=person, unit=unit, position="dyrektor")

    assert list(units_of(person.pk)) == [unit]
    entry = Entry.objects.get(target_id=str(membership.pk))
    assert entry.after == {"position": "dyrektor", "valid_from": None, "valid_to": None}


def test_a_membership_that_begins_tomorrow_counts_tomorrow(clerk):
    person = PersonFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)

    services.add_membership(actor=clerk, person=person, unit=UnitFactory(), valid_from=tomorrow)

    assert list(units_of(person.pk)) == []
    assert Membership.objects.in_force_on(tomorrow).get().person == person


def test_a_membership_is_of_a_unit_or_of_a_section(clerk):
    person = PersonFactory()

    with pytest.raises(errors.MembershipPlace):
        services.add_membership(actor=clerk, person=person)
    with pytest.raises(errors.MembershipPlace):
        services.add_membership(
            actor=clerk, person=person, unit=UnitFactory(), section=SectionFactory()
        )
    assert not Membership.objects.exists()


def test_nobody_holds_the_same_position_twice(clerk):
    person, section = PersonFactory(), SectionFactory()
    services.add_membership(actor=clerk, person=person, section=section, position="referent")

    with pytest.raises(errors.AlreadyMember):
        services.add_membership(actor=clerk, person=person, section=section, position="referent")

    assert Membership.objects.count() == 1


def test_a_membership_does_not_end_before_it_begins(clerk):
    with pytest.raises(errors.MembershipDates):
        services.add_membership(
            actor=clerk,
            person=PersonFactory(),
            unit=UnitFactory(),
            valid_from=date(2026, 9, 2),
            valid_to=date(2026, 9, 1),
        )


def test_a_right_in_one_unit_lets_people_into_that_unit_alone():
    own, other = UnitFactory(), UnitFactory()
    head = person_with(Permission.CHANGE_UNITS, scope_kind="unit", scope_id=own.pk)

    colleague = PersonFactory()
    MembershipFactory(person=colleague, unit=own)

    services.add_membership(actor=head, person=colleague, unit=own, position="sekretariat")

    with pytest.raises(PersonOfOthers):
        services.add_membership(actor=head, person=PersonFactory(), unit=own)
    with pytest.raises(MissingPermission):
        services.add_membership(actor=head, person=PersonFactory(), unit=other)
    with pytest.raises(MissingPermission):
        services.add_membership(actor=head, person=PersonFactory(), section=SectionFactory())


def test_over_the_api(api, clerk):
    person, unit = PersonFactory(), UnitFactory()

    answer = api(clerk).post(
        URL, {"person": str(person.pk), "unit": str(unit.pk), "position": "sekretariat"}
    )

    assert answer.status_code == 201, answer.content
    membership = answer.json()
    assert (membership["person"], membership["unit"]) == (str(person.pk), str(unit.pk))
    assert list(units_of(person.pk)) == [unit]


def test_a_unit_out_of_sight_does_not_exist(api, in_south, clerk):
    with in_south():
        foreign = UnitFactory()

    answer = api(clerk).post(URL, {"person": str(PersonFactory().pk), "unit": str(foreign.pk)})

    assert answer.status_code == 404
