"""Nothing of one city is seen from the other: API, tasks, notices, archives."""

import pytest
from django.core import mail
from django.db import connection

from modules.messaging import services
from modules.messaging.models import Answer, Delivery, Message
from modules.messaging.services import AnswerContent
from notifications.models import Email, Notification
from outbox.models import Job
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, head_of, survey, workbook

pytestmark = pytest.mark.django_db


def test_no_address_of_one_city_means_anything_in_the_other(clerk, unit, head, api, in_south):
    message = survey(clerk, [unit])
    delivery = message.deliveries.get()
    answer = services.answer_delivery(
        actor=head,
        delivery=delivery,
        content=AnswerContent(workbook=uploaded(head, "a.xlsx", workbook(["Klasa"], ["1a"])).pk),
    )
    merge = services.start_merge(actor=clerk, message=message)
    addresses = [
        f"messages/{message.pk}/{part}"
        for part in ("", "deliveries/", "export/", "archive/", "merge-proposal/", "merges/")
    ] + [
        f"deliveries/{delivery.pk}/",
        f"inbox/{delivery.pk}/",
        f"inbox/{delivery.pk}/answers/",
        f"merges/{merge.pk}/",
        f"merges/{merge.pk}/download/",
        f"attachments/{message.attachments.get().pk}/download/",
        f"answer-files/{answer.files.get().pk}/download/",
    ]
    with in_south():
        southerner = make_clerk()
        browser = api(southerner, host="south.test")

    for address in addresses:
        found = browser.get(f"/api/v1/messaging/{address}", HTTP_HOST="south.test")
        assert (address, found.status_code) == (address, 404)
    for list_ in ("messages", "inbox"):
        shown = browser.get(f"/api/v1/messaging/{list_}/", HTTP_HOST="south.test")
        assert shown.json()["count"] == 0
    assert browser.get("/api/v1/notifications/", HTTP_HOST="south.test").json()["count"] == 0
    everything = browser.post(
        "/api/v1/messaging/audience/", {"all_units": True}, HTTP_HOST="south.test"
    )
    nobody = {"units": 0, "people": 0, "named": "", "after_do": ""}
    assert everything.json() == nobody | {"acceptance": "none", "undo_seconds": 0}


def test_a_session_of_one_city_is_a_strangers_in_the_other(clerk, unit, api, south):
    message = survey(clerk, [unit])
    browser = api(clerk)

    for address in ("messages/", f"messages/{message.pk}/", "inbox/"):
        there = browser.get(f"/api/v1/messaging/{address}", HTTP_HOST="south.test")
        assert there.status_code == 401


def test_the_task_works_in_the_city_of_its_deed(
    clerk, unit, head, in_south, django_capture_on_commit_callbacks
):
    with in_south():
        southern = UnitFactory()
        southern_head = head_of(southern, email="poludnie@example.org")
        author = make_clerk()
        with django_capture_on_commit_callbacks(execute=True):
            services.send_message(actor=author, message=draft(author, [southern]))
        assert Delivery.objects.get().delivered_at is not None
        assert Notification.objects.get().person == southern_head
        assert Email.objects.get().body.count("://south.test:") == 1
        assert set(Job.objects.values_list("schema_name", flat=True)) == {"south"}

    assert connection.schema_name == "north"
    assert [letter.to for letter in mail.outbox] == [["poludnie@example.org"]]
    for model in (Message, Delivery, Answer, Notification, Email):
        assert not model.objects.exists()
