"""Who is waited for, as conditions for the database.

One `Standpoint` answers for one person in one request. It reads the person's functions, places
and absences once, in a number of queries that depends on the person alone, and turns them into
one condition over the rows of every module.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from accounts import places, scopes
from accounts import selectors as accounts
from accounts.selectors import Part, StandIn
from opium.calendar import CITY_TIME, day_of
from opium.permissions import Permission
from opium.polish import fold
from todo import registry
from todo.models import Group, Waiting
from todo.registry import Kind

if TYPE_CHECKING:
    from accounts.models import Person

COLUMNS = {"unit": "unit_id", "section": "section_id", "kind": "kind_id"}
NEAR = timedelta(days=7)
NOBODY = Q(pk__in=())


class Standpoint:
    """For what one person is waited for, in their own right and in the place of the absent."""

    def __init__(self, person: "Person") -> None:
        self.person = person

    @cached_property
    def kinds(self) -> list[Kind]:
        return registry.kinds_here()

    @cached_property
    def absent(self) -> "list[Person]":
        return accounts.stood_in_for(self.person)

    @cached_property
    def actors(self) -> "Mapping[UUID, Person | StandIn]":
        """Whose rights -> who uses them: the person's own, then those of each of `absent`."""
        substitutes = {one.pk: accounts.acting_as(self.person, one) for one in self.absent}
        return {self.person.pk: self.person, **substitutes}

    @cached_property
    def parts(self) -> list[Part]:
        return accounts.parts_of(self.person, self.absent)

    @cached_property
    def homes(self) -> "Mapping[UUID, frozenset[UUID]]":
        """Person -> the open units that they belong to today; the person's own and the absent's."""
        return {
            who.pk: frozenset(unit.pk for unit in places.units_of(who))
            for who in (self.person, *self.absent)
        }

    def waits(self) -> Q:
        """The rows that wait for the person now."""
        now = timezone.now()
        mine = NOBODY
        for who in (self.person, *self.absent):
            mine |= self.waits_for(who)
        barred = self.homes[self.person.pk]
        return (
            Q(done_at=None, since__lte=now, code__in=[one.code for one in self.kinds])
            & (Q(ends_at=None) | Q(ends_at__gt=now))
            & ~Q(excused__contains=[self.person.pk])
            & (~Q(barred_unit_id__in=barred) | Q(barred_unit_id=None))
            & mine
        )

    def waits_for(self, who: "Person") -> Q:
        """The rows that mean that one person: the one who looks, or somebody absent."""
        rows = NOBODY
        for kind, codes in _alike(self.kinds):
            of_kind = Q(code__in=codes)
            rows |= of_kind & (
                self._named(who, kind) | self._at_unit(who, kind) | self._played(who, kind.right)
            )
        return rows

    def _named(self, who: "Person", kind: Kind) -> Q:
        reach = self.actors[who.pk].reach(kind.right_of_named)
        return Q(person=who.pk) & scopes.within(reach, **COLUMNS)

    def _at_unit(self, who: "Person", kind: Kind) -> Q:
        """Rows of units: where the right is held for the unit, or the person is at home."""
        reach = self.actors[who.pk].reach(kind.right)
        if not reach:
            return NOBODY
        there = Q(unit_id__in=self.homes[who.pk]) & scopes.within(reach, **COLUMNS)
        if not kind.members_only:
            there |= Q(unit_id__in=reach.units)
        return Q(function="", person=None) & there

    def _played(self, who: "Person", right: Permission) -> Q:
        absent = None if who == self.person else who
        may = scopes.within(self.actors[who.pk].reach(right), **COLUMNS)
        rows = NOBODY
        for part in self.parts:
            if part.in_place_of == absent:
                rows |= Q(function=part.function) & part.rows(**COLUMNS) & may
        return rows


def _alike(kinds: Iterable[Kind]) -> Iterable[tuple[Kind, list[str]]]:
    """Kinds that mean the same people, each group once with all its codes."""
    found: dict[tuple[Permission, Permission, bool], tuple[Kind, list[str]]] = {}
    for one in kinds:
        key = (one.right, one.right_of_named, one.members_only)
        found.setdefault(key, (one, []))[1].append(one.code)
    return found.values()


def todo_of(person: "Person") -> QuerySet[Waiting]:
    """What waits for the person now, and for those in whose place they act; nearest term first.

    One query, whatever the number of rows and modules; who plays which function is read before,
    in a number of queries that depends on the person alone. Each row carries `in_place_of_name`
    ("" for one's own).
    """
    standpoint = Standpoint(person)
    return (
        Waiting.objects.filter(standpoint.waits())
        .annotate(in_place_of_name=_in_place_of(standpoint))
        .order_by(F("due_at").asc(nulls_last=True), "since", "pk")
    )


def _in_place_of(standpoint: Standpoint) -> Case | Value:
    """The name of the absent person, where the row is not one's own."""
    if not standpoint.absent:
        return Value("", output_field=CharField())
    return Case(
        When(standpoint.waits_for(standpoint.person), then=Value("")),
        *(
            When(standpoint.waits_for(absent), then=Value(absent.display_name))
            for absent in standpoint.absent
        ),
        default=Value(""),
        output_field=CharField(),
    )


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
