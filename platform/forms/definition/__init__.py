"""What a form asks: the definition document, read, written and checked. Pure Python."""

from forms.definition.checking import check
from forms.definition.model import (
    MAX_ROWS,
    Check,
    Choice,
    Column,
    Definition,
    Fault,
    Options,
    Question,
    Section,
    Unreadable,
    is_less,
)
from forms.definition.plan import Plan, plan_of
from forms.definition.scopes import UNIT_SCOPE, scope_of
from forms.definition.shaping import read
from forms.definition.storable import is_storable
from forms.definition.types import (
    BETRAYING,
    PERSONAL_FIELDS,
    SETTING_NAMES,
    TYPES,
    QuestionType,
    parts_of,
)
from forms.definition.writing import write

__all__ = [
    "BETRAYING",
    "MAX_ROWS",
    "PERSONAL_FIELDS",
    "SETTING_NAMES",
    "TYPES",
    "UNIT_SCOPE",
    "Check",
    "Choice",
    "Column",
    "Definition",
    "Fault",
    "Options",
    "Plan",
    "Question",
    "QuestionType",
    "Section",
    "Unreadable",
    "check",
    "is_less",
    "is_storable",
    "parts_of",
    "plan_of",
    "read",
    "scope_of",
    "write",
]
