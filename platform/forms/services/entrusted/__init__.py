"""What the owner of a sheet, or publishing, does to sheets: verbs that ask for no right.

Whoever calls has asked for the right to the deed of which they are part. Only the rooms named in
the contract „Entrusted” of `pyproject.toml` reach them.
"""

from forms.services.entrusted.adding import add_sheet
from forms.services.entrusted.discarding import discard_trials
from forms.services.entrusted.moving_sheets import Count, move_sheets
from forms.services.entrusted.printing import printed_versions
from forms.services.entrusted.reopening import (
    reopen_sheet,
    take_back_correction,
    withdraw_sheet,
)

__all__ = [
    "Count",
    "add_sheet",
    "discard_trials",
    "move_sheets",
    "printed_versions",
    "reopen_sheet",
    "take_back_correction",
    "withdraw_sheet",
]
