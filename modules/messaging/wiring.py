"""What messaging tells the rooms below: its kinds of news, and messages that need acceptance."""

from accounts import registry as leaving
from modules.messaging.selectors.surveys import FIGURES, SURVEYS
from modules.messaging.services import delivering, duties, subject
from modules.messaging.services.entrusted.leaving import hand_over_drafts
from notifications import registry as news
from procedures import registry as procedures
from todo import registry as todo

leaving.on_leaving(hand_over_drafts)
news.declare(*delivering.KINDS)
procedures.subject("messaging.message", subject.TOLD)
todo.declare(*duties.KINDS_OF_WAITS)
todo.running(SURVEYS)
todo.figures(FIGURES)
