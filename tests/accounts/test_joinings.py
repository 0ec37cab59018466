"""Whoever is asked into a place agrees before anything counts, and whoever asks learns nothing."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import letters, services
from accounts.errors import (
    JoiningEnded,
    LinkEnded,
    SignInToAnswer,
    WeakPassword,
)
from accounts.models import Assignment, Joining, Person
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from notifications.models import Email
from opium.permissions import SYSTEM, MissingPermission
from tests.accounts.conftest import API, PASSWORD
from tests.accounts.joinings import LINK, bell_of, belongs, body, desk_of
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import UnitFactory
from todo.models import Waiting
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db


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


def test_whoever_agrees_by_letter_is_not_asked_again_but_is_asked_what_else_waits(ask):
    ask("nowa@example.org")
    [token] = LINK.findall(mail.outbox[0].body)
    other = UnitFactory(short_name="SP nr 3")
    theirs = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=other.pk,
        first_name="Jan",
        last_name="Sąsiad",
    )
    ask("nowa@example.org", actor=theirs, home=("unit", other.pk))
    sent = Email.objects.filter(recipient="nowa@example.org").count()

    joining = services.agree_by_letter(token=token, password=PASSWORD)

    [told] = bell_of(joining.person)
    assert told.startswith("Jan Sąsiad prosi, żebyś dołączył(a) do: SP nr 3")
    assert [title for title, *_ in desk_of(joining.person)] == ["Prośba o dołączenie do: SP nr 3"]
    assert Email.objects.filter(recipient="nowa@example.org").count() == sent + 1


def test_what_was_asked_of_a_closed_account_waits_once_it_is_open_again(ask, unit, api):
    closed = PersonFactory(email="nowa@example.org", is_active=False)
    joining = ask("Nowa@example.org")
    gone = ask("inna@example.org")
    assert desk_of(closed) == []

    services.reopen_account(actor=SYSTEM, person=closed)

    assert [title for title, *_ in desk_of(closed)] == ["Prośba o dołączenie do: SP nr 2"]
    assert len(bell_of(closed)) == 1
    services.agree_to_join(actor=again(closed), joining=joining)
    assert belongs(closed, unit)
    gone.refresh_from_db()
    assert gone.person is None


def test_what_was_asked_of_an_address_waits_for_whoever_confirms_that_it_is_theirs(ala, ask, unit):
    joining = ask("nowa@example.org")
    other = UnitFactory()
    theirs = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Directory.VIEW_UNITS,
        scope_kind="unit",
        scope_id=other.pk,
    )
    void = ask("nowa@example.org", actor=theirs, home=("unit", other.pk))
    services.withdraw_joining(actor=theirs, joining=void)
    link = services.change_email(actor=SYSTEM, person=ala, email="nowa@example.org")
    assert desk_of(ala) == []

    services.confirm_email(token=letters.token_of(link))

    assert [title for title, *_ in desk_of(ala)] == ["Prośba o dołączenie do: SP nr 2"]
    services.agree_to_join(actor=again(ala), joining=joining)
    assert belongs(ala, unit)
    void.refresh_from_db()
    assert void.person is None


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
