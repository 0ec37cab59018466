"""News of the rooms below, and of deadlines, which come from every module."""

from accounts import registry as accounts
from notifications import registry as notifications
from notifications.services import ESCALATED, NEAR, PROPOSED, tell_proposal

notifications.declare(NEAR, ESCALATED, PROPOSED)
accounts.on_proposal(tell_proposal)
