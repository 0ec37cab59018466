"""Whoever is asked into a place agrees before anything counts, and whoever asks learns nothing."""

import re
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
    SignInToAnswer,
    WeakPassword,
)
from accounts.models import Assignment, Joining, Person, Role
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from notifications.models import Email, Notification
from opium.permissions import SYSTEM, MissingPermission
from tests.accounts.conftest import API, PASSWORD
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from todo.models import Waiting
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/joining#(\S+)")


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 2")


@pytest.fixture
def role():
    return Role.objects.create(name="Sekretarka", permissions=[str(Directory.VIEW_UNITS)])


@pytest.fixture
def head(unit):
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=unit.pk,
        first_name="Maria",
        last_name="Kierująca",
    )
    MembershipFactory(person=head, unit=unit)
    return head


@pytest.fixture
def ask(head, unit, role, django_capture_on_commit_callbacks):
    """Ask somebody into the head's unit, with everything that happens after the commit."""

    def asking(email, actor=head, **more):
        given = {"role": role, "home": ("unit", unit.pk), "position": "sekretarz"} | more
        with django_capture_on_commit_callbacks(execute=True):
            return services.ask_to_join(
                actor=actor, email=email, first_name="Ewa", last_name="Nowa", **given
            )

    return asking


def belongs(person, unit):
    return Membership.objects.in_force().filter(person=person, unit=unit).exists()


def desk_of(person):
    rows = Waiting.objects.filter(person=person, code="accounts.answer_joining", done_at=None)
    return [(row.title, row.details, row.url) for row in rows]


def bell_of(person):
    return list(Notification.objects.filter(person=person).values_list("title", flat=True))


def body(email, unit, role=None):
    return {
        "email": email,
        "first_name": "Ewa",
        "last_name": "Nowa",
        "home": {"kind": "unit", "id": str(unit.pk)},
        "role": str(role.pk) if role else None,
    }


def test_nothing_counts_before_the_person_agrees(ala, ask, head, api):
    joining = ask("ALA@example.org")
    unit, role = Unit.objects.get(pk=joining.scope_id), joining.role
    page = f"/accounts/joinings/{joining.pk}"

    assert not belongs(ala, unit)
    assert not again(ala).allows(Directory.VIEW_UNITS, unit)
    assert api(head).get(f"{API}people/{ala.pk}/").status_code == 404
    assert desk_of(ala) == [("Prośba o dołączenie do: SP nr 2", "prosi Maria Kierująca", page)]
    sentence = "dołączył(a) do: SP nr 2 (stanowisko: sekretarz), z rolą „Sekretarka”"
    assert bell_of(ala) == [f"Maria Kierująca prosi, żebyś {sentence}"]
    [letter] = Email.objects.filter(recipient=ala.email)
    assert sentence in letter.body
    assert page in letter.body

    shown = api(ala).get(f"{API}account/joinings/{joining.pk}/").json()
    assert {
        name: shown[name] for name in ("asker", "role", "scope", "position", "state", "expires_at")
    } == {
        "asker": "Maria Kierująca",
        "role": {"id": str(role.pk), "name": "Sekretarka"},
        "scope": {"kind": "unit", "id": str(unit.pk), "name": "SP nr 2"},
        "position": "sekretarz",
        "state": "waiting",
        "expires_at": shown["expires_at"],
    }
    assert joining.expires_at - joining.created_at > timedelta(days=13)


def test_one_press_agrees_and_whoever_asked_is_told(ala, ask, unit, head, api):
    joining = ask("ala@example.org")

    answer = api(ala).post(f"{API}account/joinings/{joining.pk}/agree/")

    assert (answer.status_code, answer.json()["state"]) == (200, "agreed")
    assert Membership.objects.get(person=ala, unit=unit).position == "sekretarz"
    assert again(ala).allows(Directory.VIEW_UNITS, unit)
    assert desk_of(ala) == []
    assert bell_of(head) == ["Ewa Nowa: zgoda na dołączenie do: SP nr 2"]
    entry = Entry.objects.get(deed="accounts.agree_to_join")
    assert (entry.actor_id, entry.after["asked_by"], entry.after["role"]) == (
        ala.pk,
        "Maria Kierująca",
        "Sekretarka",
    )
    with pytest.raises(JoiningEnded):
        services.decline_to_join(actor=ala, joining=joining)


def test_one_press_refuses_and_nothing_comes_of_it(ala, ask, unit, head, api):
    joining = ask("ala@example.org")

    answer = api(ala).post(f"{API}account/joinings/{joining.pk}/decline/")

    assert answer.json()["state"] == "declined"
    assert not belongs(ala, unit)
    assert not Assignment.objects.filter(person=ala).exists()
    assert bell_of(head) == ["Ewa Nowa: odmowa dołączenia do: SP nr 2"]
    assert api(head).get(f"{API}people/{ala.pk}/").status_code == 404
    with pytest.raises(JoiningEnded):
        services.agree_to_join(actor=ala, joining=joining)


def test_a_new_a_known_and_a_closed_address_look_alike_to_whoever_asks(
    ala, unit, head, api, django_capture_on_commit_callbacks
):
    PersonFactory(email="zamknieta@example.org", is_active=False, phone="52 1")
    browser = api(head)

    def everything_told(email):
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(f"{API}people/", body(email, unit))
        [row] = [
            one for one in browser.get(f"{API}joinings/").json()["results"] if one["email"] == email
        ]
        entry = Entry.objects.get(deed="accounts.ask_to_join", target_id=row["id"])
        told = [answer.status_code, answer.json(), row, entry.after, bell_of(head)]
        written = str(told).replace(row["id"], "ID").replace(email, "ADRES")
        return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "CHWILA", written)

    known, unknown = everything_told("ala@example.org"), everything_told("nowa@example.org")
    closed = everything_told("zamknieta@example.org")

    assert known == unknown == closed
    assert known.startswith("[202, ")
    assert browser.get(f"{API}people/", {"search": "nowa"}).json()["count"] == 0
    assert not Person.objects.filter(email="nowa@example.org").exists()


def test_both_addresses_cost_the_request_the_same_questions(ala, unit, head, api):
    browser = api(head)

    def asked(email):
        with CaptureQueriesContext(connection) as questions:
            assert browser.post(f"{API}people/", body(email, unit)).status_code == 202
        return len(questions)

    asked("pierwsza@example.org")
    assert asked("ala@example.org") == asked("nowa@example.org")


def test_somebody_new_agrees_by_the_letter_and_has_an_account(ask, unit, head, api, sign_in):
    joining = ask("nowa@example.org", phone="52 7")
    [letter] = mail.outbox
    [token] = LINK.findall(letter.body)
    stranger = api()

    assert letter.to == ["nowa@example.org"]
    assert "Maria Kierująca prosi, żebyś dołączył(a) do: SP nr 2" in letter.body
    looked = stranger.post(f"{API}joinings/look/", {"token": token}).json()
    assert (looked["asker"], looked["scope"]["name"], looked["has_account"]) == (
        "Maria Kierująca",
        "SP nr 2",
        False,
    )
    with pytest.raises(WeakPassword):
        services.agree_by_letter(token=token, password="haslo")
    assert not Person.objects.filter(email="nowa@example.org").exists()

    answer = stranger.post(f"{API}joinings/agree/", {"token": token, "password": PASSWORD})

    assert (answer.status_code, answer.json()["state"]) == (200, "agreed")
    person = Person.objects.get(email="nowa@example.org")
    assert (person.display_name, person.phone) == ("Ewa Nowa", "52 7")
    assert belongs(person, unit)
    assert person.allows(Directory.VIEW_UNITS, unit)
    assert sign_in("nowa@example.org")[1].json()["person"]["name"] == "Ewa Nowa"
    assert bell_of(head) == ["Ewa Nowa: zgoda na dołączenie do: SP nr 2"]
    joining.refresh_from_db()
    assert joining.person == person
    with pytest.raises(LinkEnded):
        services.agree_by_letter(token=token, password=PASSWORD)


def test_somebody_new_refuses_by_the_letter_and_no_account_is_left(ask, head, api):
    ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[0].body)

    assert api().post(f"{API}joinings/decline/", {"token": token}).status_code == 204

    assert not Person.objects.filter(email="nowa@example.org").exists()
    assert bell_of(head) == ["Ewa Nowa: odmowa dołączenia do: SP nr 2"]
    answer = api().post(f"{API}joinings/look/", {"token": token})
    assert (answer.status_code, answer.json()["code"]) == (422, "link_ended")


def test_the_secret_of_the_letter_is_in_no_row(ask):
    ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[0].body)

    stored = " ".join(str(value) for value in Joining.objects.values_list().get())
    assert token[32:] not in stored


def test_what_was_asked_of_an_address_waits_for_whoever_gets_an_account_with_it(ask, unit, api):
    ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[0].body)
    person = services.invite_person(
        actor=SYSTEM, email="Nowa@example.org", first_name="Ewa", last_name="Nowa"
    )

    assert [title for title, *_ in desk_of(person)] == ["Prośba o dołączenie do: SP nr 2"]
    assert api().post(f"{API}joinings/look/", {"token": token}).json()["has_account"] is True
    with pytest.raises(SignInToAnswer):
        services.agree_by_letter(token=token, password=PASSWORD)
    with pytest.raises(SignInToAnswer):
        services.decline_by_letter(token=token)
    assert not belongs(person, unit)


def test_nobody_answers_for_another_by_key_or_as_a_substitute(ala, ask, unit, head, api):
    joining = ask("ala@example.org")
    other = person_with(*Permission, *Directory)
    address = f"{API}account/joinings/{joining.pk}/"

    for who in (other, head):
        for deed in ("", "agree/", "decline/"):
            browser = api(who)
            answer = browser.post(address + deed) if deed else browser.get(address)
            assert answer.status_code == 404
        with pytest.raises(JoiningEnded):
            services.agree_to_join(actor=who, joining=joining)
    services.appoint_substitute(
        actor=SYSTEM,
        person=ala,
        substitute=other,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    assert api(other).post(f"{address}agree/").status_code == 404
    assert Waiting.objects.filter(code="accounts.answer_joining").count() == 1
    keyed = again(ala)
    keyed.limits = frozenset(str(one) for one in (*Permission, *Directory))
    for answer in (services.agree_to_join, services.decline_to_join):
        with pytest.raises(MissingPermission):
            answer(actor=keyed, joining=joining)
    assert not belongs(ala, unit)


def test_a_substitute_is_not_shown_what_the_absent_person_is_asked(ala, ask, api):
    ask("ala@example.org")
    other = PersonFactory()
    services.appoint_substitute(
        actor=SYSTEM,
        person=ala,
        substitute=other,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )

    def waiting(who):
        return [one["title"] for one in api(who).get("/api/v1/todo/waiting/").json()["results"]]

    assert waiting(ala) == ["Prośba o dołączenie do: SP nr 2"]
    assert waiting(other) == []


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
