"""What waits of the rooms below, which know no to-do list; and which way in gives out with it."""

from accounts import registry as accounts
from todo import registry as todo
from todo.services import (
    ANSWER_JOINING,
    ANSWER_PROPOSAL,
    DECIDE_LOSS,
    DECIDE_MOTION,
    factor_loss_waits,
    joining_waits,
    motion_waits,
    proposal_waits,
)
from todo.services.calendar_links import end_calendar_of

todo.declare(ANSWER_JOINING, ANSWER_PROPOSAL, DECIDE_LOSS, DECIDE_MOTION)
accounts.on_proposal(proposal_waits)
accounts.on_joining(joining_waits)
accounts.on_motion(motion_waits)
accounts.on_factor_loss(factor_loss_waits)
accounts.on_eviction(end_calendar_of)
