"""The verbs of waiting, for the services of every module."""

from todo.services.calendar_links import (
    delete_calendar_link,
    make_calendar_link,
    use_calendar_link,
)
from todo.services.joinings import ANSWER_JOINING, joining_waits
from todo.services.losses import DECIDE_LOSS, factor_loss_waits
from todo.services.motions import DECIDE_MOTION, motion_waits
from todo.services.proposals import ANSWER_PROPOSAL, proposal_waits
from todo.services.reminding import Due, due_on, rows_to_remind, take_due
from todo.services.waiting import (
    Wait,
    done,
    excuse,
    forget,
    hand_over,
    prolong,
    settle,
    take_back,
    wait,
)

__all__ = [
    "ANSWER_JOINING",
    "ANSWER_PROPOSAL",
    "DECIDE_LOSS",
    "DECIDE_MOTION",
    "Due",
    "Wait",
    "delete_calendar_link",
    "done",
    "due_on",
    "excuse",
    "factor_loss_waits",
    "forget",
    "hand_over",
    "joining_waits",
    "make_calendar_link",
    "motion_waits",
    "prolong",
    "proposal_waits",
    "rows_to_remind",
    "settle",
    "take_back",
    "take_due",
    "use_calendar_link",
    "wait",
]
