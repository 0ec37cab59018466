import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from modules.messaging import services
from modules.messaging.models import Delivery
from modules.messaging.services import delivering
from notifications import services as notifications
from notifications.models import Email, Notification
from opium.isolation import SomeFailed
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory
from tests.factories.killing import killed_at
from tests.factories.messaging import city_of, draft, head_of, sent
from tests.factories.poison import cure, given_up, poison

pytestmark = pytest.mark.django_db


def test_everybody_who_belongs_to_the_unit_is_told_once(clerk, unit, head, city):
    second = head_of(unit)
    leaver = PersonFactory()
    MembershipFactory(person=leaver, unit=unit, valid_to=timezone.localdate() - timedelta(days=1))
    closed_account = head_of(unit, is_active=False)
    message = services.send_message(actor=clerk, message=draft(clerk, [unit]))

    services.deliver_message(actor=SYSTEM, message=message)

    delivery = Delivery.objects.get()
    assert delivery.delivered_at is not None
    told = Notification.objects.filter(kind="messaging.message", subject_id=delivery.pk)
    assert set(told.values_list("person", flat=True)) == {head.pk, second.pk}
    assert closed_account.pk not in told.values_list("person", flat=True)
    assert {one.url for one in told} == {f"/messaging/inbox/{delivery.pk}"}


def test_the_letter_names_sender_subject_due_date_and_address(
    clerk, unit, head, django_capture_on_commit_callbacks
):
    due = timezone.now() + timedelta(days=3)
    message = draft(
        clerk,
        [unit],
        subject="Obiady {2026}\nBcc: x@example.org",
        answer_request={"wants_text": True, "due_at": due},
    )

    with django_capture_on_commit_callbacks(execute=True):
        services.send_message(actor=clerk, message=message)

    [letter] = mail.outbox
    assert letter.to == [head.email]
    assert letter.subject == "Nowa wiadomość: Obiady {2026} Bcc: x@example.org"
    assert "Ewa Lis (North) przesyła wiadomość „Obiady {2026}" in letter.body
    assert "Adresat: SP nr 7." in letter.body
    assert f"{timezone.localtime(due):Prosi o odpowiedź do %d.%m.%Y, %H:%M}" in letter.body
    assert f"://north.test:8000/messaging/inbox/{Delivery.objects.get().pk}\n" in letter.body
    assert letter.extra_headers["Message-ID"].startswith(f"<{Email.objects.get().pk}@")


def test_running_it_again_tells_nobody_twice(clerk, unit, head, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = services.send_message(actor=clerk, message=draft(clerk, [unit]))
    delivered_at = Delivery.objects.get().delivered_at

    with django_capture_on_commit_callbacks(execute=True):
        services.deliver_message(actor=SYSTEM, message=message)
        Delivery.objects.update(delivered_at=None)
        services.deliver_message(actor=SYSTEM, message=message)

    assert Delivery.objects.get().delivered_at > delivered_at
    assert Notification.objects.count() == 1
    assert Email.objects.count() == 1
    assert len(mail.outbox) == 1


def test_a_unit_without_people_still_has_its_message(clerk, unit):
    sent(clerk, [unit])

    assert Delivery.objects.get().delivered_at is not None
    assert not Notification.objects.exists()


def test_a_person_of_two_units_is_told_of_each(clerk, unit, head, delivery_to):
    other = city_of(1)[0][0]
    MembershipFactory(person=head, unit=other)

    message = sent(clerk, [unit, other])

    assert {one.url for one in Notification.objects.filter(person=head)} == {
        delivery_to(message, unit).url,
        delivery_to(message, other).url,
    }


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(clerk, city, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    units, heads = city_of(100)
    with transaction.atomic():
        services.send_message(actor=clerk, message=draft(clerk, units))
        job = Job.objects.get(task="messaging.deliver_message")
        Job.objects.update(leased_until=timezone.now() + timedelta(hours=1))
    assert not Delivery.objects.filter(delivered_at__isnull=False).exists()
    Job.objects.update(leased_until=None)

    connection.set_schema_to_public()
    killed_at(notifications, "notify", lambda: outbox.run_job(str(job.pk)), call=2)
    connection.set_tenant(city)
    reached = Delivery.objects.filter(delivered_at__isnull=False).count()
    assert reached == delivering.BATCH
    assert Notification.objects.count() == reached

    connection.set_schema_to_public()
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(done_at=None).update(leased_until=long_ago, due_at=long_ago)
    outbox.relay_jobs()

    assert not Job.objects.filter(done_at=None).exists()
    with tenant_context(city):
        assert not Delivery.objects.filter(delivered_at=None).exists()
        told = Notification.objects.values_list("person", flat=True)
        assert sorted(told) == sorted(head.pk for head in heads)
        assert Email.objects.filter(state=Email.State.SENT).count() == 100
    letters = "".join(path.read_text() for path in Path(settings.EMAIL_FILE_PATH).iterdir())
    addressed = re.findall(r"^To: (.*)$", letters, re.MULTILINE)
    assert sorted(addressed) == sorted(head.email for head in heads)


def test_a_recipient_who_cannot_be_told_keeps_nobody_else_from_the_message(clerk):
    units, heads = city_of(60)
    message = services.send_message(actor=clerk, message=draft(clerk, units))
    poison(Notification, "INSERT", f"NEW.person_id = '{heads[41].pk}'")

    with pytest.raises(SomeFailed) as told:
        services.deliver_message(actor=SYSTEM, message=message)

    bad = Delivery.objects.get(message=message, unit=units[41])
    assert [row for row, _ in told.value.failures] == [bad]
    assert list(Delivery.objects.filter(delivered_at=None)) == [bad]
    assert Notification.objects.count() == 59


def test_the_sender_reads_who_was_not_reached_until_it_is_tried_again(clerk, api):
    units, heads = city_of(2)
    message = services.send_message(actor=clerk, message=draft(clerk, units))
    poison(Notification, "INSERT", f"NEW.person_id = '{heads[0].pk}'")
    address = f"/api/v1/messaging/messages/{message.pk}/"

    job = given_up(Job.objects.get(task="messaging.deliver_message"))

    assert job.about == "Ankieta o obiadach"
    assert job.sentence.startswith("Nie udało się dla 1 z 2: Ankieta o obiadach: ")
    trouble = api(clerk).get(address).json()["trouble"]
    assert trouble == f"Wiadomość nie dotarła do wszystkich. {job.sentence}"
    cure(Notification)
    outbox.try_again(actor=SYSTEM, job=job)
    assert api(clerk).get(address).json()["trouble"] == ""
    assert outbox.run_job(str(job.pk))
    assert not Delivery.objects.filter(delivered_at=None).exists()


def test_a_reminder_that_cannot_be_told_keeps_no_other(clerk):
    units, heads = city_of(3)
    message = sent(clerk, units, answer_request={"wants_text": True})
    services.remind_silent(actor=clerk, message=message)
    poison(Notification, "INSERT", f"NEW.person_id = '{heads[0].pk}'")

    job = given_up(Job.objects.get(task="messaging.deliver_reminders"))

    told = Notification.objects.filter(kind="messaging.reminder")
    assert set(told.values_list("person", flat=True)) == {heads[1].pk, heads[2].pk}
    message.refresh_from_db()
    assert message.trouble == f"Ponaglenie nie dotarło do wszystkich. {job.sentence}"
