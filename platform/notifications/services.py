"""The verbs of telling people."""

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from notifications.errors import EmailsLeft
from notifications.models import Email, Notification
from opium.permissions import Actor
from outbox.services import after_commit

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from accounts.models import Person

LETTERS_PER_JOB = 25
FOOTER = "Ten list wysłał system OPIUM. Prosimy na niego nie odpowiadać."


@dataclass(frozen=True, slots=True)
class News:
    """What to tell whom: a sentence for the bell and a letter, about one subject of one kind."""

    person: "Person"
    kind: str
    subject_id: UUID
    title: str
    url: str
    """Where in the city's screens it can be seen, from the root: `/messaging/inbox/…`."""
    letter_subject: str
    letter_body: str
    """Plain text; `{link}` in it becomes the full address."""


class _Domain(Protocol):
    domain: str


class _City(Protocol):
    def get_primary_domain(self) -> _Domain: ...


@transaction.atomic
def notify(news: Iterable[News]) -> None:
    """Tell each person once about each subject of a kind, however often this runs.

    The letters leave after the commit, `LETTERS_PER_JOB` in a job.
    """
    told = list(news)
    Notification.objects.bulk_create(
        (
            Notification(
                person_id=one.person.pk,
                kind=one.kind,
                subject_id=one.subject_id,
                title=one.title,
                url=one.url,
            )
            for one in told
        ),
        ignore_conflicts=True,
    )
    if told:
        city = _city_address()
        _post([_letter(one, city) for one in told])


def _post(letters: list[Email]) -> None:
    Email.objects.bulk_create(letters, ignore_conflicts=True)
    ours = Email.objects.filter(pk__in=[letter.pk for letter in letters])
    ids = [str(pk) for pk in ours.order_by("pk").values_list("pk", flat=True)]
    for start in range(0, len(ids), LETTERS_PER_JOB):
        after_commit("notifications.send_emails", *ids[start : start + LETTERS_PER_JOB])


def _letter(news: News, city: str) -> Email:
    return Email(
        key=f"{news.kind}:{news.subject_id}:{news.person.pk}",
        recipient=news.person.email,
        subject=" ".join(news.letter_subject.split())[:300],
        body=f"{news.letter_body}\n{city}{news.url}\n\n{FOOTER}\n",
    )


def _city_address() -> str:
    city: _City = connection.tenant  # type: ignore[attr-defined]  # set by django-tenants
    address: str = settings.CITY_URL
    return address.format(domain=city.get_primary_domain().domain)


@transaction.atomic
def mark_read(*, actor: Actor, notification: Notification) -> None:
    """The actor has seen it; a second time changes nothing."""
    Notification.objects.filter(pk=notification.pk, person=actor.pk, read_at=None).update(
        read_at=timezone.now()
    )


@transaction.atomic
def mark_read_at(*, actor: Actor, url: str) -> None:
    """Whoever has been to the place has read the notices that lead there."""
    Notification.objects.filter(person=actor.pk, url=url, read_at=None).update(
        read_at=timezone.now()
    )


def send_emails(email_ids: Sequence[str]) -> None:
    """Hand the waiting letters over, each in its own transaction, over one connection.

    A worker that dies between handing over and committing sends that one letter again, under the
    same Message-ID. An address that the server refuses is written down and not tried again;
    raises `EmailsLeft` where the server could not take some of them now.
    """
    left = 0
    with mail.get_connection() as server:
        for email_id in email_ids:
            try:
                _send(email_id, server)
            except (smtplib.SMTPException, OSError):
                left += 1
    if left:
        raise EmailsLeft(count=left)


@transaction.atomic
def _send(email_id: str, server: "BaseEmailBackend") -> None:
    letter = (
        Email.objects.select_for_update(skip_locked=True)
        .filter(pk=email_id, state=Email.State.WAITING)
        .first()
    )
    if letter is None:
        return
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    try:
        mail.EmailMessage(
            letter.subject,
            letter.body,
            to=[letter.recipient],
            headers={"Message-ID": f"<{letter.pk}@{host}>", "Auto-Submitted": "auto-generated"},
            connection=server,
        ).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        letter.state = Email.State.REFUSED
        letter.refusal = str(refusal)[:300]
    else:
        letter.state = Email.State.SENT
        letter.sent_at = timezone.now()
    letter.save(update_fields=["state", "sent_at", "refusal", "updated_at"])
