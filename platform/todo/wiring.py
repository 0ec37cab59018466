"""What waits of the rooms below, which know no to-do list."""

from accounts import registry as accounts
from todo import registry as todo
from todo.services import ANSWER_PROPOSAL, proposal_waits

todo.declare(ANSWER_PROPOSAL)
accounts.on_proposal(proposal_waits)
