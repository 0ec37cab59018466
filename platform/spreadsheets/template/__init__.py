"""What was sent out: its sheets, where their tables and fields are, and how to merge the copies."""

from spreadsheets.template.finding import find_tables
from spreadsheets.template.layout import TableLayout, Title
from spreadsheets.template.proposing import (
    Proposal,
    SheetProposal,
    looks_like_labels,
    proposal,
    propose,
)
from spreadsheets.template.sheet import Mode, Place, TemplateSheet, read_template
from spreadsheets.template.texts import Comparable, comparable, is_blank_line, is_numbering, same

__all__ = [
    "Comparable",
    "Mode",
    "Place",
    "Proposal",
    "SheetProposal",
    "TableLayout",
    "TemplateSheet",
    "Title",
    "comparable",
    "find_tables",
    "is_blank_line",
    "is_numbering",
    "looks_like_labels",
    "proposal",
    "propose",
    "read_template",
    "same",
]
