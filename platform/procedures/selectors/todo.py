"""„Co na mnie czeka”: one list over everything that waits for somebody."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case as Choice
from django.db.models import CharField, F, Q, QuerySet, Value, When
from django.utils import timezone

from opium.polish import fold
from procedures.models import Waiting
from procedures.standing import Standing

if TYPE_CHECKING:
    from accounts.models import Person


def todo_of(person: "Person") -> QuerySet[Waiting]:
    """What waits for the person today, and for those in whose place they act; nearest term first.

    One query, whatever the number of cases; who plays which function is read before, in a number
    of queries that depends on the person alone. Each row carries its case, procedure and
    `in_place_of_name` ("" for one's own).
    """
    standing = Standing(person)
    rows: QuerySet[Waiting] = (
        Waiting.objects.filter(standing.waits())
        .select_related("case__procedure")
        .annotate(in_place_of_name=_in_place_of(standing))
        .order_by(F("due_at").asc(nulls_last=True), "since", "pk")
    )
    return rows


def _in_place_of(standing: Standing) -> Choice | Value:
    """The name of the absent person, where the row is not one's own."""
    if not standing.absent:
        return Value("", output_field=CharField())
    return Choice(
        When(standing.waits_for(standing.person), then=Value("")),
        *(
            When(standing.waits_for(absent), then=Value(absent.display_name))
            for absent in standing.absent
        ),
        default=Value(""),
        output_field=CharField(),
    )


def todo_matching(rows: QuerySet[Waiting], text: str) -> QuerySet[Waiting]:
    """Those whose case has every word of `text` in sign, title or unit."""
    for word in fold(text).split():
        rows = rows.filter(case__search__contains=word)
    return rows


def overdue(at: datetime | None = None) -> Q:
    """Rows whose deadline has passed."""
    return Q(due_at__lt=at or timezone.now())
