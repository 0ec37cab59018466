import smtplib
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from notifications import services
from notifications.errors import EmailsLeft
from notifications.models import Email, Notification
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import PersonFactory
from tests.factories.poison import given_up
from tests.notifications.conftest import news

pytestmark = pytest.mark.django_db


class MovingServer(EmailBackend):
    """A mail server whose first letter goes through and whose second does not."""

    problem: Exception = smtplib.SMTPServerDisconnected("gone")

    def send_messages(self, messages):
        if len(mail.outbox) == 1:
            raise self.problem
        return super().send_messages(messages)


class RefusingServer(MovingServer):
    problem = smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"no such box")})


def waiting_ids():
    emails = Email.objects.filter(state=Email.State.WAITING).order_by("pk")
    return [str(pk) for pk in emails.values_list("pk", flat=True)]


def test_each_person_is_told_once_of_a_subject(city, django_capture_on_commit_callbacks):
    first, second = PersonFactory.create_batch(2)
    subject = uuid4()

    with django_capture_on_commit_callbacks(execute=True):
        services.notify([news(first, subject), news(second, subject)])
        services.notify([news(first, subject)])
        services.notify([news(first, subject, kind="messaging.reminder"), news(first, uuid4())])

    assert Notification.objects.filter(person=first).count() == 3
    assert Notification.objects.filter(person=second).count() == 1
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        [first.email] * 3 + [second.email]
    )


def test_the_letter_leads_to_the_city(city, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.notify([news(PersonFactory(), uuid4())])

    assert mail.outbox[0].body == (
        "Wiadomość czeka:\nhttp://north.test:8000/messaging/inbox/7\n\n"
        "Ten list wysłał system OPIUM. Prosimy na niego nie odpowiadać.\n"
    )


def test_many_letters_go_in_jobs_of_twenty_five(city):
    people = PersonFactory.create_batch(60)

    services.notify(news(person, uuid4()) for person in people)

    jobs = Job.objects.filter(task="notifications.send_emails")
    assert sorted(len(job.args) for job in jobs) == [10, 25, 25]


def test_a_letter_that_has_left_is_not_sent_again(city):
    services.notify([news(PersonFactory(), uuid4())])
    ids = waiting_ids()

    services.send_emails(ids)
    services.send_emails(ids)

    assert len(mail.outbox) == 1
    letter = Email.objects.get()
    assert letter.state == Email.State.SENT
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{letter.pk}@localhost>"


def test_a_server_that_hangs_up_leaves_the_rest_for_the_next_attempt(city, settings):
    services.notify([news(person, uuid4()) for person in PersonFactory.create_batch(3)])
    ids = waiting_ids()
    settings.EMAIL_BACKEND = f"{__name__}.MovingServer"

    with pytest.raises(EmailsLeft):
        services.send_emails(ids)
    assert waiting_ids() == ids[1:]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    services.send_emails(ids)

    assert waiting_ids() == []
    assert len(mail.outbox) == 3


def test_an_address_that_is_refused_is_written_down_and_left(city, settings):
    services.notify([news(person, uuid4()) for person in PersonFactory.create_batch(2)])
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"

    services.send_emails(waiting_ids())

    refused = Email.objects.get(state=Email.State.REFUSED)
    assert "no such box" in refused.refusal
    assert refused.sent_at is None


def test_a_subject_of_two_lines_cannot_add_a_header(city):
    services.notify([news(PersonFactory(), uuid4(), letter_subject="Obiady\r\nBcc: x@example.org")])

    services.send_emails(waiting_ids())

    assert mail.outbox[0].subject == "Obiady Bcc: x@example.org"


class ChokingServer(EmailBackend):
    """A mail server library that chokes on one letter, as on a header that it cannot write."""

    def send_messages(self, messages):
        if "zatruty" in messages[0].subject:
            raise ValueError("Header values can't contain newlines")
        return super().send_messages(messages)


def test_a_letter_that_cannot_be_written_keeps_no_other_from_leaving(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.ChokingServer"
    people = PersonFactory.create_batch(3)
    for person, subject in zip(people, ("pierwszy", "zatruty", "trzeci"), strict=True):
        services.notify([news(person, letter_subject=subject)])

    with pytest.raises(EmailsLeft) as told:
        services.send_emails(waiting_ids())

    assert [letter.subject for letter in mail.outbox] == ["pierwszy", "trzeci"]
    assert str(told.value) == (
        "Nie udało się wysłać 1 wiadomości e-mail. Odpowiedź serwera poczty: "
        "ValueError: Header values can't contain newlines"
    )


def test_letters_that_never_left_are_marked_and_wait_again_when_tried_again(city, settings):
    settings.EMAIL_BACKEND = f"{__name__}.ChokingServer"
    person = PersonFactory(email="ktos@example.org")
    services.notify([news(person, letter_subject="zatruty")])
    [job] = Job.objects.filter(task="notifications.send_emails")

    job = given_up(job)

    letter = Email.objects.get()
    assert (letter.state, letter.refusal) == ("failed", job.sentence[:300])
    assert job.about == "ktos@example.org"
    outbox.try_again(actor=SYSTEM, job=job)
    letter.refresh_from_db()
    assert (letter.state, letter.refusal) == ("waiting", "")
