from datetime import date, time
from uuid import UUID

from django.conf import settings

from notifications import services
from outbox.registry import task
from todo import selectors as todo

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


def _not_reminded(row_id: str, *_args: str, sentence: str) -> str:
    return services.note_trouble(row_id=UUID(row_id), sentence=sentence)


def _reminded_again(row_id: str, *_args: str) -> None:
    services.settle_trouble(row_id=UUID(row_id))


@task(
    "notifications.plan_reminders",
    label="Poranny przegląd terminów",
    lease=900,
    daily_at=time(6),
)
def plan_reminders() -> None:
    """Safe to run twice: each row is told of once a day."""
    services.plan_reminders()


@task(
    "notifications.remind",
    label="Sprawdzenie terminu",
    on_given_up=_not_reminded,
    on_tried_again=_reminded_again,
)
def remind(row_id: str, day: str) -> None:
    services.remind(row_id=UUID(row_id), today=date.fromisoformat(day))


@task(
    "notifications.tell_reminder",
    label="Przypomnienie o terminie",
    on_given_up=_not_reminded,
    on_tried_again=_reminded_again,
)
def tell_reminder(row_id: str, day: str) -> None:
    services.tell_reminder(row=todo.row_with_id(UUID(row_id)), day=date.fromisoformat(day))


@task(
    "notifications.tell_escalation",
    label="Powiadomienie przełożonego o przekroczonym terminie",
    on_given_up=_not_reminded,
    on_tried_again=_reminded_again,
)
def tell_escalation(row_id: str) -> None:
    services.tell_escalation(row=todo.row_with_id(UUID(row_id)))
