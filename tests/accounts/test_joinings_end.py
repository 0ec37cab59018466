"""How a request to join ends, and who may ask for what."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.errors import (
    AlreadyAsked,
    AlreadyHere,
    BeyondOwnRights,
    JoiningEnded,
    LinkEnded,
    Overdone,
    PersonOfOthers,
)
from accounts.models import Assignment, Joining, Person, Role
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM, MissingPermission
from tests.accounts.conftest import API, PASSWORD
from tests.accounts.joinings import LINK, bell_of, belongs, body, desk_of
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from units.models import Membership

pytestmark = pytest.mark.django_db


def test_after_its_day_nobody_can_agree_and_both_are_told(ala, ask, unit, head):
    joining = ask("ala@example.org")
    with time_machine.travel(joining.expires_at + timedelta(minutes=1)):
        with pytest.raises(JoiningEnded):
            services.agree_to_join(actor=ala, joining=joining)
        assert Joining.objects.get().state == "lapsed"
        services.purge_expired(actor=SYSTEM)
        services.purge_expired(actor=SYSTEM)

        assert bell_of(head) == ["Ewa Nowa: brak odpowiedzi na prośbę o dołączenie do: SP nr 2"]
        assert "Minął termin prośby o dołączenie do: SP nr 2" in bell_of(ala)
        assert desk_of(ala) == []
    assert not belongs(ala, unit)
    with time_machine.travel(joining.expires_at + timedelta(days=31)):
        assert services.purge_expired(actor=SYSTEM)["joinings"] == 1


def test_a_letter_is_worth_nothing_after_its_day(ask):
    joining = ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[0].body)
    with time_machine.travel(joining.expires_at), pytest.raises(LinkEnded):
        services.agree_by_letter(token=token, password=PASSWORD)


def test_whoever_asked_takes_it_back_and_the_person_is_told(ala, ask, unit, head, api):
    joining = ask("ala@example.org")
    elsewhere = UnitFactory()
    neighbour = person_with(Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=elsewhere.pk)
    address = f"{API}joinings/{joining.pk}/withdraw/"

    assert api(neighbour).post(address).status_code == 404
    assert api(ala).post(address).status_code == 403
    assert api(head).post(address).json()["state"] == "withdrawn"

    with pytest.raises(JoiningEnded):
        services.agree_to_join(actor=ala, joining=joining)
    assert "Wycofano prośbę o dołączenie do: SP nr 2" in bell_of(ala)
    assert desk_of(ala) == []
    assert bell_of(head) == []
    assert ask("ala@example.org").pk != joining.pk


def test_one_request_waits_in_a_place_and_another_place_asks_for_itself(ala, ask, head, unit):
    ask("ala@example.org")
    with pytest.raises(AlreadyAsked):
        ask("Ala@Example.org")
    other = UnitFactory(short_name="SP nr 3")
    theirs = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=other.pk,
    )
    ask("ala@example.org", actor=theirs, home=("unit", other.pk))

    assert len(desk_of(ala)) == 2
    MembershipFactory(person=ala, unit=unit)
    with pytest.raises(AlreadyHere):
        ask("ala@example.org")


@pytest.mark.parametrize("loss", ["role ended", "account closed", "role weaker", "place gone"])
def test_a_request_is_void_where_whoever_asked_may_not_give_that_any_more(
    ala, ask, head, role, loss
):
    joining = ask("ala@example.org")
    match loss:
        case "role ended":
            head.assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
        case "account closed":
            Person.objects.filter(pk=head.pk).update(is_active=False)
        case "role weaker":
            role.permissions = [str(Directory.CHANGE_UNITS)]
            role.save()
        case "place gone":
            Joining.objects.update(scope_id=ala.pk)
            joining.refresh_from_db()

    answered = services.agree_to_join(actor=ala, joining=joining)

    assert answered.state == "void"
    assert not Membership.objects.filter(person=ala).exists()
    assert not Assignment.objects.filter(person=ala).exists()
    assert not Entry.objects.filter(deed="accounts.agree_to_join").exists()


def test_a_void_request_opens_no_account_by_letter(ask, head):
    ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[0].body)
    head.assignments.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert services.agree_by_letter(token=token, password=PASSWORD).state == "void"
    assert not Person.objects.filter(email="nowa@example.org").exists()


def test_what_was_asked_ends_with_the_account_of_either_and_with_the_role(ala, ask, head, role):
    first = ask("ala@example.org")
    second = ask("nowa@example.org")
    services.close_account(actor=SYSTEM, person=ala)
    first.refresh_from_db()
    assert first.state == "void"
    services.delete_role(actor=SYSTEM, role=role)
    second.refresh_from_db()
    assert second.state == "void"
    third = ask("trzecia@example.org", role=None)
    services.close_account(actor=SYSTEM, person=head)
    third.refresh_from_db()
    assert third.state == "void"


def test_a_head_asks_only_into_own_places_and_for_no_more_than_own_rights(ask, head):
    strong = Role.objects.create(name="Silna", permissions=[str(Directory.CHANGE_UNITS)])
    with pytest.raises(BeyondOwnRights):
        ask("x@example.org", role=strong)
    for home in (("unit", UnitFactory().pk), ("city", None)):
        with pytest.raises(MissingPermission):
            ask("x@example.org", role=None, home=home)
    assert not Joining.objects.exists()


def test_a_head_gives_a_role_to_nobody_of_other_places(ala, head, unit, role):
    with pytest.raises(PersonOfOthers):
        services.assign_role(actor=head, person=ala, role=role, scope_kind="unit", scope_id=unit.pk)
    MembershipFactory(person=ala, unit=unit)
    services.assign_role(actor=head, person=ala, role=role, scope_kind="unit", scope_id=unit.pk)


def test_so_many_requests_an_hour_and_no_more(ask, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "ask": 2}
    ask("a@example.org")
    ask("b@example.org")
    with pytest.raises(Overdone):
        ask("c@example.org")


def test_whoever_keeps_the_citys_accounts_appoints_without_asking(ala, unit, api):
    office = person_with(Permission.MANAGE_PEOPLE)

    answer = api(office).post(f"{API}people/", body("ala@example.org", unit))

    assert answer.status_code == 201
    assert belongs(ala, unit)
    narrow = person_with(Permission.MANAGE_PEOPLE, scope_kind="unit", scope_id=unit.pk)
    assert api(narrow).post(f"{API}people/", body("x@example.org", unit)).status_code == 202


def test_requests_of_one_city_are_nothing_in_the_other(ala, ask, api, in_south):
    joining = ask("ala@example.org")
    ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[-1].body)
    with in_south():
        theirs = PersonFactory(email="ala@example.org")
        assert not Joining.objects.exists()
        with pytest.raises(JoiningEnded):
            services.agree_to_join(actor=theirs, joining=joining)
        with pytest.raises(LinkEnded):
            services.read_joining(token)
    assert Joining.objects.open_now().count() == 2


@pytest.mark.parametrize(("rows", "queries"), [(1, 6), (12, 6)])
def test_the_list_costs_the_same_for_one_and_for_many(head, ask, api, rows, queries):
    for number in range(rows):
        ask(f"o{number}@example.org")
    browser = api(head)
    browser.get(f"{API}joinings/")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"{API}joinings/", {"is_open": "true"})
    assert (len(asked), answer.json()["count"]) == (queries, rows)
