"""The own inbox is a right: everybody has it in a session, a key only where it is named."""

import zipfile

import pytest
from rest_framework.test import APIClient

from accounts.models import Assignment, Person, Role
from modules.messaging import selectors, services
from modules.messaging.models import Answer, Reading
from modules.messaging.permissions import Permission
from notifications.models import Notification
from opium.errors import NotFound
from opium.permissions import MissingPermission
from tests.factories.accounts import person_with
from tests.factories.keys import program_of, secret_of
from tests.factories.messaging import draft, sent

pytestmark = pytest.mark.django_db
INBOX = "/api/v1/messaging/inbox/"
ONE = "directory.view_units"
SAID = services.AnswerContent(text="Dziękuję.")


@pytest.fixture
def program():
    def of(person, *permissions):
        client = APIClient(HTTP_HOST="north.test")
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(person, *permissions)}")
        return client

    return of


@pytest.fixture
def mine(clerk, head, delivery_to):
    """A message to the head in person, who is asked for a text."""
    message = sent(clerk, people=[head], answer_request={"wants_text": True})
    return delivery_to(message, head)


def test_a_key_limited_to_another_right_reads_no_message_of_the_inbox(mine, head, program):
    client = program(head, ONE)

    for method, path in (
        ("get", ""),
        ("get", f"{mine.pk}/"),
        ("get", f"{mine.pk}/answers/"),
        ("post", f"{mine.pk}/open/"),
    ):
        answer = getattr(client, method)(f"{INBOX}{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
    assert not Reading.objects.exists()


def test_a_key_limited_to_another_right_answers_no_personal_message(mine, head, program):
    answer = program(head, ONE).post(f"{INBOX}{mine.pk}/answers/", {"text": "Dziękuję."})

    assert answer.status_code == 403
    with pytest.raises(MissingPermission):
        services.answer_delivery(actor=program_of(head, ONE), delivery=mine, content=SAID)
    with pytest.raises(MissingPermission):
        services.open_delivery(actor=program_of(head, ONE), delivery=mine)
    assert not Answer.objects.exists()


def test_a_key_that_names_the_inbox_reads_and_answers_what_came_to_the_person(mine, head, program):
    client = program(head, Permission.KEEP_OWN_INBOX)

    assert client.get(f"{INBOX}{mine.pk}/").status_code == 200
    assert client.post(f"{INBOX}{mine.pk}/open/").status_code == 200
    assert client.post(f"{INBOX}{mine.pk}/answers/", {"text": "Tak."}).status_code == 201


def test_a_key_that_names_the_inbox_alone_answers_for_no_unit(clerk, unit, head, program):
    message = sent(clerk, [unit], answer_request={"wants_text": True})
    delivery = message.deliveries.get()

    answer = program(head, Permission.KEEP_OWN_INBOX).post(
        f"{INBOX}{delivery.pk}/answers/", {"text": "Tak."}
    )

    assert answer.status_code == 403
    both = program(head, Permission.KEEP_OWN_INBOX, Permission.ANSWER_MESSAGE)
    assert both.post(f"{INBOX}{delivery.pk}/answers/", {"text": "Tak."}).status_code == 201


def test_an_author_who_may_write_no_more_sees_neither_messages_nor_answers(clerk, unit, head):
    message = sent(clerk, [unit], answer_request={"wants_text": True})
    unsent = draft(clerk, [unit])
    Assignment.objects.filter(person=clerk).delete()
    author = Person.objects.get(pk=clerk.pk)

    assert not selectors.messages_visible_to(author).exists()
    with pytest.raises(NotFound):
        selectors.deliveries_of(author, message)
    with pytest.raises(NotFound):
        selectors.delivery_of_sender(author, message.deliveries.get().pk)
    with pytest.raises(NotFound):
        services.archive_answers(actor=author, message=message)
    with pytest.raises(NotFound):
        services.export_status(
            actor=author, message=message, deliveries=message.deliveries.all(), query={}
        )
    with pytest.raises(MissingPermission):
        services.send_message(actor=author, message=unsent)


def test_a_key_without_the_right_to_send_sees_none_of_its_authors_messages(clerk, unit):
    sent(clerk, [unit])

    assert selectors.messages_visible_to(clerk).count() == 1
    assert not selectors.messages_visible_to(program_of(clerk, ONE)).exists()
    assert selectors.messages_visible_to(program_of(clerk, Permission.SEND_MESSAGE)).count() == 1


def test_a_status_is_exported_of_its_own_message_alone(clerk, unit):
    other = sent(person_with(Permission.SEND_MESSAGE), [unit], subject="Cudza")
    mine = sent(clerk, [unit])

    content = services.export_status(
        actor=clerk, message=mine, deliveries=other.deliveries.all(), query={}
    )

    assert unit.short_name.encode() not in _strings(content)


def _strings(content):
    with zipfile.ZipFile(content) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_bell_is_a_right_that_a_key_can_lack(mine, head, program):
    notice = Notification.objects.get(person=head)

    client = program(head, ONE)
    assert client.get("/api/v1/notifications/").status_code == 403
    assert client.get("/api/v1/notifications/count/").status_code == 403
    assert client.post(f"/api/v1/notifications/{notice.pk}/read/").status_code == 403
    assert Notification.objects.get(pk=notice.pk).read_at is None
    named = program(head, "notifications.read_own_news")
    assert named.get("/api/v1/notifications/").json()["count"] == 1


def test_without_the_factor_that_a_role_demands_the_inbox_waits_too(mine, head, api):
    Role.objects.filter(assignments__person=head).update(requires_mfa=True)

    client = api(Person.objects.get(pk=head.pk))

    assert client.get(INBOX).status_code == 403
    assert client.get(f"{INBOX}{mine.pk}/").status_code == 403
    assert client.get("/api/v1/notifications/").status_code == 403
    assert client.get("/api/v1/accounts/account/").status_code == 200
