from datetime import date

import pytest
from django.utils import timezone

from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import MissingPermission
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return person_with(Permission.CHANGE_UNITS, Permission.VIEW_UNITS)


def test_a_unit_closes_today_unless_another_day_is_given(clerk):
    unit = services.close_unit(actor=clerk, unit=UnitFactory())

    unit.refresh_from_db()
    assert unit.closed_on == timezone.localdate()
    assert not unit.is_open
    assert Entry.objects.get(target_id=str(unit.pk)).after == {
        "closed_on": timezone.localdate().isoformat()
    }


def test_a_closed_unit_cannot_be_closed_again(clerk):
    unit = UnitFactory(closed_on=date(2020, 8, 31))

    with pytest.raises(errors.UnitAlreadyClosed):
        services.close_unit(actor=clerk, unit=unit)

    unit.refresh_from_db()
    assert unit.closed_on == date(2020, 8, 31)


def test_a_unit_does_not_close_before_it_opened(clerk):
    unit = UnitFactory(opened_on=date(2020, 9, 1))

    with pytest.raises(errors.WrongUnitDetails) as refusal:
        services.close_unit(actor=clerk, unit=unit, closed_on=date(2020, 8, 31))

    assert [error.field for error in refusal.value.errors] == ["closed_on"]


def test_the_head_of_the_unit_does_not_close_it():
    unit = UnitFactory()
    head = person_with(Permission.CHANGE_CONTACT, scope_kind="unit", scope_id=unit.pk)

    with pytest.raises(MissingPermission):
        services.close_unit(actor=head, unit=unit)


def test_over_the_api(api, clerk):
    unit = UnitFactory()

    answer = api(clerk).post(
        f"/api/v1/directory/units/{unit.pk}/close/", {"closed_on": "2030-08-31"}
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["closed_on"] == "2030-08-31"
    assert answer.json()["is_open"] is True
    assert answer.json()["can"] == ["change", "change_contact"]
