"""Case signs: numbered from 1 in each class and year, without a gap, without a double."""

from datetime import date
from typing import TYPE_CHECKING

from procedures.models import CaseClass, CaseSign, ClassYear
from procedures.selectors.class_list import class_of

if TYPE_CHECKING:
    from procedures.models import Case


def draw_sign(*, case: "Case", case_class: CaseClass, on: date) -> CaseSign:
    """Give the case the next number of the class in the year of that day; again gives the same.

    It belongs into the transaction that files the case: the counter's row stays locked until
    then, so a transaction rolled back gives its number back (KANC-01 of domain.md 8.6). The
    caller has asked for the right and holds the case locked.
    """
    signed = CaseSign.objects.select_related("case_class").filter(case=case).first()
    if signed is not None:
        return signed
    number = ClassYear.draw(case_class=case_class, year=on.year)
    return CaseSign.objects.create(case=case, case_class=case_class, year=on.year, number=number)


def sign_of(*, case: "Case", symbol: str, on: date) -> str:
    """The sign of a case in the class that its procedure names; "" where it names none.

    Raises `ClassUnknown`, so that nothing is filed without the sign it should have.
    """
    if not symbol:
        return ""
    return str(draw_sign(case=case, case_class=class_of(symbol), on=on))
