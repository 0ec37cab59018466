from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import selectors, services
from accounts.errors import (
    FunctionNameTaken,
    FunctionTaken,
    HolderMissing,
    HolderTaken,
    UnknownPlace,
)
from accounts.models import Assignment, Function, Role
from accounts.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/functions/"
TODAY = timezone.localdate()


@pytest.fixture
def administrator():
    return person_with(Permission.MANAGE_ROLES)


@pytest.fixture
def approval():
    return services.add_function(actor=SYSTEM, code="zatwierdza", name="Zatwierdza za referat")


def acting(found):
    return [(one.person, one.in_place_of) for one in found]


def test_a_function_of_a_section_goes_before_that_of_the_city(approval):
    finance, other = SectionFactory(), SectionFactory()
    director, head = PersonFactory(), PersonFactory()
    services.give_function(actor=SYSTEM, function=approval, person=director)
    services.give_function(
        actor=SYSTEM, function=approval, person=head, scope_kind="section", scope_id=finance.pk
    )

    assert acting(selectors.holders_of("zatwierdza", finance)) == [(head, None)]
    assert acting(selectors.holders_of("zatwierdza", other)) == [(director, None)]
    assert acting(selectors.holders_of("zatwierdza")) == [(head, None)]
    assert selectors.holders_of("nieznana", finance) == []


def test_a_role_means_whoever_holds_it_where_the_subject_belongs(approval):
    finance, other = SectionFactory(), SectionFactory()
    role = Role.objects.create(name="Kierownik")
    here, there, past, gone = (PersonFactory(last_name=name) for name in "ABCD")
    for person, section, last in (
        (here, finance, None),
        (there, other, None),
        (past, finance, TODAY - timedelta(days=1)),
        (gone, finance, None),
    ):
        Assignment.objects.create(
            person=person, role=role, scope_kind="section", scope_id=section.pk, valid_to=last
        )
    services.close_account(actor=SYSTEM, person=gone)
    services.give_function(actor=SYSTEM, function=approval, role=role)

    assert acting(selectors.holders_of("zatwierdza", finance)) == [(here, None)]


def test_two_functions_never_bear_one_name(approval, administrator):
    with pytest.raises(FunctionNameTaken, match=r"już jest \(kod: zatwierdza\)"):
        services.add_function(actor=administrator, code="inna", name="zatwierdza ZA Referat")
    other = services.add_function(actor=administrator, code="inna", name="Inna")
    with pytest.raises(FunctionNameTaken):
        services.change_function(actor=administrator, function=other, name=approval.name)
    renamed = services.change_function(
        actor=administrator, function=approval, name="ZATWIERDZA za referat"
    )
    assert renamed.name == "ZATWIERDZA za referat"


def test_nonsense_is_refused(approval, administrator):
    given = {"actor": administrator, "function": approval}
    person, role = PersonFactory(), Role.objects.create(name="Kierownik")
    with pytest.raises(FunctionTaken):
        services.add_function(actor=administrator, code="zatwierdza", name="Znowu")
    with pytest.raises(HolderMissing):
        services.give_function(**given)
    with pytest.raises(HolderMissing):
        services.give_function(**given, person=person, role=role)
    with pytest.raises(UnknownPlace):
        services.give_function(**given, person=person, scope_kind="unit", scope_id=person.pk)
    services.give_function(**given, person=person)
    with pytest.raises(HolderTaken):
        services.give_function(**given, person=person)


def test_functions_are_settled_by_whoever_manages_roles(approval):
    with pytest.raises(MissingPermission):
        services.give_function(
            actor=person_with(Permission.MANAGE_PEOPLE), function=approval, person=PersonFactory()
        )


def test_functions_through_the_api(administrator, api):
    browser, person, unit = api(administrator), PersonFactory(), UnitFactory()
    made = browser.post(URL, {"code": "opiniuje", "name": "Opiniuje"}).json()

    given = {"person": person.pk, "scope": {"kind": "unit", "id": unit.pk}}
    answer = browser.post(f"{URL}{made['id']}/holders/", given)

    assert answer.status_code == 201
    [holder] = answer.json()["holders"]
    assert holder["person"]["name"] == person.display_name
    assert holder["scope"] == {"kind": "unit", "id": str(unit.pk), "name": unit.short_name}
    asked = {"scope_kind": "unit", "scope_id": unit.pk}
    assert browser.get(f"{URL}{made['id']}/acting/", asked).json() == [
        {
            "person": {"id": str(person.pk), "name": person.display_name, "email": person.email},
            "in_place_of": None,
        }
    ]
    assert browser.delete(f"/api/v1/accounts/holders/{holder['id']}/").status_code == 204
    assert browser.get(f"{URL}{made['id']}/").json()["holders"] == []
    assert browser.delete(f"{URL}{made['id']}/").status_code == 204
    assert not Function.objects.exists()


def test_a_stranger_to_roles_sees_no_functions(approval, api):
    assert api(PersonFactory()).get(URL).status_code == 403
    assert api(PersonFactory()).get(f"{URL}{approval.pk}/acting/").status_code == 403


@pytest.mark.parametrize("count", [1, 20])
def test_who_acts_takes_three_queries(approval, count, django_assert_num_queries):
    section, role = SectionFactory(), Role.objects.create(name="Kierownik")
    services.give_function(actor=SYSTEM, function=approval, role=role)
    for _ in range(count):
        person = PersonFactory()
        Assignment.objects.create(
            person=person, role=role, scope_kind="section", scope_id=section.pk
        )
        services.appoint_substitute(
            actor=SYSTEM, person=person, substitute=PersonFactory(), starts_on=TODAY, ends_on=TODAY
        )

    with django_assert_num_queries(3):  # holders, assignments, substitutions
        found = selectors.holders_of("zatwierdza", section)
    assert len(found) == count
