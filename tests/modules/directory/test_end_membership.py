from datetime import date, timedelta

import pytest
from django.utils import timezone

from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from units.selectors import units_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return person_with(Permission.CHANGE_UNITS, Permission.VIEW_UNITS)


def test_the_last_day_still_counts(clerk):
    membership = MembershipFactory(person=PersonFactory(), unit=UnitFactory())

    services.end_membership(actor=clerk, membership=membership)

    assert list(units_of(membership.person.pk)) == [membership.unit]
    membership.refresh_from_db()
    assert membership.valid_to == timezone.localdate()


def test_after_the_last_day_the_person_is_out(clerk):
    membership = MembershipFactory(person=PersonFactory(), unit=UnitFactory())
    yesterday = timezone.localdate() - timedelta(days=1)

    services.end_membership(actor=clerk, membership=membership, valid_to=yesterday)

    assert list(units_of(membership.person.pk)) == []


def test_a_membership_does_not_end_before_it_begins(clerk):
    membership = MembershipFactory(
        person=PersonFactory(), unit=UnitFactory(), valid_from=date(2026, 9, 1)
    )

    with pytest.raises(errors.MembershipDates):
        services.end_membership(actor=clerk, membership=membership, valid_to=date(2026, 8, 31))


def test_a_right_in_another_unit_does_not_end_it():
    membership = MembershipFactory(person=PersonFactory(), unit=UnitFactory())
    head = person_with(Permission.CHANGE_UNITS, scope_kind="unit", scope_id=UnitFactory().pk)

    with pytest.raises(MissingPermission):
        services.end_membership(actor=head, membership=membership)


def test_over_the_api(api, clerk):
    membership = MembershipFactory(person=PersonFactory(), unit=UnitFactory())

    answer = api(clerk).post(
        f"/api/v1/directory/memberships/{membership.pk}/end/", {"valid_to": "2020-01-01"}
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["valid_to"] == "2020-01-01"
