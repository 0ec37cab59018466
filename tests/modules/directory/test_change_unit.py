import pytest

from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import MissingPermission
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 31", phone="111111111", email="sp31@example.org")


@pytest.fixture
def head(unit):
    return person_with(
        Permission.CHANGE_CONTACT, Permission.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk
    )


def test_only_what_changes_is_written_down(unit):
    clerk = person_with(Permission.CHANGE_UNITS)

    services.change_unit(actor=clerk, unit=unit, phone=" 222222222 ", email="sp31@example.org")

    unit.refresh_from_db()
    assert unit.phone == "222222222"
    entry = Entry.objects.get(target_id=str(unit.pk))
    assert (entry.before, entry.after) == ({"phone": "111111111"}, {"phone": "222222222"})


def test_a_change_that_changes_nothing_is_no_deed(unit):
    clerk = person_with(Permission.CHANGE_UNITS)

    services.change_unit(actor=clerk, unit=unit, phone=unit.phone, kind=unit.kind.code)

    assert not Entry.objects.filter(target_id=str(unit.pk)).exists()


def test_a_new_short_name_moves_the_unit_in_the_polish_order(unit):
    clerk = person_with(Permission.CHANGE_UNITS)
    before = unit.sort_key

    changed = services.change_unit(actor=clerk, unit=unit, short_name="Łączka", name="Łączka")

    changed.refresh_from_db()
    assert changed.sort_key != before
    assert "laczka" in changed.search


def test_a_head_changes_the_contact_of_the_own_unit(head, unit):
    services.change_unit(actor=head, unit=unit, phone="333333333")

    unit.refresh_from_db()
    assert unit.phone == "333333333"
    assert Entry.objects.get(target_id=str(unit.pk)).right == Permission.CHANGE_CONTACT


@pytest.mark.parametrize(
    "changes", [{"name": "Moja szkoła"}, {"phone": "1", "nip": ""}, {"kind": "inna"}]
)
def test_a_head_changes_nothing_but_the_contact(head, unit, changes):
    UnitKindFactory(code="inna")

    with pytest.raises(MissingPermission):
        services.change_unit(actor=head, unit=unit, **changes)

    unit.refresh_from_db()
    assert (unit.phone, unit.kind.code) == ("111111111", "szkola-podstawowa")


def test_a_head_changes_no_other_unit(head):
    other = UnitFactory(phone="1")

    with pytest.raises(MissingPermission):
        services.change_unit(actor=head, unit=other, phone="2")


def test_a_taken_short_name_is_refused(unit):
    UnitFactory(short_name="SP nr 32")
    clerk = person_with(Permission.CHANGE_UNITS)

    with pytest.raises(errors.ShortNameTaken):
        services.change_unit(actor=clerk, unit=unit, short_name="sp nr 32")


def test_a_wrong_number_that_stands_there_already_does_not_stop_other_changes(unit):
    unit.regon = "581646000"
    unit.save()
    clerk = person_with(Permission.CHANGE_UNITS)

    services.change_unit(actor=clerk, unit=unit, regon="581646000", phone="222222222")

    unit.refresh_from_db()
    assert unit.phone == "222222222"


def test_over_the_api(api, head, unit):
    page = f"/api/v1/directory/units/{unit.pk}/"

    answer = api(head).patch(page, {"phone": "333333333", "website": "https://sp31.example.org"})

    assert answer.status_code == 200, answer.content
    assert answer.json()["phone"] == "333333333"
    assert answer.json()["can"] == ["change_contact"]
    refused = api(head).patch(page, {"name": "Moja szkoła"})
    assert (refused.status_code, refused.json()["code"]) == (403, "missing_permission")


def test_a_unit_that_the_actor_may_not_see_does_not_exist_for_them(api, head):
    other = UnitFactory()

    answer = api(head).patch(f"/api/v1/directory/units/{other.pk}/", {"phone": "1"})

    assert answer.status_code == 404
