"""What this room tells accounts: which way in it has given out."""

from accounts import registry as leaving
from todo.services.calendar_links import end_calendar_of

leaving.on_eviction(end_calendar_of)
