"""Questions about what waits for whom."""

from todo.selectors.behind import people_behind, people_behind_each, players
from todo.selectors.calendars import deadlines_of, link_of
from todo.selectors.running import Section, overview_for, running_of
from todo.selectors.standpoints import Standpoint, View, standpoint_of, waits_in, waits_now
from todo.selectors.waiting import (
    GROUPS,
    counts_of,
    due_rows,
    group_of,
    in_group,
    matching,
    open_rows,
    pressing_for,
    row_with_id,
    rows_of_subjects,
    todo_of,
)

__all__ = [
    "GROUPS",
    "Section",
    "Standpoint",
    "View",
    "counts_of",
    "deadlines_of",
    "due_rows",
    "group_of",
    "in_group",
    "link_of",
    "matching",
    "open_rows",
    "overview_for",
    "people_behind",
    "people_behind_each",
    "players",
    "pressing_for",
    "row_with_id",
    "rows_of_subjects",
    "running_of",
    "standpoint_of",
    "todo_of",
    "waits_in",
    "waits_now",
]
