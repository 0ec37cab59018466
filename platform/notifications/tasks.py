from notifications import services
from outbox.registry import task


@task("notifications.send_emails")
def send_emails(*email_ids: str) -> None:
    """Safe to run twice: a letter that has left stays sent."""
    services.send_emails(email_ids)
