"""A new edition's rights reach the cities that exist: given, proposed, or left alone."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import tenant_context

from accounts import services as accounts
from accounts.errors import NothingOffered
from accounts.models import Person, Role, RoleOffer
from accounts.permissions import Permission as Accounts
from accounts.selectors import proposed_to
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from modules.messaging.permissions import Permission as Messaging
from notifications.models import Notification
from opium import starting
from opium.permissions import SYSTEM, MissingPermission
from provisioning import services
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from todo.selectors import people_behind, todo_of
from todo.selectors.standpoints import standpoints_of

pytestmark = pytest.mark.django_db
NEW = Directory.IMPORT_UNITS
"""A right that the reader lacks at first, and the next edition of the platform gives them."""


@pytest.fixture
def edition(monkeypatch):
    """The next edition: the reader imports units, and there is an auditor."""
    given = {code: set(rights) for code, rights in starting._given.items()}
    monkeypatch.setattr(starting, "_given", given)
    monkeypatch.setattr(starting, "_brought", dict(starting._brought))

    def come():
        starting.give(starting.READER, NEW)
        starting.give(starting.StartingRole("auditor", "Kontroler", "Sprawdza."), NEW)

    return come


def reader() -> Role:
    return Role.objects.select_related("offer").get(offer__code="reader")


def waits_for(person):
    return [one.code for one in todo_of(Person.objects.get(pk=person.pk))]


def upgrade():
    return services.upgrade_city(actor=SYSTEM, tenant=connection.tenant)


def test_a_role_that_the_city_has_not_changed_gains_the_new_right(edition):
    edition()

    assert upgrade() == []

    assert reader().permissions == [Directory.IMPORT_UNITS, Directory.VIEW_UNITS]
    assert proposed_to(reader()) == []


def test_a_renamed_role_is_still_the_one_that_it_was(edition):
    accounts.change_role(actor=SYSTEM, role=reader(), name="Podgląd")
    edition()
    upgrade()

    assert (reader().name, NEW in reader().permissions) == ("Podgląd", True)


def test_for_a_role_that_the_city_has_changed_the_right_is_only_proposed(edition):
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[Messaging.VIEW_MESSAGES])
    edition()

    assert upgrade() == ["Czytelnik"]

    assert reader().permissions == [Messaging.VIEW_MESSAGES]
    assert proposed_to(reader()) == [NEW]


def test_a_right_that_the_city_took_away_before_is_never_proposed_again(edition):
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[])

    assert upgrade() == []
    assert proposed_to(reader()) == []


def test_a_proposal_that_is_accepted_joins_the_citys_own_rights(edition):
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[Messaging.VIEW_MESSAGES])
    edition()
    upgrade()

    accounts.answer_offer(actor=SYSTEM, role=reader(), accept=True)

    assert reader().permissions == [NEW, Messaging.VIEW_MESSAGES]
    with pytest.raises(NothingOffered):
        accounts.answer_offer(actor=SYSTEM, role=reader(), accept=True)


def test_a_proposal_that_is_declined_changes_nothing_and_does_not_come_back(edition):
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[Messaging.VIEW_MESSAGES])
    edition()
    upgrade()

    accounts.answer_offer(actor=SYSTEM, role=reader(), accept=False)

    assert upgrade() == []
    assert reader().permissions == [Messaging.VIEW_MESSAGES]
    assert proposed_to(reader()) == []


def test_whoever_manages_roles_has_a_proposal_on_the_desk_and_under_the_bell_until_it_is_decided(
    edition,
):
    boss, other = person_with(Accounts.MANAGE_ROLES), person_with(Accounts.MANAGE_ROLES)
    in_a_unit = person_with(Accounts.MANAGE_ROLES, scope_kind="unit", scope_id=UnitFactory().pk)
    looker = person_with(Accounts.VIEW_RIGHTS)
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[Messaging.VIEW_MESSAGES])
    assert waits_for(boss) == []
    edition()

    upgrade()
    upgrade()

    address = f"/accounts/roles/{reader().pk}"
    assert [(one.title, one.details, one.url) for one in todo_of(boss)] == [
        ("Rola „Czytelnik”", "nowe wydanie proponuje 1 uprawnienie", address)
    ]
    assert waits_for(other) == ["accounts.answer_proposal"]
    assert (waits_for(looker), waits_for(in_a_unit)) == ([], [])
    told = Notification.objects.filter(kind="accounts.proposal")
    assert set(told.values_list("person", "url")) == {(boss.pk, address), (other.pk, address)}
    assert told.count() == 2
    [row] = todo_of(boss)
    assert set(people_behind(row)) == {boss, other}
    assert standpoints_of([boss, looker])[boss.pk].means(row)
    assert not standpoints_of([boss, looker])[looker.pk].means(row)

    accounts.answer_offer(actor=boss, role=reader(), accept=False)

    assert (waits_for(boss), waits_for(other)) == ([], [])
    upgrade()
    assert waits_for(boss) == []


def test_a_proposal_that_is_moot_waits_for_nobody(edition):
    boss = person_with(Accounts.MANAGE_ROLES)
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[])
    edition()
    upgrade()
    assert waits_for(boss) == ["accounts.answer_proposal"]

    accounts.change_role(actor=boss, role=reader(), permissions=[NEW])

    assert waits_for(boss) == []
    accounts.change_role(actor=boss, role=reader(), permissions=[])
    assert waits_for(boss) == ["accounts.answer_proposal"]
    accounts.delete_role(actor=boss, role=reader())
    assert waits_for(boss) == []


def test_a_proposal_of_one_city_waits_for_nobody_in_the_other(edition, in_south):
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[])
    edition()
    upgrade()

    with in_south():
        assert waits_for(person_with(Accounts.MANAGE_ROLES)) == []


def test_a_role_that_a_module_brings_is_made_once_and_one_that_was_deleted_stays_away(edition):
    edition()
    upgrade()
    brought = Role.objects.get(name="Kontroler")
    assert brought.permissions == [NEW]

    accounts.delete_role(actor=SYSTEM, role=brought)
    upgrade()

    assert not Role.objects.filter(name="Kontroler").exists()


def test_a_role_of_the_citys_own_that_bears_the_name_already_is_asked_about_and_not_changed(
    edition,
):
    own = accounts.add_role(actor=SYSTEM, name="Kontroler", permissions=[])
    edition()

    assert upgrade() == ["Kontroler"]

    own.refresh_from_db()
    assert own.permissions == []


def test_upgrading_twice_changes_nothing_the_second_time(edition):
    edition()
    upgrade()
    before = list(Role.objects.order_by("pk").values_list("name", "permissions"))
    entries = Entry.objects.count()

    upgrade()

    assert list(Role.objects.order_by("pk").values_list("name", "permissions")) == before
    assert Entry.objects.count() == entries
    assert RoleOffer.objects.filter(code="reader").count() == 1


def test_modules_switched_on_for_an_old_city_bring_their_rights(edition, city):
    services.switch_modules(actor=SYSTEM, tenant=city, modules=["directory"])
    edition()

    services.switch_modules(actor=SYSTEM, tenant=city, modules=["messaging"])

    assert city.modules == ["directory", "messaging"]
    assert NEW in reader().permissions


def test_only_an_operator_upgrades_a_city(edition, city):
    edition()
    with pytest.raises(MissingPermission):
        services.upgrade_city(actor=person_with("accounts.manage_roles"), tenant=city)
    assert reader().permissions == [Directory.VIEW_UNITS]


def test_the_command_reaches_every_city_and_one_that_fails_stops_no_other(edition, south, capsys):
    Role.objects.create(name="Kontroler (auditor)")
    Role.objects.filter(offer__code="reader").update(name="Kontroler")  # no name is left here
    with tenant_context(south):
        Role.objects.create(name="Kontroler")
    edition()

    with pytest.raises(CommandError, match="North: RoleTaken"):
        call_command("city_upgrade")

    assert "South: gotowe; do decyzji administratora: Kontroler" in capsys.readouterr().out
    assert NEW not in reader().permissions
    with tenant_context(south):
        assert NEW in reader().permissions


def test_the_roles_page_shows_what_is_proposed_and_takes_the_answer(edition, api):
    boss = person_with("accounts.manage_roles")
    accounts.change_role(actor=SYSTEM, role=reader(), permissions=[])
    edition()
    upgrade()
    address = f"/api/v1/accounts/roles/{reader().pk}/"

    assert api(boss).get(address).json()["proposed"] == [NEW]
    answer = api(boss).post(f"{address}answer-offer/", {"accept": True}, format="json")

    assert (answer.status_code, answer.json()["permissions"]) == (200, [NEW])
    again = api(boss).post(f"{address}answer-offer/", {"accept": True}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_offered")
    looker = person_with("accounts.view_rights")
    assert api(looker).post(f"{address}answer-offer/", {"accept": True}).status_code == 403


def test_a_city_opened_before_the_offers_is_recognised_by_its_roles_names(city):
    recognise = import_module("accounts.migrations.0008_role_offers").recognise
    RoleOffer.objects.all().delete()
    Role.objects.filter(name="Finanse").update(name="Skarbnik")

    recognise(apps, SimpleNamespace(connection=connection))

    offers = {offer.code: offer for offer in RoleOffer.objects.select_related("role")}
    assert offers["reader"].role == Role.objects.get(name="Czytelnik")
    assert offers["reader"].offered == [Directory.VIEW_UNITS]
    assert offers["finance"].role is None
    assert set(offers) == {role.code for role, _ in starting.starting_roles()}
