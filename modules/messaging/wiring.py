"""What messaging tells the rooms below: its kinds of news, and messages that need acceptance."""

from accounts import registry as leaving
from modules.messaging.services import delivering, subject
from modules.messaging.services.entrusted.leaving import hand_over_drafts
from notifications import registry as news
from procedures import registry as procedures

leaving.on_leaving(hand_over_drafts)
news.declare(*delivering.KINDS)
procedures.subject("messaging.message", subject.TOLD)
