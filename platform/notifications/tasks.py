from datetime import time

from django.conf import settings

from notifications import services
from outbox.registry import task


@task("notifications.send_emails")
def send_emails(*email_ids: str) -> None:
    """Safe to run twice: a letter that has left stays sent."""
    services.send_emails(email_ids)


@task("notifications.send_digests", lease=600, daily_at=time(settings.DIGEST_HOUR))
def send_digests() -> None:
    """Safe to run twice: nobody gets a second digest the same day."""
    services.send_digests()
