"""Acceptance: a message that somebody has to accept before it leaves.

It runs through a procedure of the city (`procedures`), as a grant does: who accepts is a function,
substitutes stand in, and the whole story is in the case.
"""

from modules.messaging.services.acceptance.asking import ask_acceptance
from modules.messaging.services.acceptance.deciding import Verdict, decide
from modules.messaging.services.acceptance.links import (
    KIND_OF_LINK,
    address_of,
    decide_by_link,
    end_links_of,
    opened_link,
    write_link,
)
from modules.messaging.services.acceptance.rules import delete_rule, rule_for, set_rule

__all__ = [
    "KIND_OF_LINK",
    "Verdict",
    "address_of",
    "ask_acceptance",
    "decide",
    "decide_by_link",
    "delete_rule",
    "end_links_of",
    "opened_link",
    "rule_for",
    "set_rule",
    "write_link",
]
