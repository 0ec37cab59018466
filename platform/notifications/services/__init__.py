"""The verbs of telling people."""

from notifications.services.choosing import choose_channel
from notifications.services.digests import send_digests
from notifications.services.letters import (
    LETTERS_PER_JOB,
    await_emails,
    fail_emails,
    send_emails,
)
from notifications.services.telling import News, mark_read, notify

__all__ = [
    "LETTERS_PER_JOB",
    "News",
    "await_emails",
    "choose_channel",
    "fail_emails",
    "mark_read",
    "notify",
    "send_digests",
    "send_emails",
]
