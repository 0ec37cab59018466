import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.letters import token_of
from accounts.models import Function, Holder, Link, Substitution
from accounts.permissions import Permission as AccountPermission
from accounts.services import links, passwords
from accounts.services.evicting import evict
from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import (
    AcceptanceUnprepared,
    LinkOver,
    MessagePending,
    NobodyAccepts,
)
from modules.messaging.models import AcceptanceLink, Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import acceptance
from notifications.models import Email, Notification
from notifications.services import letters
from opium.errors import Conflict, Forbidden
from opium.permissions import SYSTEM
from outbox.models import Job
from procedures.errors import ActionIncomplete
from procedures.models import Case, Event
from procedures.services.steps import note_trouble, telling
from tests.accounts.test_sealed_secrets import dump
from tests.factories.accounts import person_with
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, sent
from tests.factories.procedures import holder, officer
from todo.selectors import todo_of
from todo.services import calendar_links

pytestmark = pytest.mark.django_db

RULES = "/api/v1/messaging/acceptance-rules/"
LOOK = "/api/v1/messaging/acceptance-links/look/"
DECIDE = "/api/v1/messaging/acceptance-links/decide/"


@pytest.fixture
def section(city):
    return SectionFactory(name="Referat szkół")


@pytest.fixture
def clerk(section):
    person = make_clerk(first_name="Ewa", last_name="Lis")
    MembershipFactory(person=person, section=section, unit=None)
    return person


@pytest.fixture
def boss():
    return officer("kierownik", first_name="Adam", last_name="Nowak")


@pytest.fixture
def director():
    return officer("dyrektor", first_name="Iga", last_name="Mróz")


@pytest.fixture
def admin():
    return person_with(Permission.SET_ACCEPTANCE)


def rule(admin, chain="head", section=None, audience="any", **fields):
    return services.set_rule(actor=admin, section=section, audience=audience, chain=chain, **fields)


def asked(clerk, unit, **content):
    """A message of the clerk that waits for acceptance, and its case."""
    message = services.send_message(actor=clerk, message=draft(clerk, [unit], **content))
    return message, Case.objects.get(subject_id=message.pk, state="open")


def link_sent_to(person):
    """The secret of the link in the newest letter to the person, as it left."""
    for event in Event.objects.order_by("number"):
        telling.tell_event(event)
    letter = Email.objects.filter(recipient=person.email).latest("id")
    Email.objects.filter(pk=letter.pk).update(state="waiting", sent_at=None)
    letters.send_emails([str(letter.pk)])
    body = mail.outbox[-1].body
    return re.search(r"/accept-message#(\S+)", body).group(1)


def test_without_a_rule_a_message_leaves_at_once(clerk, unit):
    assert services.send_message(actor=clerk, message=draft(clerk, [unit])).state == "sent"


def test_a_message_waits_for_the_head_and_then_leaves_as_it_was(admin, clerk, boss, unit):
    rule(admin)
    message, case = asked(clerk, unit)
    assert message.state == Message.State.PENDING
    assert not Delivery.objects.exists()

    acceptance.decide(actor=boss, case=case, verdict="accept")

    message.refresh_from_db()
    assert (message.state, message.sent_by) == ("sent", clerk)
    assert Delivery.objects.get().unit == unit
    assert Job.objects.filter(task="messaging.deliver_message").count() == 1
    entry = Entry.objects.filter(deed="messaging.settle_acceptance").latest("id")
    assert (entry.actor_id, entry.before, entry.after["state"]) == (
        boss.pk,
        {"state": "pending"},
        "sent",
    )


def test_trouble_of_the_case_shows_where_the_message_is_accepted(admin, clerk, boss, unit, api):
    rule(admin)
    message, case = asked(clerk, unit)
    address = f"/api/v1/messaging/acceptances/{message.pk}/"
    assert api(boss).get(address).json()["trouble"] == ""

    note_trouble(case=case, sentence="Nie powiadomiono.")

    seen = [api(one).get(address).json()["trouble"] for one in (boss, clerk)]
    assert seen == ["Nie powiadomiono.", "Nie powiadomiono."]


def test_head_first_then_director(admin, clerk, boss, director, unit):
    rule(admin, "head_and_director")
    message, case = asked(clerk, unit)

    with pytest.raises(Conflict, match="Teraz kolej na kogoś innego"):
        acceptance.decide(actor=director, case=case, verdict="accept")
    acceptance.decide(actor=boss, case=case, verdict="accept")
    message.refresh_from_db()
    assert message.state == "pending"
    acceptance.decide(actor=director, case=case, verdict="accept")

    message.refresh_from_db()
    assert message.state == "sent"


def test_a_returned_message_is_a_draft_again_and_keeps_its_history(admin, clerk, boss, unit, api):
    rule(admin)
    message, case = asked(clerk, unit)
    assert [one.url for one in todo_of(boss)] == [f"/messaging/acceptance/{message.pk}"]
    acceptance.decide(actor=boss, case=case, verdict="return", reason="Brak terminu.")
    message.refresh_from_db()
    assert (message.state, message.frozen_recipients) == ("draft", None)
    assert not todo_of(boss).exists()
    assert [(one.code, one.details) for one in todo_of(clerk)] == [
        ("messaging.correct", "zwrócono: Brak terminu.")
    ]

    services.change_draft(actor=clerk, message=message, content={"body": "Termin: piątek."})
    services.send_message(actor=clerk, message=message)
    assert not todo_of(clerk).exists()

    address = f"/api/v1/messaging/acceptances/{message.pk}/history/"
    history = api(clerk).get(address).json()
    assert [one["state"] for one in history] == ["waiting", "returned"]
    assert [step["reason"] for step in history[1]["steps"]] == ["", "Brak terminu."]


def test_a_message_cannot_be_returned_without_a_reason(admin, clerk, boss, unit):
    rule(admin)
    message, case = asked(clerk, unit)
    with pytest.raises(ActionIncomplete):
        acceptance.decide(actor=boss, case=case, verdict="return")
    message.refresh_from_db()
    assert message.state == "pending"


def test_neither_the_message_nor_its_recipients_change_while_it_waits(admin, clerk, boss, unit):
    rule(admin)
    message = services.send_message(
        actor=clerk, message=draft(clerk, [], audience={"all_units": True})
    )
    with pytest.raises(MessagePending):
        services.change_draft(actor=clerk, message=message, content={"body": "Inaczej"})
    with pytest.raises(MessagePending):
        services.send_message(actor=clerk, message=message)
    with pytest.raises(MessagePending):
        services.discard_draft(actor=clerk, message=message)
    UnitFactory(short_name="SP nr 900")

    acceptance.decide(actor=boss, case=Case.objects.get(), verdict="accept")

    assert [one.unit for one in Delivery.objects.all()] == [unit]


def test_the_author_does_not_accept_the_own_message(admin, clerk, boss, unit):
    rule(admin)
    holder("kierownik", boss_and_author := make_clerk(first_name="Olga"))
    message = services.send_message(actor=boss_and_author, message=draft(boss_and_author, [unit]))
    case = Case.objects.get(subject_id=message.pk)
    with pytest.raises((Conflict, Forbidden)):
        acceptance.decide(actor=boss_and_author, case=case, verdict="accept")
    message.refresh_from_db()
    assert message.state == "pending"


def test_where_only_the_author_plays_the_function_nothing_waits_for_ever(admin, unit):
    alone = person_with(Permission.SEND_MESSAGE, "procedures.act_in_case", "procedures.view_cases")
    holder("kierownik", alone)
    rule(admin)
    message = draft(alone, [unit])
    with pytest.raises(NobodyAccepts):
        services.send_message(actor=alone, message=message)
    message.refresh_from_db()
    assert message.state == "draft"
    assert not Case.objects.exists()


def test_a_substitute_accepts_in_the_place_of_the_absent(admin, clerk, boss, unit):
    substitute = officer(first_name="Zofia", last_name="Wilk")
    today = timezone.localdate()
    Substitution.objects.create(person=boss, substitute=substitute, starts_on=today, ends_on=today)
    rule(admin)
    message, case = asked(clerk, unit)
    acceptance.decide(actor=substitute, case=case, verdict="accept")
    event = Event.objects.filter(case=case).latest("number")
    assert (event.actor_name, event.in_place_of_name) == ("Zofia Wilk", "Adam Nowak")
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_rule_of_the_section_goes_before_one_of_the_city(admin, clerk, boss, section, unit):
    rule(admin, "head")
    rule(admin, "none", section=section)
    assert services.send_message(actor=clerk, message=draft(clerk, [unit])).state == "sent"
    elsewhere = make_clerk()
    assert (
        services.send_message(actor=elsewhere, message=draft(elsewhere, [unit])).state == "pending"
    )


def test_the_strictest_kind_of_audience_counts(admin, clerk, boss, director, unit):
    rule(admin, "head_and_director", audience="all_units")
    rule(admin, "none", audience="units")
    one = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    everyone = services.send_message(
        actor=clerk, message=draft(clerk, [unit], audience={"all_units": True, "units": [unit.pk]})
    )
    assert (one.state, everyone.state) == ("sent", "pending")


def test_a_rule_that_nobody_could_follow_is_refused_with_the_reason(admin):
    with pytest.raises(AcceptanceUnprepared, match="Kierownik referatu"):
        rule(admin)


@pytest.fixture
def giver():
    return person_with(Permission.SET_ACCEPTANCE, AccountPermission.MANAGE_ROLES)


def test_functions_of_the_rule_s_own_names_are_those_that_the_rule_asks(giver, clerk, unit):
    """An administrator who created functions of the names that a refusal told came no further."""
    made = accounts.add_function(actor=SYSTEM, code="kierownik-referatu", name="kierownik referatu")
    accounts.give_function(actor=SYSTEM, function=made, person=officer())

    rule(giver)

    assert services.send_message(actor=clerk, message=draft(clerk, [unit])).state == "pending"
    assert Function.objects.get().code == "kierownik-referatu"


def test_the_rule_s_own_screen_lets_people_accept(giver, api, clerk, unit):
    adam = officer(first_name="Adam", last_name="Nowak")
    chains = f"{RULES}chains/"
    before = api(giver).get(chains).json()
    assert before[0] == {
        "chain": "head",
        "functions": [
            {"code": "kierownik", "name": "Kierownik referatu", "holders": [], "is_played": False}
        ],
    }
    body = {"section": None, "audience": "any", "chain": "head"}
    refused = api(giver).post(RULES, body, format="json")
    assert refused.json()["code"] == "acceptance_unprepared"
    assert "(kod: kierownik)" in refused.json()["detail"]
    assert not Function.objects.exists()

    body["holders"] = [{"function": "kierownik", "person": str(adam.pk)}]
    assert api(giver).post(RULES, body, format="json").status_code == 200

    (head,) = api(giver).get(chains).json()[0]["functions"]
    assert (head["holders"], head["is_played"]) == (["Adam Nowak"], True)
    assert services.send_message(actor=clerk, message=draft(clerk, [unit])).state == "pending"


def test_whoever_sets_rules_gives_no_function_without_the_right_to_it(admin, api):
    body = {
        "section": None,
        "audience": "any",
        "chain": "head",
        "holders": [{"function": "kierownik", "person": str(officer().pk)}],
    }
    assert api(admin).post(RULES, body, format="json").status_code == 403
    body["holders"][0]["function"] = "inna"
    assert api(admin).post(RULES, body, format="json").status_code == 409
    assert not Function.objects.exists()


def test_only_the_press_that_sends_says_so_and_history_tells_what_was_done(  # noqa: PLR0917  # a chain of two
    admin, clerk, boss, director, unit, api
):
    rule(admin, "head_and_director")
    message, case = asked(clerk, unit)
    acceptances, cases = "/api/v1/messaging/acceptances/", "/api/v1/procedures/cases/"

    def offered(person):
        button = api(person).get(f"{cases}{case.pk}/").json()["actions"][0]
        page = api(person).get(f"{acceptances}{message.pk}/").json()
        return button["label"], page["sends"]

    assert offered(boss) == ("Akceptuj", False)
    acceptance.decide(actor=boss, case=case, verdict="accept")
    assert offered(director) == ("Akceptuj i wyślij", True)
    acceptance.decide(actor=director, case=case, verdict="accept")

    labels = list(Event.objects.order_by("number").values_list("label", flat=True))
    assert labels[1:] == ["Akceptuj", "Akceptuj i wyślij"]


def test_whoever_has_to_accept_is_led_to_the_page_of_acceptance(admin, clerk, boss, unit):
    rule(admin)
    message, _ = asked(clerk, unit)
    (row,) = todo_of(boss)
    assert row.url == f"/messaging/acceptance/{message.pk}"
    for event in Event.objects.all():
        telling.tell_event(event)
    (news,) = Notification.objects.filter(person=boss)
    assert news.url == f"/messaging/acceptance/{message.pk}"


def test_rules_are_set_only_by_whoever_may(clerk, boss):
    with pytest.raises(Forbidden):
        rule(clerk)


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


def test_a_waiting_message_is_nobodys_but_its_authors_and_approvers(admin, clerk, boss, unit, api):
    rule(admin)
    message, _ = asked(clerk, unit)
    address = f"/api/v1/messaging/acceptances/{message.pk}/"
    assert api(boss).get(address).json()["can"] == ["accept", "return"]
    assert api(clerk).get(address).json()["can"] == []
    assert api(make_clerk()).get(address).status_code == 404
    assert api().get(address).status_code in {401, 403}
    body = {"verdict": "accept"}
    assert api(clerk).post(address, body, format="json").status_code in {403, 409}
    message.refresh_from_db()
    assert message.state == "pending"


def test_a_sent_message_is_told_of_to_nobody_before_it_is_accepted(admin, clerk, boss, unit):
    sent_before = sent(clerk, [unit])
    rule(admin)
    asked(clerk, unit)
    assert set(Delivery.objects.values_list("message", flat=True)) == {sent_before.pk}
