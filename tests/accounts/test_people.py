import pytest

from accounts import registry, services
from accounts.errors import (
    AccountClosed,
    AccountOpen,
    LastAdministrator,
    OwnAccount,
    WrongSuccessor,
)
from accounts.models import Person, Session
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.declaring import Registry
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/people/"


@pytest.fixture
def office():
    return person_with(Permission.MANAGE_PEOPLE, last_name="Biurowa")


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def head(unit):
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=unit.pk,
        last_name="Kierująca",
    )
    MembershipFactory(person=head, unit=unit)
    return head


def member(unit, **fields):
    person = PersonFactory(**fields)
    MembershipFactory(person=person, unit=unit)
    return person


def seen(answer):
    return [one["name"] for one in answer.json()["results"]]


def test_the_office_sees_everybody_in_polish_order_and_finds_by_word(office, api):
    for name in ("Łach", "Lach", "Ćwik", "Cwik"):
        PersonFactory(first_name="Anna", last_name=name)
    browser = api(office)

    assert seen(browser.get(URL)) == [
        "Anna Biurowa",
        "Anna Cwik",
        "Anna Ćwik",
        "Anna Lach",
        "Anna Łach",
    ]
    assert seen(browser.get(URL, {"search": "lach ANN"})) == ["Anna Lach", "Anna Łach"]
    role = office.assignments.get().role
    assert seen(browser.get(URL, {"role": role.pk})) == ["Anna Biurowa"]
    unit = UnitFactory()
    MembershipFactory(person=Person.objects.get(last_name="Łach"), unit=unit)
    assert seen(browser.get(URL, {"unit": unit.pk})) == ["Anna Łach"]
    PersonFactory(last_name="Była", is_active=False)
    assert seen(browser.get(URL, {"is_active": "false"})) == ["Anna Była"]


def test_a_head_sees_and_changes_the_people_of_the_own_unit_alone(head, unit, api):
    mine, foreign = member(unit, last_name="Moja"), member(UnitFactory())
    browser = api(head)

    assert seen(browser.get(URL)) == ["Anna Kierująca", "Anna Moja"]
    assert browser.get(f"{URL}{foreign.pk}/").status_code == 404
    answer = browser.patch(f"{URL}{mine.pk}/", {"last_name": "Nowa"})
    assert (answer.status_code, answer.json()["last_name"]) == (200, "Nowa")
    entry = Entry.objects.get(target_id=str(mine.pk), deed="accounts.change_person")
    assert (entry.right, entry.before, entry.after) == (
        "accounts.manage_unit_people",
        {"last_name": "Moja"},
        {"last_name": "Nowa"},
    )


def test_a_head_does_not_manage_somebody_who_belongs_elsewhere_too(head, unit, api):
    shared = member(unit)
    MembershipFactory(person=shared, unit=UnitFactory())
    clerk = member(unit)
    MembershipFactory(person=clerk, section=SectionFactory())
    strong = person_with(Directory.VIEW_UNITS)
    MembershipFactory(person=strong, unit=unit)

    for person in (shared, clerk, strong):
        assert api(head).get(f"{URL}{person.pk}/").json()["can"] == []
        with pytest.raises(MissingPermission):
            services.close_account(actor=head, person=person)
        with pytest.raises(MissingPermission):
            services.change_email(actor=head, person=person, email="x@example.org")


def test_whoever_manages_accounts_alone_has_no_hold_on_an_administrator(office):
    administrator = person_with(Permission.MANAGE_ROLES)
    for deed in (
        lambda: services.change_person(actor=office, person=administrator, phone="1"),
        lambda: services.change_email(actor=office, person=administrator, email="x@example.org"),
        lambda: services.invite_again(actor=office, person=administrator),
        lambda: services.close_account(actor=office, person=administrator),
    ):
        with pytest.raises(MissingPermission):
            deed()


def test_people_without_the_right_see_no_accounts(api):
    assert api(PersonFactory()).get(URL).status_code == 403
    assert api().get(URL).status_code == 401


def test_a_closed_account_loses_everything_at_once(office, api):
    person = person_with(Directory.VIEW_UNITS)
    person.set_password("koc-w-kratę-17")
    person.save()
    browser = api(person)
    assert browser.get("/api/v1/accounts/session/").json()["person"] is not None

    answer = api(office).post(f"{URL}{person.pk}/close/", {})

    assert (answer.status_code, answer.json()["is_active"]) == (200, False)
    assert answer.json()["roles"] == []
    assert answer.json()["can"] == ["change", "reopen"]
    assert browser.get("/api/v1/accounts/session/").json()["person"] is None
    assert not Session.objects.filter(person=person).exists()
    again = api().post(
        "/api/v1/accounts/session/", {"email": person.email, "password": "koc-w-kratę-17"}
    )
    assert again.status_code == 422
    entry = Entry.objects.get(target_id=str(person.pk), deed="accounts.close_account")
    assert entry.before["roles"] == [f"Rola {person.pk}"]
    with pytest.raises(AccountClosed):
        services.close_account(actor=office, person=person)


def test_closing_hands_the_matters_over_within_the_same_transaction(office, monkeypatch):
    calls = []
    monkeypatch.setattr(registry, "_hand_overs", Registry("hand-over"))
    registry.on_leaving(lambda *facts: calls.append(facts))
    person, successor = PersonFactory(), PersonFactory()

    services.close_account(actor=office, person=person, successor=successor)

    assert calls == [(office, person, successor)]


def test_a_successor_is_somebody_else_with_an_open_account(office):
    person = PersonFactory()
    for successor in (person, PersonFactory(is_active=False)):
        with pytest.raises(WrongSuccessor):
            services.close_account(actor=office, person=person, successor=successor)


def test_nobody_closes_themselves_and_the_last_administrator_stays(office):
    with pytest.raises(OwnAccount):
        services.close_account(actor=office, person=office)
    administrator = person_with(Permission.MANAGE_ROLES)
    with pytest.raises(LastAdministrator):
        services.close_account(actor=SYSTEM, person=administrator)
    assert Person.objects.get(pk=administrator.pk).is_active


def test_an_account_opened_again_has_no_role_and_no_password(office, api):
    person = person_with(Directory.VIEW_UNITS)
    person.set_password("koc-w-kratę-17")
    person.save()
    with pytest.raises(AccountOpen):
        services.reopen_account(actor=office, person=person)
    services.close_account(actor=office, person=person)

    answer = api(office).post(f"{URL}{person.pk}/reopen/")

    assert (answer.json()["is_active"], answer.json()["roles"]) == (True, [])
    assert not Person.objects.get(pk=person.pk).has_usable_password()


def test_the_other_citys_people_are_not_there(office, api, in_south):
    with in_south():
        foreign = PersonFactory()
    assert api(office).get(f"{URL}{foreign.pk}/").status_code == 404
    assert api(office).post(f"{URL}{foreign.pk}/close/", {}).status_code == 404
