"""The verbs of cases, one file for each part of a case's life."""

from procedures.services.cases.exporting import export_cases
from procedures.services.cases.moving import move_case
from procedures.services.cases.opening import open_case
from procedures.services.cases.performing import perform
from procedures.services.cases.reminding import remind_cases, renew_waiting
from procedures.services.cases.undoing import undo

__all__ = [
    "export_cases",
    "move_case",
    "open_case",
    "perform",
    "remind_cases",
    "renew_waiting",
    "undo",
]
