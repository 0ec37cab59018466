from datetime import datetime
from typing import Literal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opium.models import Record, SortKeyField

PERSON = settings.AUTH_USER_MODEL


class Waiting(Record):
    """Somebody is waited for: one thing to do, since when, until when, and where it is done.

    Whoever is meant is one person; whoever plays a function where the row stands (its unit,
    section, kind of matters); or, with neither, whoever holds the right of the row's kind in its
    unit, without a unit in the whole city. Nothing but `todo.services` writes it.
    """

    subject_kind = models.CharField(max_length=60)
    """What it is about, `<module>.<noun>`."""
    subject_id = models.UUIDField()
    code = models.CharField(max_length=60)
    """The `registry.Kind`."""
    part = models.CharField(max_length=60, blank=True, default="")
    """Tells apart what one subject asks of the same people: which opinion, which sheet."""
    what = models.CharField(max_length=200)
    """What they are to do, in a verb: „Sprawdź formalnie”."""
    title = models.CharField(max_length=300)
    """What people call the thing."""
    sort_key = SortKeyField(source="title")
    details = models.CharField(max_length=400, blank=True, default="")
    """From whom, for whom, under which sign: a short line."""
    url = models.CharField(max_length=200)
    """Where in the city's screens it is done, from the root."""
    search = models.TextField(default="", editable=False)
    """The three texts, folded: what a search compares."""
    person = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    function = models.CharField(max_length=60, blank=True, default="")
    unit_id = models.UUIDField(null=True, blank=True)
    section_id = models.UUIDField(null=True, blank=True)
    kind_id = models.UUIDField(null=True, blank=True)
    """The kind of matters, for roles and functions held for one."""
    who = models.CharField(max_length=300, blank=True, default="")
    """The name of the function, the unit or the person, for those who look on."""
    excused = ArrayField(models.UUIDField(), default=list, blank=True)
    """Who of those meant has done their part already, or may not do it."""
    barred_unit_id = models.UUIDField(null=True, blank=True)
    """Whoever belongs to this unit takes no part."""
    since = models.DateTimeField()
    """It waits from this moment on, which may lie ahead."""
    due_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    """From this moment on nothing can be done any more, and nobody is waited for."""
    opened_in = models.PositiveIntegerField(null=True, blank=True)
    """The step of the subject that opened it, where its module counts steps."""
    closed_in = models.PositiveIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    remind_on = ArrayField(models.DateField(), default=list, blank=True)
    """Days on which those meant are reminded, before the deadline and after it."""
    reminded_on = models.DateField(null=True, blank=True)
    """The last of those days that was told of."""
    escalate_on = models.DateField(null=True, blank=True)
    escalate_to = models.CharField(max_length=60, blank=True, default="")
    """The function that hears on that day that nobody has acted."""
    escalated_at = models.DateTimeField(null=True, blank=True)

    in_place_of_name: str
    """Set by `selectors.todo_of`: for whom the reader would do it; "" in the reader's own place."""

    class Meta:
        verbose_name = "oczekiwanie"
        verbose_name_plural = "oczekiwania"
        constraints = [
            models.CheckConstraint(
                name="todo_waits_for_one_side",
                condition=Q(function="") | Q(person=None),
            ),
            models.CheckConstraint(
                name="todo_is_done_after_it_was_opened",
                condition=Q(done_at__isnull=False) | Q(closed_in=None, done_by=None),
            ),
            models.CheckConstraint(
                name="todo_escalates_to_somebody",
                condition=Q(escalate_on=None) | ~Q(escalate_to=""),
            ),
            models.UniqueConstraint(
                name="todo_waits_once",
                fields=[
                    *("subject_kind", "subject_id", "code", "part"),
                    *("person", "function", "unit_id"),
                ],
                condition=Q(done_at=None),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                name="todo_open_by_function",
                fields=["function", "due_at"],
                condition=Q(done_at=None) & ~Q(function=""),
            ),
            models.Index(name="todo_open_by_person", fields=["person"], condition=Q(done_at=None)),
            models.Index(
                name="todo_open_by_unit",
                fields=["unit_id"],
                condition=Q(done_at=None, function=""),
            ),
            models.Index(
                name="todo_open_by_due",
                fields=["due_at"],
                condition=Q(done_at=None, due_at__isnull=False),
            ),
            models.Index(name="todo_by_subject", fields=["subject_id", "subject_kind"]),
            models.Index(name="todo_by_person", fields=["person"]),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.title}"

    def is_overdue(self, at: datetime) -> bool:
        return self.due_at is not None and self.due_at < at


Group = Literal["overdue", "today", "week", "later"]
"""How far a deadline is: passed, today's, within seven days, later or none."""


class CalendarLink(Record):
    """A secret address of one's own deadlines, for the calendar on a phone; kept as a digest."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "adres kalendarza"

    def __str__(self) -> str:
        return str(self.person)
