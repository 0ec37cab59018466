"""Ranking: matters by a city's rule document, who is over the line, for how much, and why. Pure.

    rules = ranking.read_rules(document, fields)
    outcome = ranking.play(rules, matters, ranking.read_changes(changes, matters, rules))

A matter is a key and typed values; where they come from (a form, scores, a register) is the
business of whoever asks. A scenario is a rule document and changes by hand, each with its reason.
It owns no table and knows no module. `payments` makes of what was given a list for the bank.
"""

from ranking.comparing import Comparison, Difference, compare
from ranking.hand import Change, Changes, read_changes
from ranking.matters import Field, Kind, Matter, Value
from ranking.outcomes import Outcome, PotSum, Row, Why
from ranking.parsing import read_rules
from ranking.playing import play
from ranking.rules import Rules

__all__ = [
    "Change",
    "Changes",
    "Comparison",
    "Difference",
    "Field",
    "Kind",
    "Matter",
    "Outcome",
    "PotSum",
    "Row",
    "Rules",
    "Value",
    "Why",
    "compare",
    "play",
    "read_changes",
    "read_rules",
]
