"""Filing a case: the sign that it gets for good."""

from typing import TYPE_CHECKING

from opium.polish import fold
from procedures.models import Case
from procedures.services import signs

if TYPE_CHECKING:
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


def searched(case: Case) -> str:
    """What the search of cases compares."""
    return fold(f"{case.sign} {case.title} {case.unit_name}")
