"""Letters: written with the deed, handed over after its commit."""

import smtplib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import timezone

from notifications.errors import EmailsLeft
from notifications.models import Email
from outbox.services import after_commit

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

LETTERS_PER_JOB = 25
FOOTER = "Ten list wysłał system OPIUM. Prosimy na niego nie odpowiadać."


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
