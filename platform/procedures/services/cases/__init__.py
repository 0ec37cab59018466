"""The verbs of cases, one file for each part of a case's life."""

from procedures.services.cases.exporting import export_cases
from procedures.services.cases.moving import move_case
from procedures.services.cases.opening import open_case
from procedures.services.cases.performing import perform
from procedures.services.cases.timing import let_time_decide, renew_waiting
from procedures.services.cases.undoing import undo

__all__ = [
    "export_cases",
    "let_time_decide",
    "move_case",
    "open_case",
    "perform",
    "renew_waiting",
    "undo",
]
