"""The verbs of telling people."""

from notifications.services.choosing import choose_channel
from notifications.services.digests import send_digests
from notifications.services.joinings import ANSWERED, ASKED, ENDED, tell_joining
from notifications.services.letters import (
    LETTERS_PER_JOB,
    await_emails,
    fail_emails,
    send_emails,
)
from notifications.services.motions import DECIDED, SECOND, tell_motion
from notifications.services.new_devices import NEW_DEVICE, tell_new_device
from notifications.services.proposing import PROPOSED, tell_proposal
from notifications.services.reminding import (
    ESCALATED,
    NEAR,
    note_trouble,
    plan_reminders,
    remind,
    settle_trouble,
    tell_escalation,
    tell_reminder,
)
from notifications.services.telling import News, mark_read, notify

__all__ = [
    "ANSWERED",
    "ASKED",
    "DECIDED",
    "ENDED",
    "ESCALATED",
    "LETTERS_PER_JOB",
    "NEAR",
    "NEW_DEVICE",
    "PROPOSED",
    "SECOND",
    "News",
    "await_emails",
    "choose_channel",
    "fail_emails",
    "mark_read",
    "note_trouble",
    "notify",
    "plan_reminders",
    "remind",
    "send_digests",
    "send_emails",
    "settle_trouble",
    "tell_escalation",
    "tell_joining",
    "tell_motion",
    "tell_new_device",
    "tell_proposal",
    "tell_reminder",
]
