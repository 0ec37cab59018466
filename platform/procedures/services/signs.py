"""Case signs: numbered from 1 in each class and year, without a gap, without a double."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from opium.models import uuid7
from procedures.models import CaseClass, CaseSign
from procedures.selectors.classes import class_of

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
    return CaseSign.objects.create(
        case=case, case_class=case_class, year=on.year, number=next_number(case_class, on.year)
    )


def sign_of(*, case: "Case", symbol: str, on: date) -> str:
    """The sign of a case in the class that its procedure names; "" where it names none.

    Raises `ClassUnknown`, so that nothing is filed without the sign it should have.
    """
    if not symbol:
        return ""
    return str(draw_sign(case=case, case_class=class_of(symbol), on=on))


def next_number(case_class: CaseClass, year: int) -> int:
    """One statement, so that nobody comes between the reading and the writing."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO procedures_classyear
                   (id, created_at, updated_at, case_class_id, year, last_number)
            VALUES (%s, now(), now(), %s, %s, 1)
            ON CONFLICT (case_class_id, year) DO UPDATE
            SET last_number = procedures_classyear.last_number + 1, updated_at = now()
            RETURNING last_number
            """,
            [uuid7(), case_class.pk, year],
        )
        number: int = cursor.fetchone()[0]
    return number
