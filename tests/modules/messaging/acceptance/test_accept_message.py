import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Substitution
from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import (
    AcceptanceUnprepared,
    MessagePending,
    NobodyAccepts,
)
from modules.messaging.models import Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import acceptance
from opium.errors import Conflict, Forbidden
from outbox.models import Job
from procedures.errors import ActionIncomplete
from procedures.models import Case, Event
from procedures.services.steps import note_trouble
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, sent
from tests.factories.procedures import holder, officer
from tests.modules.messaging.acceptance.asking import asked, rule
from todo.selectors import todo_of

pytestmark = pytest.mark.django_db


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


def test_the_history_takes_as_many_queries_however_often_a_message_came_back(
    admin, clerk, boss, unit, api
):
    rule(admin)
    message, case = asked(clerk, unit)
    browser = api(boss)
    address = f"/api/v1/messaging/acceptances/{message.pk}/history/"
    for rounds in (1, 6):
        while Case.objects.count() < rounds:
            acceptance.decide(actor=boss, case=case, verdict="return", reason="Brak terminu.")
            message.refresh_from_db()
            services.send_message(actor=clerk, message=message)
            case = Case.objects.get(subject_id=message.pk, closed_at=None)

        with CaptureQueriesContext(connection) as queries:
            history = browser.get(address).json()

        assert len(queries) == 12
        assert [one["state"] for one in history] == ["waiting"] + ["returned"] * (rounds - 1)
        assert {tuple(one["units"]) for one in history} == {(unit.short_name,)}
        assert [len(one["steps"]) for one in history] == [1] + [2] * (rounds - 1)


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


def test_rules_are_set_only_by_whoever_may(clerk, boss):
    with pytest.raises(Forbidden):
        rule(clerk)


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
