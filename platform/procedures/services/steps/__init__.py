"""The verbs of cases, one file for each part of a case's life."""

from procedures.services.steps.deciding import Decided, carry_decision
from procedures.services.steps.exporting import export_cases
from procedures.services.steps.moving import move_case
from procedures.services.steps.opening import Taken, open_case
from procedures.services.steps.performing import perform
from procedures.services.steps.timing import (
    follow_members,
    let_time_decide,
    members_change,
    plan_time_decisions,
    renew_all_waiting,
    renew_waiting,
)
from procedures.services.steps.troubling import TROUBLE, note_trouble, settle_trouble
from procedures.services.steps.undoing import reopen_scoring, undo

__all__ = [
    "TROUBLE",
    "Decided",
    "Taken",
    "carry_decision",
    "export_cases",
    "follow_members",
    "let_time_decide",
    "members_change",
    "move_case",
    "note_trouble",
    "open_case",
    "perform",
    "plan_time_decisions",
    "renew_all_waiting",
    "renew_waiting",
    "reopen_scoring",
    "settle_trouble",
    "undo",
]
