from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from modules.messaging import services
from modules.messaging.errors import MessageNotSent, NoAnswerWanted, NobodyIsSilent
from modules.messaging.models import Reminder
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent
from notifications.models import Notification
from opium.errors import Forbidden
from tests.factories.accounts import person_with
from tests.factories.messaging import city_of, draft, head_of, sent
from tests.factories.messaging import clerk as make_clerk

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(clerk, delivery_to):
    """A message that three units should answer and one has."""
    units, heads = city_of(3)
    message = sent(clerk, units, answer_request={"wants_text": True})
    services.answer_delivery(
        actor=heads[0], delivery=delivery_to(message, units[0]), content=AnswerContent(text="Jest")
    )
    mail.outbox.clear()
    return message, units, heads


def url(message):
    return f"/api/v1/messaging/messages/{message.pk}/reminders/"


def test_one_press_chases_those_who_have_not_answered(
    asked, clerk, api, delivery_to, django_capture_on_commit_callbacks
):
    message, units, heads = asked

    with django_capture_on_commit_callbacks(execute=True):
        answer = api(clerk).post(url(message))

    assert (answer.status_code, answer.json()) == (200, {"reminded": 2})
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        head.email for head in heads[1:]
    )
    assert {letter.subject for letter in mail.outbox} == {"Ponaglenie: Ankieta o obiadach"}
    chased = Notification.objects.filter(kind="messaging.reminder")
    assert {one.url for one in chased} == {delivery_to(message, unit).url for unit in units[1:]}
    assert delivery_to(message, units[1]).reminded_at is not None
    assert delivery_to(message, units[0]).reminded_at is None


def test_nobody_is_chased_for_what_was_not_delivered_yet(
    clerk, delivery_to, django_capture_on_commit_callbacks
):
    units, heads = city_of(2)
    message = sent(clerk, units, answer_request={"wants_text": True})
    message.deliveries.update(delivered_at=None)

    with pytest.raises(NobodyIsSilent):
        services.remind_silent(actor=clerk, message=message)

    message.deliveries.filter(unit=units[0]).update(delivered_at=timezone.now())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert services.remind_silent(actor=clerk, message=message) == 1
    assert [letter.to for letter in mail.outbox] == [[heads[0].email]]
    assert delivery_to(message, units[1]).reminded_at is None


def test_a_double_press_chases_nobody_twice(asked, clerk, api, django_capture_on_commit_callbacks):
    message, _, _ = asked
    with django_capture_on_commit_callbacks(execute=True):
        answers = [api(clerk).post(url(message)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["code"] == "nobody_is_silent"
    assert (Reminder.objects.count(), len(mail.outbox)) == (2, 2)


def test_they_can_be_chased_again_after_an_hour(asked, clerk, django_capture_on_commit_callbacks):
    message, _, _ = asked
    with django_capture_on_commit_callbacks(execute=True):
        services.remind_silent(actor=clerk, message=message)

    with (
        time_machine.travel(timezone.now() + timedelta(minutes=61)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert services.remind_silent(actor=clerk, message=message) == 2

    assert len(mail.outbox) == 4


def test_who_has_answered_meanwhile_is_left_in_peace(
    asked, clerk, delivery_to, django_capture_on_commit_callbacks
):
    message, units, heads = asked
    with django_capture_on_commit_callbacks(execute=True):
        services.remind_silent(actor=clerk, message=message)
        services.answer_delivery(
            actor=heads[1],
            delivery=delivery_to(message, units[1]),
            content=AnswerContent(text="Jest"),
        )

    assert [letter.to for letter in mail.outbox] == [[heads[2].email]]


def test_only_a_sent_message_that_asks_for_answers_is_chased(clerk, unit):
    with pytest.raises(MessageNotSent):
        services.remind_silent(
            actor=clerk, message=draft(clerk, [unit], answer_request={"wants_text": True})
        )
    with pytest.raises(NoAnswerWanted):
        services.remind_silent(actor=clerk, message=sent(clerk, [unit]))


def test_when_all_have_answered_there_is_nobody_to_chase(clerk, unit, head, delivery_to):
    message = sent(clerk, [unit], answer_request={"wants_text": True})
    services.answer_delivery(
        actor=head, delivery=delivery_to(message, unit), content=AnswerContent(text="x")
    )

    with pytest.raises(NobodyIsSilent):
        services.remind_silent(actor=clerk, message=message)


def test_a_colleague_may_chase_and_a_mere_viewer_may_not(asked, unit, api):
    message, _, _ = asked
    viewer = person_with(Permission.VIEW_MESSAGES)

    with pytest.raises(Forbidden):
        services.remind_silent(actor=viewer, message=message)
    assert api(viewer).post(url(message)).status_code == 403
    assert api(head_of(unit)).post(url(message)).status_code == 404
    assert api().post(url(message)).status_code == 401
    assert api(make_clerk()).post(url(message)).json() == {"reminded": 2}
