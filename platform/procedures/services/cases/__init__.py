"""The verbs of cases, one file for each part of a case's life."""

from procedures.services.cases.exporting import export_cases
from procedures.services.cases.moving import move_case
from procedures.services.cases.opening import open_case
from procedures.services.cases.performing import perform
from procedures.services.cases.reminding import (
    let_time_decide,
    remind,
    remind_cases,
    renew_all_waiting,
    renew_waiting,
)
from procedures.services.cases.troubling import note_trouble, settle_trouble
from procedures.services.cases.undoing import undo

__all__ = [
    "export_cases",
    "let_time_decide",
    "move_case",
    "note_trouble",
    "open_case",
    "perform",
    "remind",
    "remind_cases",
    "renew_all_waiting",
    "renew_waiting",
    "settle_trouble",
    "undo",
]
