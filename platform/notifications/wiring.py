"""News of the rooms below, and of deadlines, which come from every module."""

from accounts import registry as accounts
from notifications import registry as notifications
from notifications.services import (
    ANSWERED,
    ASKED,
    DECIDED,
    ENDED,
    ESCALATED,
    NEAR,
    NEW_DEVICE,
    PROPOSED,
    SECOND,
    tell_joining,
    tell_motion,
    tell_new_device,
    tell_proposal,
)

notifications.declare(
    NEAR, ESCALATED, PROPOSED, NEW_DEVICE, ASKED, ENDED, ANSWERED, SECOND, DECIDED
)
accounts.on_proposal(tell_proposal)
accounts.on_joining(tell_joining)
accounts.on_motion(tell_motion)
accounts.on_new_device(tell_new_device)
