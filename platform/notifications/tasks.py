from datetime import date, time
from uuid import UUID

from django.conf import settings

from notifications import services
from outbox.registry import task
from todo import selectors as todo


@task("notifications.send_emails")
def send_emails(*email_ids: str) -> None:
    """Safe to run twice: a letter that has left stays sent."""
    services.send_emails(email_ids)


@task("notifications.send_digests", lease=600, daily_at=time(settings.DIGEST_HOUR))
def send_digests() -> None:
    """Safe to run twice: nobody gets a second digest the same day."""
    services.send_digests()


@task("notifications.remind_deadlines", lease=900, daily_at=time(6))
def remind_deadlines() -> None:
    """Safe to run twice: each row is told of once a day."""
    services.remind_deadlines()


@task("notifications.tell_reminder")
def tell_reminder(row_id: str, day: str) -> None:
    services.tell_reminder(todo.row_with_id(UUID(row_id)), date.fromisoformat(day))


@task("notifications.tell_escalation")
def tell_escalation(row_id: str) -> None:
    services.tell_escalation(todo.row_with_id(UUID(row_id)))
