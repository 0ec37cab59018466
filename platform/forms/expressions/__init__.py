"""The small language of conditions, checks and computed values (docs/expressions.md).

`parse` reads, `write` writes, `type_of` finds faults before anybody fills a form, `evaluate`
computes: on the server only, totally, in so many
steps. A `Template` is a text with `{expressions}`.
"""

from forms.expressions.counting import steps_in_row, steps_of
from forms.expressions.describing import DESCRIBED, Described
from forms.expressions.errors import Malformed
from forms.expressions.evaluating import Environment, Surroundings, evaluate, holds
from forms.expressions.functions import is_empty, rounded
from forms.expressions.grids import FROM, Grid, TableShape, key_text, shape_of
from forms.expressions.parsing import parse
from forms.expressions.schooling import Calendar, SchoolYear
from forms.expressions.settling import settled
from forms.expressions.steps import MOST_STEPS, Steps, TooManySteps
from forms.expressions.templates import NO_VALUE, Template, format_number, in_polish, parse_template
from forms.expressions.tree import Expression, Name, Scalar, Value
from forms.expressions.types import SPOKEN, Fault, Scope, Type, list_of
from forms.expressions.typing import type_of
from forms.expressions.words import RESERVED, UNIT_FACTS
from forms.expressions.writing import write

__all__ = [
    "DESCRIBED",
    "FROM",
    "MOST_STEPS",
    "NO_VALUE",
    "RESERVED",
    "SPOKEN",
    "UNIT_FACTS",
    "Calendar",
    "Described",
    "Environment",
    "Expression",
    "Fault",
    "Grid",
    "Malformed",
    "Name",
    "Scalar",
    "SchoolYear",
    "Scope",
    "Steps",
    "Surroundings",
    "TableShape",
    "Template",
    "TooManySteps",
    "Type",
    "Value",
    "evaluate",
    "format_number",
    "holds",
    "in_polish",
    "is_empty",
    "key_text",
    "list_of",
    "parse",
    "parse_template",
    "rounded",
    "settled",
    "shape_of",
    "steps_in_row",
    "steps_of",
    "type_of",
    "write",
]
