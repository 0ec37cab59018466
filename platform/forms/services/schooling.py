"""When the city's school years and semesters begin: the city's own word, not the law's."""

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.errors import SchoolYearFaulty
from forms.expressions import SchoolYear
from forms.models import SchoolCalendar
from forms.permissions import Permission
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, require

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The 29th of February is no day of every year."""


@transaction.atomic
def change_school_year(
    *, actor: Actor, begins: tuple[int, int], second_semester: tuple[int, int]
) -> SchoolYear:
    """Month and day of both; drafts reckon by it at once, what was submitted as it did then.

    Raises `SchoolYearFaulty`.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, WHOLE_CITY)
    errors = [
        FieldError(name, "Nie ma takiego dnia w każdym roku. Podaj dzień i miesiąc, np. 1.09.")
        for name, (month, day) in (("begins", begins), ("second_semester", second_semester))
        if not (1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1])
    ]
    if not errors and begins == second_semester:
        sentence = "Drugi semestr nie może zaczynać się razem z rokiem szkolnym."
        errors.append(FieldError("second_semester", sentence))
    if errors:
        raise SchoolYearFaulty(errors=errors)
    before = selectors.school_year()
    row, _ = SchoolCalendar.objects.update_or_create(
        is_only=True,
        defaults={
            "begins_month": begins[0],
            "begins_day": begins[1],
            "second_month": second_semester[0],
            "second_day": second_semester[1],
        },
    )
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_SCHOOL_YEAR,
        right=Permission.MANAGE_DICTIONARIES,
        target=row,
        before=_told(before),
        after=_told(SchoolYear(begins, second_semester)),
    )
    return SchoolYear(begins, second_semester)


def _told(school: SchoolYear) -> dict[str, object]:
    return {"begins": list(school.begins), "second_semester": list(school.second_semester)}
