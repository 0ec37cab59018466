"""The verbs of telling people."""

from notifications.services.choosing import choose_channel
from notifications.services.digests import send_digests
from notifications.services.letters import LETTERS_PER_JOB, send_emails
from notifications.services.reminding import (
    ESCALATED,
    NEAR,
    remind_deadlines,
    tell_escalation,
    tell_reminder,
)
from notifications.services.telling import News, mark_read, notify

__all__ = [
    "ESCALATED",
    "LETTERS_PER_JOB",
    "NEAR",
    "News",
    "choose_channel",
    "mark_read",
    "notify",
    "remind_deadlines",
    "send_digests",
    "send_emails",
    "tell_escalation",
    "tell_reminder",
]
