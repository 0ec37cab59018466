"""What messaging tells the rooms below: its kinds of news, and messages that need acceptance."""

from accounts.registry import on_eviction, on_leaving
from files.registry import PURPOSES
from modules.messaging.selectors import TEMPLATE_READING
from modules.messaging.selectors.surveys import FIGURES, SURVEYS
from modules.messaging.services import (
    acceptance,
    checking,
    delivering,
    duties,
    entering,
    handing,
    prolonging,
    proposing,
    questions,
    replacing,
    subject,
)
from modules.messaging.services.entrusted.leaving import hand_over_drafts
from notifications import registry as notifications
from procedures import registry as procedures
from threads import registry as threads
from todo import registry as todo

PURPOSES.declare(checking.PURPOSE, checking.READING)
PURPOSES.declare(TEMPLATE_READING, proposing.READING)
on_leaving(hand_over_drafts)
on_eviction(acceptance.end_links_of)
notifications.declare(
    *delivering.KINDS,
    checking.UNREADABLE,
    entering.ENTERED,
    handing.HANDED,
    prolonging.PROLONGED,
    replacing.WANTED_ANEW,
)
notifications.declare_link(acceptance.KIND_OF_LINK, acceptance.address_of)
procedures.subject("messaging.message", subject.TOLD)
threads.subject(duties.DELIVERY, questions.QUESTIONS)
todo.declare(*duties.KINDS_OF_WAITS)
todo.running(SURVEYS)
todo.figures(FIGURES)
