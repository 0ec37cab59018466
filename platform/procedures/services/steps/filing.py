"""Filing a case: the sign that it gets for good."""

from typing import TYPE_CHECKING

from forms import selectors as forms
from opium.polish import fold
from procedures.models import Case
from procedures.services import signs

if TYPE_CHECKING:
    from forms.models import SheetVersion
    from procedures.desk import Desk


def file_case(desk: "Desk") -> None:
    """Draw the sign of a case that has none, where its procedure names a class; none of a trial.

    A matter that begins with a submission is filed when it is submitted, so that drafts take no
    numbers; any other at its opening. The caller saves the case. Raises `ClassUnknown`.
    """
    case = desk.case
    if not case.sign and not case.is_trial:
        symbol = desk.procedure.class_symbol
        case.sign = signs.sign_of(case=case, symbol=symbol, on=desk.today)
    case.search = searched(case)


def name_case(case: Case, version: "SheetVersion") -> None:
    """Call the case as its application does, where the form asks for a title; the caller saves."""
    questions = forms.definition_of(version.revision).questions()
    asked = next((one for one in questions if one.options.names), None)
    told = version.answers.get(asked.key) if asked is not None else None
    if isinstance(told, str) and told.strip():
        case.title = told.strip()[:300]
        case.search = searched(case)


def searched(case: Case) -> str:
    """What the search of cases compares."""
    return fold(f"{case.sign} {case.title} {case.unit_name}")
