"""What other rooms and the API may do in the budget."""

from budget.models import Entry
from budget.services.booking import Share, Subject, hold
from budget.services.classifications import (
    add_classification,
    change_classification,
    copy_classifications,
    delete_classification,
)
from budget.services.exporting import export_entries, export_pots
from budget.services.ledger import (
    ask,
    grant,
    invoice,
    pay,
    release,
    reserve,
    settle,
    take_back,
    take_return,
)
from budget.services.pots import change_amount, change_pot, delegate_part, make_pot

State = Entry.State
"""What money is before it is released: reserved, or granted."""

__all__ = [
    "Share",
    "State",
    "Subject",
    "add_classification",
    "ask",
    "change_amount",
    "change_classification",
    "change_pot",
    "copy_classifications",
    "delegate_part",
    "delete_classification",
    "export_entries",
    "export_pots",
    "grant",
    "hold",
    "invoice",
    "make_pot",
    "pay",
    "release",
    "reserve",
    "settle",
    "take_back",
    "take_return",
]
