from datetime import time

from django.conf import settings

from notifications import services
from outbox.registry import task

A_DAY = 36
"""Attempts until a mail server that does not answer has been asked for a whole day."""


def _not_sent(*email_ids: str, sentence: str) -> str:
    return services.fail_emails(email_ids, sentence=sentence)


def _tried_again(*email_ids: str) -> None:
    services.await_emails(email_ids)


@task(
    "notifications.send_emails",
    label="Wysyłanie e-maili",
    attempts=A_DAY,
    on_given_up=_not_sent,
    on_tried_again=_tried_again,
)
def send_emails(*email_ids: str) -> None:
    """Safe to run twice: a letter that has left stays sent."""
    services.send_emails(email_ids)


@task(
    "notifications.send_digests",
    label="Zbiorcze e-maile dnia",
    lease=600,
    daily_at=time(settings.DIGEST_HOUR),
)
def send_digests() -> None:
    """Safe to run twice: nobody gets a second digest the same day."""
    services.send_digests()
