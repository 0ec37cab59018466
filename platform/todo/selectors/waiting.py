"""What waits for whom: the list of one person, of many, and of the subjects themselves."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from opium.calendar import CITY_TIME, day_of
from opium.models import annotated
from opium.polish import fold
from opium.prepared import Prepared
from todo import registry
from todo.models import Group, Waiting
from todo.selectors.standpoints import (
    View,
    means,
    standpoint_of,
    standpoints_of,
    waits_in,
    waits_now,
)

if TYPE_CHECKING:
    from accounts.models import Person

NEAR = timedelta(days=7)


def todo_of(person: "Person") -> QuerySet[Waiting]:
    """What waits for the person now, and for those in whose place they act; nearest term first.

    One query, whatever the number of rows and modules; who plays which function is read before,
    in a number of queries that depends on the person alone. Each row carries `in_place_of_name`
    ("" for one's own).
    """
    return _todo.queryset(view=standpoint_of(person).view, now=timezone.now())


def _in_place_of(view: View) -> Case | Value:
    """The name of the absent person, where the row is not one's own."""
    own, *others = view.people
    if not others:
        return Value("", output_field=CharField())
    return Case(
        When(means(view, own), then=Value("")),
        *(When(means(view, one), then=Value(one.name)) for one in others),
        default=Value(""),
        output_field=CharField(),
    )


_todo = Prepared(
    lambda view, now: annotated(
        Waiting.objects.filter(waits_in(view, now)), in_place_of_name=_in_place_of(view)
    ).order_by(F("due_at").asc(nulls_last=True), "since", "pk")
)


def pressing_for(people: "Collection[Person]", until: datetime) -> dict[UUID, list[Waiting]]:
    """Person -> what waits for them and is due before that moment, the nearest first.

    The same rows as of `todo_of`, of many people at once: for the digest. As many queries for
    many as for one.
    """
    rows = Waiting.objects.filter(waits_now(registry.kinds_here()), due_at__lt=until)
    due = list(rows.order_by("due_at", "since", "pk"))
    if not due:
        return {}
    standpoints = standpoints_of(people)
    return {pk: [row for row in due if one.means(row)] for pk, one in standpoints.items()}


def matching(rows: QuerySet[Waiting], text: str) -> QuerySet[Waiting]:
    """Those with every word of `text` in their texts; case and diacritics do not count."""
    for word in fold(text).split():
        rows = rows.filter(search__contains=word)
    return rows


def group_of(due_at: datetime | None, now: datetime) -> Group:
    """How far the deadline is, by the days of Poland."""
    if due_at is None:
        return "later"
    if due_at < now:
        return "overdue"
    left = day_of(due_at) - day_of(now)
    if not left:
        return "today"
    return "week" if left <= NEAR else "later"


def in_group(group: Group, now: datetime) -> Q:
    """The rows of which `group_of` says so."""
    today = day_of(now)
    tomorrow, far = (
        _midnight(today + timedelta(days=1)),
        _midnight(today + NEAR + timedelta(days=1)),
    )
    later = Q(due_at=None) | Q(due_at__gte=far)
    spans: dict[Group, Q] = {
        "overdue": Q(due_at__lt=now),
        "today": Q(due_at__gte=now, due_at__lt=tomorrow),
        "week": Q(due_at__gte=max(now, tomorrow), due_at__lt=far),
        "later": later,
    }
    return spans[group]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_TIME)


GROUPS: tuple[Group, ...] = ("overdue", "today", "week", "later")


def counts_of(rows: QuerySet[Waiting]) -> dict[str, int]:
    """How many rows there are: `count`, and of each of `GROUPS`; one query."""
    now = timezone.now()
    asked = {group: Count("pk", filter=in_group(group, now)) for group in GROUPS}
    found: dict[str, int] = rows.order_by().aggregate(count=Count("pk"), **asked)
    return found


def open_rows(subject_kind: str, subject_ids: Collection[UUID]) -> QuerySet[Waiting]:
    """Whom the subjects wait for, the longest first; decides nothing about rights."""
    rows = Waiting.objects.filter(
        subject_kind=subject_kind, subject_id__in=subject_ids, done_at=None
    )
    return rows.order_by("since", "pk")


def rows_of_subjects(subject_kind: str) -> QuerySet[Waiting]:
    """Every row, done ones too, about subjects of that kind; for conditions of their module."""
    return Waiting.objects.filter(subject_kind=subject_kind)


def row_with_id(row_id: UUID) -> Waiting:
    """The row with its person; for whoever tells of it. Raises `Waiting.DoesNotExist`."""
    return Waiting.objects.select_related("person").get(pk=row_id)


def due_rows() -> QuerySet[Waiting]:
    """Open rows with a deadline; for reminders."""
    return Waiting.objects.filter(done_at=None, due_at__isnull=False)
