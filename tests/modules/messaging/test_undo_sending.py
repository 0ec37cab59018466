from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from accounts import services as accounts
from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import MessageHasLeft, MessageNotSent
from modules.messaging.models import Attachment, Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import delivering
from notifications.models import Email, Notification
from opium.errors import Forbidden
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import person_with
from tests.factories.files import uploaded
from tests.factories.keys import secret_of
from tests.factories.killing import killed_at
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, sent
from todo.models import Waiting

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging/"


@pytest.fixture
def ten_seconds(city):
    services.change_sending_rules(actor=SYSTEM, undo_seconds=10)


def survey_of(clerk, units):
    file = uploaded(clerk)
    due = timezone.now() + timedelta(days=3)
    return draft(
        clerk,
        units,
        attachments=[file.pk],
        answer_request={"wants_text": True, "due_at": due, "locks_at": due + timedelta(days=1)},
    )


def content_of(api, person, message):
    shown = api(person).get(f"{API}messages/{message.pk}/").json()
    named = ("subject", "body", "audience", "attachments", "answer_request", "state", "missing")
    return {name: shown[name] for name in named}


@pytest.mark.usefixtures("ten_seconds")
def test_a_message_leaves_only_when_its_seconds_are_over(clerk, unit, head, api):
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))

    job = Job.objects.get(task="messaging.deliver_message")
    assert job.due_at == message.leaves_at == message.sent_at + timedelta(seconds=10)
    services.deliver_message(actor=SYSTEM, message=message)
    assert api(head).get(f"{API}inbox/").json()["results"] == []
    assert not Notification.objects.exists()
    assert not Email.objects.exists()
    with time_machine.travel(message.leaves_at, tick=False):
        services.deliver_message(actor=SYSTEM, message=message)
    assert [one["subject"] for one in api(head).get(f"{API}inbox/").json()["results"]] == [
        "Ankieta o obiadach"
    ]
    assert Notification.objects.count() == 1


@pytest.mark.usefixtures("ten_seconds")
def test_undo_brings_back_the_draft_exactly_as_it_was_and_nobody_learns_of_it(
    clerk, unit, head, api
):
    message = survey_of(clerk, [unit])
    before = content_of(api, clerk, message)
    services.send_message(actor=clerk, message=message)
    shown = api(clerk).get(f"{API}messages/{message.pk}/").json()
    assert shown["can"] == ["undo"]
    assert 0 < shown["leaves_in"] <= 10

    answer = api(clerk).post(f"{API}messages/{message.pk}/undo/")

    assert (answer.status_code, answer.json()["state"]) == (200, "draft")
    assert answer.json()["leaves_in"] is None
    assert content_of(api, clerk, message) == before
    assert Attachment.objects.filter(message=message).count() == 1
    assert not Delivery.objects.exists()
    assert not Waiting.objects.filter(done_at=None).exists()
    entry = Entry.objects.get(deed="messaging.undo_sending")
    assert (entry.before, entry.after) == ({"state": "sent"}, {"state": "draft"})
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        services.deliver_message(actor=SYSTEM, message=message)
    assert api(head).get(f"{API}inbox/").json()["results"] == []
    assert not Notification.objects.exists()


@pytest.mark.usefixtures("ten_seconds")
def test_the_work_of_an_undone_sending_does_not_hurry_the_next_one(clerk, unit):
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    first = Job.objects.get(task="messaging.deliver_message")
    services.undo_sending(actor=clerk, message=message)
    first.refresh_from_db()
    assert first.done_at is not None
    with time_machine.travel(timezone.now() + timedelta(seconds=6), tick=False):
        again = services.send_message(actor=clerk, message=message)

    with time_machine.travel(first.due_at, tick=False):
        services.deliver_message(actor=SYSTEM, message=message)
        assert Delivery.objects.get().delivered_at is None
    with time_machine.travel(again.leaves_at, tick=False):
        services.deliver_message(actor=SYSTEM, message=message)
        assert Delivery.objects.get().delivered_at is not None


def test_what_has_left_cannot_be_undone(clerk, unit):
    message = sent(clerk, [unit])

    with pytest.raises(MessageHasLeft):
        services.undo_sending(actor=clerk, message=message)
    with pytest.raises(MessageNotSent):
        services.undo_sending(actor=clerk, message=draft(clerk, [unit]))
    assert Delivery.objects.get().delivered_at is not None


def test_with_no_seconds_a_message_leaves_at_once(clerk, unit):
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))

    assert message.leaves_at is None
    assert Job.objects.get(task="messaging.deliver_message").due_at <= timezone.now()


@pytest.mark.usefixtures("ten_seconds")
def test_a_colleague_neither_sees_nor_undoes_what_has_not_left(clerk, unit, api):
    colleague = make_clerk()
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    url = f"{API}messages/{message.pk}/"

    assert api(colleague).post(f"{url}undo/").status_code == 404
    assert api(colleague).get(url).status_code == 404
    assert api(colleague).get(f"{API}messages/").json()["count"] == 0
    with pytest.raises(Forbidden):
        services.undo_sending(actor=colleague, message=message)
    Message.objects.update(leaves_at=None)
    assert api(colleague).get(url).status_code == 200


@pytest.mark.usefixtures("ten_seconds")
def test_a_key_without_the_right_to_send_undoes_nothing(clerk, unit, api):
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    url = f"{API}messages/{message.pk}/undo/"
    browser = api()

    def asked_with(*rights):
        browser.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(clerk, *rights)}")
        return browser.post(url).status_code

    assert asked_with("messaging.view_messages") == 404
    assert asked_with("messaging.send_message") == 200


@pytest.mark.usefixtures("ten_seconds")
def test_a_substitute_undoes_what_they_sent_and_not_what_the_absent_person_sent(clerk, unit):
    theirs = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    substitute, today = make_clerk(), timezone.localdate()
    days = {"starts_on": today, "ends_on": today}
    accounts.appoint_substitute(actor=SYSTEM, person=clerk, substitute=substitute, **days)
    own = services.send_message(actor=substitute, message=draft(substitute, [unit]))

    with pytest.raises(Forbidden):
        services.undo_sending(actor=substitute, message=theirs)

    assert services.undo_sending(actor=substitute, message=own).state == "draft"
    assert Message.objects.get(pk=theirs.pk).state == "sent"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker", "head")
@pytest.mark.parametrize("is_undo_first", [True, False])
def test_of_undo_and_delivery_exactly_one_wins(clerk, unit, city, is_undo_first):
    services.change_sending_rules(actor=SYSTEM, undo_seconds=10)
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    Message.objects.update(leaves_at=timezone.now())

    def undo():
        with tenant_context(city):
            try:
                services.undo_sending(actor=clerk, message=message)
            except MessageHasLeft:
                return False
            finally:
                connection.close()
            return True

    def deliver():
        with tenant_context(city):
            services.deliver_message(actor=SYSTEM, message=message)
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = (undo, deliver) if is_undo_first else (deliver, undo)
        runs = [pool.submit(first), pool.submit(second)]
        results = [one.result() for one in runs]

    was_undone = any(results)
    assert Message.objects.get().state == ("draft" if was_undone else "sent")
    assert Notification.objects.count() == (0 if was_undone else 1)
    assert Delivery.objects.filter(delivered_at__isnull=False).count() == (0 if was_undone else 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker", "head")
def test_after_a_worker_was_killed_nobody_undoes_what_has_left_and_the_next_one_delivers(
    clerk, unit, city
):
    services.change_sending_rules(actor=SYSTEM, undo_seconds=10)
    with transaction.atomic():
        message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    Message.objects.update(leaves_at=timezone.now())
    job = Job.objects.get(task="messaging.deliver_message")
    connection.set_schema_to_public()
    killed_at(delivering, "_has_left", lambda: outbox.run_job(str(job.pk)))
    connection.set_tenant(city)

    assert Delivery.objects.get().delivered_at is None
    with pytest.raises(MessageHasLeft):
        services.undo_sending(actor=clerk, message=message)
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    connection.set_schema_to_public()
    assert outbox.run_job(str(job.pk))
    connection.set_tenant(city)
    assert Delivery.objects.get().delivered_at is not None
    assert Notification.objects.count() == 1


def test_the_seconds_are_settled_by_the_city(api, clerk):
    keeper = person_with(Permission.SET_ACCEPTANCE)
    url = f"{API}sending-rules/"

    assert api(clerk).get(url).status_code == 403
    assert api(clerk).patch(url, {"undo_seconds": 5}, HTTP_IF_MATCH='"x"').status_code == 403
    browser = api(keeper)
    shown = browser.get(url).json()
    assert shown["undo_seconds"] == 0
    too_long = browser.patch(url, {"undo_seconds": 121}, HTTP_IF_MATCH=f'"{shown["version"]}"')
    assert too_long.status_code == 400
    changed = browser.patch(url, {"undo_seconds": 15}, HTTP_IF_MATCH=f'"{shown["version"]}"')
    assert (changed.status_code, changed.json()["undo_seconds"]) == (200, 15)
    reach = api(clerk).post(f"{API}audience/", {"all_units": True}).json()
    assert reach["undo_seconds"] == 15
    entry = Entry.objects.get(deed="messaging.change_sending_rules")
    assert (entry.before, entry.after) == ({"undo_seconds": 0}, {"undo_seconds": 15})
