import pytest

from audit.models import Entry
from opium.errors import Forbidden
from procedures.errors import ClassExists, ClassInUse, ClassUnknown
from procedures.models import CaseClass
from procedures.permissions import Permission
from procedures.services import classes as services
from procedures.services import signs
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
    services.add_class(actor=keeper, **GRANTS)
    with pytest.raises(ClassExists, match=r"WES\.4424"):
        services.add_class(actor=keeper, **GRANTS)


def test_a_case_is_signed_once_in_the_class_of_its_procedure(keeper, case):
    services.add_class(actor=keeper, **GRANTS)
    day = case.opened_at.date()
    first = signs.sign_of(case=case, symbol="WES.4424", on=day)
    assert first == f"WES.4424.1.{day.year}"
    assert signs.sign_of(case=case, symbol="WES.4424", on=day) == first
    assert signs.sign_of(case=case, symbol="", on=day) == ""


def test_a_class_that_the_city_lacks_gives_no_sign(case):
    with pytest.raises(ClassUnknown, match=r"WES\.9999"):
        signs.sign_of(case=case, symbol="WES.9999", on=case.opened_at.date())


def test_a_class_in_use_is_renamed_or_switched_off_but_keeps_its_symbol(keeper, case):
    grants = services.add_class(actor=keeper, **GRANTS)
    signs.sign_of(case=case, symbol="WES.4424", on=case.opened_at.date())
    services.change_class(actor=keeper, case_class=grants, name="Granty i dotacje")
    with pytest.raises(ClassInUse):
        services.change_class(actor=keeper, case_class=grants, symbol="4425")
    with pytest.raises(ClassInUse):
        services.delete_class(actor=keeper, case_class=grants)
    services.change_class(actor=keeper, case_class=grants, is_active=False)
    grants.refresh_from_db()
    assert (grants.symbol, grants.name, grants.is_active) == ("4424", "Granty i dotacje", False)


def test_only_whoever_keeps_the_plan_changes_it(api):
    reader = person_with(Permission.VIEW_CASES)
    assert api(reader).get(ADDRESS).status_code == 403
    with pytest.raises(Forbidden):
        services.add_class(actor=reader, **GRANTS)


def test_the_plan_of_one_city_is_not_anothers(keeper, in_south):
    services.add_class(actor=keeper, **GRANTS)
    with in_south():
        assert not CaseClass.objects.exists()
