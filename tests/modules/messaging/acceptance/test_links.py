"""The link in the letter that asks for acceptance: for whom, for what and how long it works."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.letters import token_of
from accounts.models import Holder, Link
from accounts.services import links, passwords
from accounts.services.evicting import evict
from audit.models import Entry
from modules.messaging.errors import (
    LinkOver,
)
from modules.messaging.models import AcceptanceLink
from modules.messaging.services import acceptance
from notifications.models import Email
from notifications.services import letters
from opium.permissions import SYSTEM
from procedures.errors import ActionIncomplete
from procedures.models import Event
from procedures.services.steps import telling
from tests.accounts.test_sealed_secrets import dump
from tests.factories.procedures import holder
from tests.modules.messaging.acceptance.asking import asked, link_sent_to, rule
from todo.services import calendar_links

pytestmark = pytest.mark.django_db


LOOK = "/api/v1/messaging/acceptance-links/look/"
DECIDE = "/api/v1/messaging/acceptance-links/decide/"


def test_the_link_in_the_letter_shows_the_message_and_decides_once(admin, clerk, boss, unit, api):
    rule(admin)
    message, case = asked(clerk, unit)
    token = {"token": link_sent_to(boss)}

    shown = api().post(LOOK, token, format="json").json()
    assert shown["person"] == "Adam Nowak"
    assert shown["acceptance"]["message"]["subject"] == "Ankieta o obiadach"
    assert shown["acceptance"]["units"] == ["SP nr 7"]
    assert shown["acceptance"]["can"] == ["accept", "return"]
    message.refresh_from_db()
    assert message.state == "pending"

    assert api().post(DECIDE, {**token, "verdict": "accept"}, format="json").status_code == 204
    message.refresh_from_db()
    assert message.state == "sent"
    event = Event.objects.filter(case=case).latest("number")
    assert event.actor == boss
    used = Entry.objects.get(deed="messaging.decide_by_link")
    assert (used.actor_id, used.after["verdict"]) == (boss.pk, "accept")

    again = api().post(DECIDE, {**token, "verdict": "return", "reason": "x"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "link_over")
    over = api().post(LOOK, token, format="json")
    assert (over.status_code, over.json()["code"]) == (409, "link_over")
    assert over.json()["detail"].startswith("Ten odnośnik już nie działa: użyto go już.")
    assert "Ankieta" not in over.content.decode()


def test_an_expired_link_neither_decides_nor_shows(admin, clerk, boss, unit, api):
    rule(admin)
    message, _ = asked(clerk, unit)
    secret = link_sent_to(boss)
    AcceptanceLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(LinkOver):
        acceptance.decide_by_link(secret=secret, verdict="accept")
    message.refresh_from_db()
    assert message.state == "pending"
    shown = api().post(LOOK, {"token": secret}, format="json")
    assert (shown.status_code, shown.json()["code"]) == (409, "link_over")


def test_a_link_is_over_once_the_message_was_decided_on_otherwise(admin, clerk, boss, unit):
    rule(admin)
    _, case = asked(clerk, unit)
    secret = link_sent_to(boss)
    acceptance.decide(actor=boss, case=case, verdict="return", reason="Nie teraz.")
    with pytest.raises(LinkOver):
        acceptance.decide_by_link(secret=secret, verdict="accept")


def test_a_link_decides_on_the_step_it_was_written_for_and_on_no_later_one(
    admin, clerk, boss, unit, api
):
    holder("dyrektor", boss)
    rule(admin, "head_and_director")
    message, case = asked(clerk, unit)
    secret = link_sent_to(boss)
    acceptance.decide(actor=boss, case=case, verdict="accept")

    with pytest.raises(LinkOver):
        acceptance.decide_by_link(secret=secret, verdict="accept")

    message.refresh_from_db()
    assert message.state == "pending"
    assert api().post(LOOK, {"token": secret}, format="json").status_code == 409


def test_a_link_shows_nothing_once_the_ways_into_the_account_were_ended(
    admin, clerk, boss, unit, api
):
    rule(admin)
    asked(clerk, unit)
    secret = link_sent_to(boss)
    with transaction.atomic():
        evict(boss)

    shown = api().post(LOOK, {"token": secret}, format="json")

    assert (shown.status_code, shown.json()["code"]) == (409, "link_over")
    assert "zmieniono sposób logowania na to konto" in shown.json()["detail"]


def test_a_link_shows_nothing_once_the_function_was_taken_away(admin, clerk, boss, unit, api):
    rule(admin)
    asked(clerk, unit)
    secret = link_sent_to(boss)
    Holder.objects.all().delete()

    shown = api().post(LOOK, {"token": secret}, format="json")

    assert (shown.status_code, shown.json()["code"]) == (409, "link_over")
    assert "nie podejmuje już osoba, do której go wysłano" in shown.json()["detail"]
    with pytest.raises(LinkOver):
        acceptance.decide_by_link(secret=secret, verdict="accept")


def test_a_letter_that_leaves_late_carries_no_link_that_has_ended(admin, clerk, boss, unit):
    rule(admin)
    _, case = asked(clerk, unit)
    link_sent_to(boss)
    acceptance.decide(actor=boss, case=case, verdict="accept")
    letter = Email.objects.filter(recipient=boss.email).exclude(link="").get()
    Email.objects.filter(pk=letter.pk).update(state="waiting", sent_at=None)

    letters.send_emails([str(letter.pk)])

    assert "/accept-message" not in mail.outbox[-1].body
    assert "Ten odnośnik już nie działa" in mail.outbox[-1].body


def test_no_row_of_any_table_keeps_the_secret_of_a_link(admin, clerk, boss, unit):
    rule(admin)
    asked(clerk, unit)
    secrets = [link_sent_to(boss), calendar_links.make_calendar_link(actor=boss).rpartition("/")[2]]
    accounts.invite_person(actor=SYSTEM, email="n@example.org", first_name="A", last_name="B")
    passwords.send_password_link(boss.email)
    accounts.change_email(actor=SYSTEM, person=boss, email="nowy@example.org")
    for link in Link.objects.all():
        links.send_link(str(link.pk))
    bodies = "".join(one.body for one in mail.outbox)
    secrets += [token_of(link) for link in Link.objects.all()]

    held = dump("north", "public")

    assert len(set(secrets)) == 5
    assert [one for one in secrets if one not in bodies] == [secrets[1]]  # shown on the page
    assert boss.email in held  # it is the copy that we think it is
    assert [one for one in secrets if one[-40:].removesuffix(".ics") in held] == []


@pytest.mark.usefixtures("south")
def test_a_link_opens_nothing_in_another_city(admin, clerk, boss, unit, api):
    rule(admin)
    asked(clerk, unit)
    token = {"token": link_sent_to(boss)}
    assert api(host="south.test").post(LOOK, token, format="json").status_code == 404


def test_a_link_opens_nothing_once_the_account_is_closed(admin, clerk, boss, unit, api):
    rule(admin)
    asked(clerk, unit)
    token = {"token": link_sent_to(boss)}
    assert api().post(LOOK, token, format="json").status_code == 200
    boss.is_active = False
    boss.save()
    assert api().post(LOOK, token, format="json").status_code == 404


def test_a_refused_decision_leaves_the_link_as_it_was(admin, clerk, boss, unit):
    rule(admin)
    asked(clerk, unit)
    secret = link_sent_to(boss)
    with pytest.raises(ActionIncomplete):
        acceptance.decide_by_link(secret=secret, verdict="return")
    assert AcceptanceLink.objects.get().used_at is None


def test_where_the_city_wants_no_links_the_letter_has_none(admin, clerk, boss, unit):
    rule(admin, allows_links=False)
    _, case = asked(clerk, unit)
    for event in case.events.all():
        telling.tell_event(event)
    assert "/accept-message" not in Email.objects.get(recipient=boss.email).body
    assert not AcceptanceLink.objects.exists()
