"""The verbs of waiting, for the services of every module."""

from todo.services.calendar_links import (
    delete_calendar_link,
    make_calendar_link,
    use_calendar_link,
)
from todo.services.reminding import Due, due_on, rows_to_remind, take_due
from todo.services.waiting import Wait, done, hand_over, settle, take_back, wait

__all__ = [
    "Due",
    "Wait",
    "delete_calendar_link",
    "done",
    "due_on",
    "hand_over",
    "make_calendar_link",
    "rows_to_remind",
    "settle",
    "take_back",
    "take_due",
    "use_calendar_link",
    "wait",
]
