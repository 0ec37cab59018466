from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from notifications import tasks
from notifications.models import Notification
from notifications.services import plan_reminders
from opium.calendar import CITY_TIME, add_days, day_of, end_of
from outbox import services as outbox
from outbox.models import Job
from procedures.definition import Deadline
from procedures.desk import Desk
from procedures.models import Case, Event
from procedures.services import steps
from procedures.services.steps import awaiting, clock
from tests.factories import procedures as made
from todo.models import Waiting
from todo.services import Due, due_on

pytestmark = pytest.mark.django_db


def with_deadline(head, unit, transitions=made.SIMPLE[1], where="ocena", **deadline):
    stages = [
        {**one, "deadline": {"days": 7, **deadline}} if one["key"] == where else one
        for one in made.SIMPLE[0]
    ]
    return made.submitted(made.published(stages, transitions), head, unit)


def move_term(case, due):
    due_at = end_of(due)
    deadline = Desk(case).stage.deadline
    late = max(
        add_days(due, deadline.escalate_after or 0, deadline.counted), due + timedelta(days=1)
    )
    made.waiting(case).update(
        due_at=due_at,
        remind_on=awaiting.reminders(deadline, due),
        escalate_on=late if deadline.escalate_to else None,
    )
    Case.objects.filter(pk=case.pk).update(due_at=due_at)
    return made.fresh(case)


def morning(day):
    return datetime.combine(day, time(6), CITY_TIME)


def remind(at):
    """The morning's look at the deadlines, and the jobs that it plans; how many of them."""
    planned = plan_reminders(at=at) + steps.plan_time_decisions(at=at)
    names = ["notifications.remind", "procedures.let_time_decide"]
    for job in Job.objects.filter(task__in=names, done_at=None):
        assert outbox.run_job(str(job.pk))
    return planned


@pytest.mark.parametrize("counted", ["calendar", "working"])
def test_a_stage_waits_until_the_end_of_the_day_in_poland(head, unit, counted):
    case = with_deadline(head, unit, counted=counted)

    expected = end_of(add_days(day_of(timezone.now()), 7, counted))
    assert case.due_at == expected
    assert made.waiting(case).get().due_at == expected


def test_a_fixed_day_before_the_days_wins(head, unit):
    tomorrow = day_of(timezone.now()) + timedelta(days=1)

    case = with_deadline(head, unit, days=30, until=tomorrow.isoformat())

    assert case.due_at == end_of(tomorrow)


def test_the_clock_stands_while_the_applicant_corrects(head, unit, clerk):
    case = with_deadline(head, unit, pauses=True, days=10)
    today = day_of(timezone.now())
    case = move_term(case, today + timedelta(days=4))

    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    assert case.paused_at is not None
    assert (case.clocks, case.due_at) == ({"ocena": {"days": 4}}, None)
    long_ago = timezone.now() - timedelta(days=20)
    Case.objects.filter(pk=case.pk).update(paused_at=long_ago)

    case = made.perform(case, head, "corrected")
    assert (case.paused_at, case.clocks) == (None, {})
    assert case.seconds_paused >= 20 * 24 * 3600
    assert case.due_at == end_of(add_days(today, 4))


def test_a_clock_that_does_not_pause_starts_anew(head, unit, clerk):
    case = with_deadline(head, unit, days=10)
    case = move_term(case, day_of(timezone.now()) + timedelta(days=1))

    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    assert case.paused_at is None
    case = made.perform(case, head, "corrected")

    assert case.due_at == end_of(add_days(day_of(timezone.now()), 10))


@pytest.mark.parametrize(
    ("today", "end", "working", "left"),
    [
        (date(2026, 11, 10), date(2026, 11, 12), False, 2),
        (date(2026, 11, 10), date(2026, 11, 12), True, 1),
        (date(2026, 11, 6), date(2026, 11, 9), True, 1),
        (date(2026, 11, 12), date(2026, 11, 10), False, 0),
    ],
)
def test_what_is_left_is_counted_as_the_deadline_counts(today, end, working, left):
    assert clock.days_left(today, end, working) == left


@pytest.mark.parametrize(
    ("today", "told", "expected"),
    [
        (date(2026, 11, 16), None, None),
        (date(2026, 11, 18), None, date(2026, 11, 18)),
        (date(2026, 11, 18), date(2026, 11, 18), None),
        (date(2026, 11, 20), date(2026, 11, 18), None),
        (date(2026, 11, 22), date(2026, 11, 18), None),
        (date(2026, 11, 22), None, None),
        (date(2026, 11, 23), date(2026, 11, 18), date(2026, 11, 23)),
        (date(2026, 11, 25), None, date(2026, 11, 25)),
    ],
)
def test_reminders_come_on_their_working_days_and_once(today, told, expected):
    deadline = Deadline(days=7, counted="working", remind_before=(2,), remind_after=(1, 3))
    end = date(2026, 11, 20)
    row = Waiting(due_at=end_of(end), remind_on=awaiting.reminders(deadline, end), reminded_on=told)

    assert due_on(row, today).reminder == expected


def test_escalation_comes_once_when_nobody_acts():
    row = Waiting(due_at=end_of(date(2026, 11, 17)), escalate_on=date(2026, 11, 19))

    assert due_on(row, date(2026, 11, 18)) == Due()
    assert due_on(row, date(2026, 11, 19)).escalates
    row.escalated_at = timezone.now()
    assert due_on(row, date(2026, 11, 20)) == Due()


def test_those_waited_for_are_reminded_and_the_superior_hears(head, unit, clerk, boss):
    case = with_deadline(
        head, unit, remind_before=[3], remind_after=[1], escalate_to="kierownik", escalate_after=1
    )
    move_term(case, date(2026, 12, 10))

    assert remind(at=morning(date(2026, 12, 1))) == 0
    assert remind(at=morning(date(2026, 12, 7))) == 1
    assert remind(at=morning(date(2026, 12, 7))) == 0
    assert remind(at=morning(date(2026, 12, 11))) == 1
    assert remind(at=morning(date(2026, 12, 11))) == 0

    assert made.waiting(case).get().reminded_on == date(2026, 12, 11)
    about, term, task = "Grant, SP nr 7:", "10.12.2026", "Sprawdź formalnie"
    assert _told() == [
        (clerk.pk, "todo.deadline_near", f"{about} Sprawdź formalnie, termin {term} się zbliża"),
        (clerk.pk, "todo.deadline_near", f"{about} Sprawdź formalnie, termin {term} minął"),
        (boss.pk, "todo.escalated", f"{about} po terminie ({term}) i bez odpowiedzi: {task}"),
    ]


def _told():
    """What people hear once the jobs of the reminders have run, in their order."""
    names = ["notifications.tell_reminder", "notifications.tell_escalation"]
    Notification.objects.all().delete()
    for job in Job.objects.filter(task__in=names).order_by("created_at"):
        getattr(tasks, job.task.removeprefix("notifications."))(*job.args)
    rows = Notification.objects.order_by("created_at", "pk")
    return list(rows.values_list("person", "kind", "title"))


def test_a_closed_or_answered_case_reminds_nobody(head, unit, clerk):
    case = with_deadline(head, unit, remind_after=[1])
    move_term(case, date(2026, 11, 20))
    made.perform(case, clerk, "rejected", reason="Nie.")

    assert remind(at=morning(date(2026, 12, 7))) == 0


def test_a_correction_not_made_in_time_goes_its_own_way(head, unit, clerk):
    ways = [*made.SIMPLE[1], made.way("poprawa", "timeout", "odmowa")]
    case = with_deadline(head, unit, ways, where="poprawa", days=7)
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    move_term(case, date(2026, 12, 10))

    assert remind(at=morning(date(2026, 12, 10))) == 0
    assert remind(at=morning(date(2026, 12, 11))) == 1

    case = made.fresh(case)
    assert (case.state, case.meaning) == ("closed", "negative")
    event = Event.objects.get(case=case, number=case.version)
    assert (event.actor, event.actor_name, event.reason) == (None, "OPIUM", "Minął termin.")
    assert remind(at=morning(date(2026, 12, 11))) == 0


def test_nobody_presses_what_time_alone_brings(head, unit, clerk):
    ways = [*made.SIMPLE[1], made.way("poprawa", "timeout", "odmowa")]
    case = with_deadline(head, unit, ways, where="poprawa")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})

    with pytest.raises(steps.performing.ActionNotAvailable):
        steps.perform(actor=head, case=case, action="timeout")
