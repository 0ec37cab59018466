"""Letters: written with the deed, handed over after its commit."""

import smtplib
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import timezone

from notifications import registry
from notifications.errors import EmailsLeft
from notifications.models import Email
from opium.isolation import SomeFailed, each
from outbox.services import after_commit

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

LETTERS_PER_JOB = 25
FOOTER = "Ten list wysłał system OPIUM. Prosimy na niego nie odpowiadać."


def key_of(kind: str, subject_id: UUID, person_id: UUID) -> str:
    """By what the letter of such news to such a person is known."""
    return f"{kind}:{subject_id}:{person_id}"


def post(letters: Sequence[Email]) -> None:
    """Keep the letters, each key once; they leave after the commit, `LETTERS_PER_JOB` in a job."""
    Email.objects.bulk_create(letters, ignore_conflicts=True)
    ours = Email.objects.filter(pk__in=[letter.pk for letter in letters])
    ids = [str(pk) for pk in ours.order_by("pk").values_list("pk", flat=True)]
    for start in range(0, len(ids), LETTERS_PER_JOB):
        after_commit("notifications.send_emails", *ids[start : start + LETTERS_PER_JOB])


def send_emails(email_ids: Sequence[str]) -> None:
    """Hand the waiting letters over, each in its own transaction, over one connection.

    A worker that dies between handing over and committing sends that one letter again, under the
    same Message-ID. An address that the server refuses is written down and not tried again; a
    letter that cannot be handed over keeps no other from leaving: raises `EmailsLeft` after them.
    """
    with mail.get_connection() as server:
        try:
            each(email_ids, lambda email_id: _send(email_id, server))
        except SomeFailed as some:
            causes = {type(error).__name__: str(error) for _, error in some.failures}
            why = "; ".join(f"{name}: {text}" for name, text in causes.items())
            raise EmailsLeft(count=len(some.failures), why=why[:500]) from some


@transaction.atomic
def fail_emails(email_ids: Sequence[str], *, sentence: str) -> str:
    """Mark the letters that never left; whose they are."""
    left = Email.objects.filter(pk__in=email_ids, state=Email.State.WAITING)
    names = sorted(set(left.values_list("recipient", flat=True)))
    left.update(state=Email.State.FAILED, refusal=sentence[:300], updated_at=timezone.now())
    return ", ".join(names)


@transaction.atomic
def await_emails(email_ids: Sequence[str]) -> None:
    """Let the letters that never left wait for another try."""
    failed = Email.objects.filter(pk__in=email_ids, state=Email.State.FAILED)
    failed.update(state=Email.State.WAITING, refusal="", updated_at=timezone.now())


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
            registry.filled(letter.body, letter.link),
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
