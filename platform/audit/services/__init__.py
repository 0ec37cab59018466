"""The verbs of the log."""

from audit.services.chaining import Verdict, close_chain, holds_note, verify_chain
from audit.services.exporting import export_log
from audit.services.lists import write_list
from audit.services.recording import (
    TYPING_COUNTS_ONCE_IN,
    origin,
    record,
    record_export,
    record_refusal,
    record_typing,
    record_view,
)

__all__ = [
    "TYPING_COUNTS_ONCE_IN",
    "Verdict",
    "close_chain",
    "export_log",
    "holds_note",
    "origin",
    "record",
    "record_export",
    "record_refusal",
    "record_typing",
    "record_view",
    "verify_chain",
    "write_list",
]
