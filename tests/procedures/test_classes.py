import pytest

from audit.models import Entry
from opium.errors import Forbidden
from procedures.errors import ClassExists, ClassInUse, ClassUnknown
from procedures.models import CaseClass
from procedures.permissions import Permission
from procedures.services import file_plan, signs
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/procedures/classes/"
GRANTS = {"unit_symbol": "WES", "symbol": "4424", "name": "Granty", "archive_category": "BE5"}


@pytest.fixture
def keeper():
    return person_with(Permission.MANAGE_CLASSES)


def test_a_class_is_added_and_written_down(keeper, api):
    answer = api(keeper).post(ADDRESS, GRANTS, format="json")
    assert answer.status_code == 201
    assert (answer.json()["code"], answer.json()["drawn"]) == ("WES.4424", 0)
    assert Entry.objects.latest("id").after["code"] == "WES.4424"


def test_a_class_is_added_once(keeper):
    file_plan.add_class(actor=keeper, **GRANTS)
    with pytest.raises(ClassExists, match=r"WES\.4424"):
        file_plan.add_class(actor=keeper, **GRANTS)


def test_a_case_is_signed_once_in_the_class_of_its_procedure(keeper, case):
    file_plan.add_class(actor=keeper, **GRANTS)
    day = case.opened_at.date()
    first = signs.sign_of(case=case, symbol="WES.4424", on=day)
    assert first == f"WES.4424.1.{day.year}"
    assert signs.sign_of(case=case, symbol="WES.4424", on=day) == first
    assert signs.sign_of(case=case, symbol="", on=day) == ""


def test_a_class_that_the_city_lacks_gives_no_sign(case):
    with pytest.raises(ClassUnknown, match=r"WES\.9999"):
        signs.sign_of(case=case, symbol="WES.9999", on=case.opened_at.date())


def test_a_class_in_use_is_renamed_or_switched_off_but_keeps_its_symbol(keeper, case):
    grants = file_plan.add_class(actor=keeper, **GRANTS)
    signs.sign_of(case=case, symbol="WES.4424", on=case.opened_at.date())
    file_plan.change_class(actor=keeper, case_class=grants, name="Granty i dotacje")
    with pytest.raises(ClassInUse):
        file_plan.change_class(actor=keeper, case_class=grants, symbol="4425")
    with pytest.raises(ClassInUse):
        file_plan.delete_class(actor=keeper, case_class=grants)
    file_plan.change_class(actor=keeper, case_class=grants, is_active=False)
    grants.refresh_from_db()
    assert (grants.symbol, grants.name, grants.is_active) == ("4424", "Granty i dotacje", False)


def test_only_whoever_keeps_the_plan_changes_it(api):
    reader = person_with(Permission.VIEW_CASES)
    assert api(reader).get(ADDRESS).status_code == 403
    with pytest.raises(Forbidden):
        file_plan.add_class(actor=reader, **GRANTS)


def test_the_plan_of_one_city_is_not_anothers(keeper, in_south):
    file_plan.add_class(actor=keeper, **GRANTS)
    with in_south():
        assert not CaseClass.objects.exists()
