from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import EverybodyHasOpened
from modules.messaging.models import Delivery, Reading
from notifications.models import Email, Notification
from notifications.services import await_emails, send_emails
from opium.errors import NotFound
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.keys import secret_of
from tests.factories.messaging import city_of, head_of, sent, survey
from tests.factories.messaging import clerk as make_clerk
from todo.models import Waiting

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging/"


def test_who_has_not_opened_it_loses_it_and_who_has_keeps_it_by_name(
    clerk, unit, head, api, delivery_to
):
    opened = UnitFactory(short_name="SP nr 9")
    reader = head_of(opened, first_name="Ola", last_name="Kos")
    message = survey(clerk, [unit, opened], due_at=timezone.now() + timedelta(days=2))
    services.open_delivery(actor=reader, delivery=delivery_to(message, opened))
    gone = delivery_to(message, unit)
    assert api(head).get(f"{API}inbox/").json()["count"] == 1

    answer = api(clerk).post(f"{API}messages/{message.pk}/recall/", {})

    assert answer.status_code == 200
    [kept] = answer.json()["kept"]
    assert answer.json()["recalled"] == 1
    assert (kept["recipient"]["short_name"], kept["opened_by"]) == ("SP nr 9", "Ola Kos")
    assert api(head).get(f"{API}inbox/").json()["count"] == 0
    assert api(head).get(f"{API}inbox/{gone.pk}/").status_code == 404
    assert api(head).post(f"{API}inbox/{gone.pk}/open/").status_code == 404
    attachment = message.attachments.get()
    assert api(head).get(f"{API}attachments/{attachment.pk}/download/").status_code == 404
    assert not Notification.objects.filter(person=head).exists()
    assert not Waiting.objects.filter(subject_id=gone.pk, done_at=None).exists()
    assert api(reader).get(f"{API}inbox/").json()["count"] == 1
    assert Waiting.objects.filter(code="messaging.chase", done_at=None).count() == 1
    entry = Entry.objects.get(deed="messaging.recall_message")
    assert entry.after == {"recalled": ["SP nr 7"], "kept": ["SP nr 9"]}


def test_a_letter_that_has_not_left_yet_leaves_no_more(clerk, delivery_to):
    (first, second, third), (_, late, kept) = city_of(3)
    message = sent(clerk, [first, second, third])
    Email.objects.filter(recipient=late.email).update(state=Email.State.FAILED)
    waiting = [str(pk) for pk in Email.objects.values_list("pk", flat=True)]
    mail.outbox.clear()

    services.recall_message(
        actor=clerk,
        message=message,
        deliveries=[delivery_to(message, one).pk for one in (first, second)],
    )
    await_emails(waiting)
    send_emails(waiting)

    assert [one.to for one in mail.outbox] == [[kept.email]]
    assert [one.recipient for one in Email.objects.all()] == [kept.email]


def test_a_letter_that_has_left_stays_written_down(clerk, unit, head):
    message = sent(clerk, [unit])
    Email.objects.update(state=Email.State.SENT, sent_at=timezone.now())

    services.recall_message(actor=clerk, message=message)

    assert Email.objects.get().recipient == head.email


def test_the_status_tells_the_recalled_apart_and_counts_them_nowhere_else(clerk, unit, api):
    other = UnitFactory()
    message = survey(clerk, [unit, other], due_at=timezone.now() + timedelta(days=2))
    services.recall_message(
        actor=clerk, message=message, deliveries=[message.deliveries.get(unit=unit).pk]
    )
    url = f"{API}messages/{message.pk}/"

    counts = api(clerk).get(url).json()["counts"]
    assert counts == {
        "recipients": 1,
        "delivered": 1,
        "opened": 0,
        "answered": 0,
        "silent": 1,
        "late": 0,
        "recalled": 1,
    }
    [row] = api(clerk).get(f"{url}deliveries/?status=recalled").json()["results"]
    assert row["recipient"]["short_name"] == "SP nr 7"
    assert row["recalled_at"] is not None
    for status in ("delivered", "silent", "unopened"):
        rows = api(clerk).get(f"{url}deliveries/?status={status}").json()["results"]
        assert [one["recipient"]["id"] for one in rows] == [str(other.pk)]
    assert services.remind_silent(actor=clerk, message=message) == 1


def test_with_the_last_silent_recipient_nobody_is_to_be_chased(clerk, unit):
    message = survey(clerk, [unit], due_at=timezone.now() + timedelta(days=2))

    services.recall_message(actor=clerk, message=message)

    assert not Waiting.objects.filter(done_at=None).exists()


def test_a_recalled_message_is_neither_answered_nor_entered_nor_delivered(clerk, unit, head):
    message = sent(clerk, [unit], answer_request={"wants_text": True})
    stale = message.deliveries.get()
    services.recall_message(actor=clerk, message=message)

    content = services.AnswerContent(text="tak")
    with pytest.raises(NotFound):
        services.answer_delivery(actor=head, delivery=stale, content=content)
    Delivery.objects.update(delivered_at=None)
    services.deliver_message(actor=SYSTEM, message=message)
    assert Delivery.objects.get().delivered_at is None


def test_what_everybody_opened_or_answered_is_not_recalled(clerk, unit, head, delivery_to):
    message = sent(clerk, [unit])
    services.open_delivery(actor=head, delivery=delivery_to(message, unit))

    with pytest.raises(EverybodyHasOpened):
        services.recall_message(actor=clerk, message=message)
    assert Delivery.objects.get().recalled_at is None


def test_only_who_may_send_recalls_and_a_delivery_of_another_message_stays(clerk, unit, api):
    mine, other = sent(clerk, [unit]), sent(clerk, [unit])
    url = f"{API}messages/{mine.pk}/recall/"
    viewer = person_with("messaging.view_messages")
    assert api(viewer).post(url, {}).status_code == 403
    program = api()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(clerk, 'messaging.view_messages')}")
    assert program.post(url, {}).status_code == 403

    body = {"deliveries": [str(other.deliveries.get().pk)]}
    assert api(make_clerk()).post(url, body).status_code == 409
    assert not Delivery.objects.exclude(recalled_at=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_of_opening_and_recall_exactly_one_wins(clerk, unit, head, city):
    message = sent(clerk, [unit])
    delivery = message.deliveries.get()

    def tried(deed, refusal):
        with tenant_context(city):
            try:
                deed()
            except refusal:
                return False
            finally:
                connection.close()
            return True

    with ThreadPoolExecutor(2) as pool:
        recall = pool.submit(
            tried, lambda: services.recall_message(actor=clerk, message=message), EverybodyHasOpened
        )
        opening = pool.submit(
            tried, lambda: services.open_delivery(actor=head, delivery=delivery), NotFound
        )
        assert recall.result() != opening.result()
    assert Reading.objects.exists() == opening.result()
    assert (Delivery.objects.get().recalled_at is not None) == recall.result()
