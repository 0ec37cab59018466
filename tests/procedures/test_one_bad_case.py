"""One case that cannot be helped keeps no other case of the city from its day's work."""

from datetime import date, datetime, time

import pytest
from django.core import mail

from notifications.models import Notification
from notifications.services import NEAR, plan_reminders
from opium.calendar import CITY_TIME, end_of
from opium.isolation import SomeFailed
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from procedures.models import Case
from procedures.services import steps
from procedures.services.steps import telling
from tests.factories import procedures as made
from tests.factories.directory import UnitFactory
from tests.factories.poison import given_up, poison

pytestmark = pytest.mark.django_db
TERM = date(2026, 12, 10)
MORNING = datetime.combine(date(2026, 12, 11), time(6), CITY_TIME)
PLANNED = ("notifications.remind", "procedures.let_time_decide", "procedures.renew_waiting")
TOLD = ("notifications.tell_reminder",)


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


def with_timeout(**effects):
    """A procedure whose correction ends by itself when its deadline passes."""
    stages = [
        {**one, "deadline": {"days": 7, "remind_after": [1]}}
        if one["key"] in {"poprawa", "ocena"}
        else one
        for one in made.SIMPLE[0]
    ]
    return made.published(
        stages, [*made.SIMPLE[1], made.way("poprawa", "timeout", "odmowa", **effects)]
    )


def late(procedure, name, clerk=None):
    """A case whose deadline has passed: in the check, or (with a clerk) in the correction."""
    unit = UnitFactory(short_name=name)
    case = made.submitted(procedure, made.head_of(unit), unit)
    if clerk is not None:
        case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    made.waiting(case).update(due_at=end_of(TERM), remind_on=[MORNING.date()])
    Case.objects.filter(pk=case.pk).update(due_at=end_of(TERM))
    return made.fresh(case)


def work():
    """The morning's plan and every job of it; the tasks of the jobs that failed."""
    plan_reminders(at=MORNING)
    steps.plan_time_decisions(at=MORNING)
    return [*_run(PLANNED), *_run(TOLD)]


def _run(tasks):
    failed = []
    for job in Job.objects.filter(task__in=tasks, done_at=None).order_by("created_at"):
        try:
            outbox.run_job(str(job.pk))
        except Exception:  # noqa: BLE001  # what a worker does
            failed.append(job)
    return failed


def test_a_missing_letter_template_stops_only_the_case_that_asks_for_it(clerk):
    letter = {"effects": [{"kind": "letter", "template": "usuniety"}]}
    bad = late(with_timeout(**letter), "SP 1", clerk)
    good = late(with_timeout(), "SP 2", clerk)
    waiting = late(with_timeout(), "SP 3")

    [job] = work()

    assert made.fresh(good).state == "closed"
    assert made.waiting(waiting).get().reminded_on == MORNING.date()
    assert made.fresh(bad).state == "open"
    assert (job.task, job.args[0]) == ("procedures.let_time_decide", str(bad.pk))


def test_a_case_that_time_could_not_move_says_so_until_its_next_step(clerk):
    letter = {"effects": [{"kind": "letter", "template": "usuniety"}]}
    bad = late(with_timeout(**letter), "SP 1", clerk)
    [job] = work()

    job = given_up(job)

    assert job.about == str(bad)
    assert "usuniety" in job.sentence
    trouble = f"Termin minął, a sprawa nie poszła dalej. {job.sentence}"
    assert made.fresh(bad).trouble == trouble
    case = made.perform(bad, made.head_of_case(bad), "corrected")
    assert case.trouble == ""


def test_only_the_office_reads_what_the_background_could_not_do(clerk, api):
    case = late(with_timeout(), "SP 1", clerk)
    steps.note_trouble(case=case, sentence="Nie powiadomiono.")
    head = made.head_of_case(case)

    address = f"/api/v1/procedures/cases/{case.pk}/"
    assert api(clerk).get(address).json()["trouble"] == "Nie powiadomiono."
    assert api(head).get(address).json()["trouble"] == ""


def test_a_reminder_that_cannot_be_told_stops_no_other_and_its_case_says_so(clerk):
    bad, good = late(with_timeout(), "SP 1"), late(with_timeout(), "SP 2")
    poison(Notification, "INSERT", f"NEW.kind = '{NEAR.key}' AND NEW.url LIKE '%{bad.pk}'")

    [job] = work()

    told = Notification.objects.filter(kind=NEAR.key).values_list("person", "url")
    assert list(told) == [(clerk.pk, f"/procedures/cases/{good.pk}")]
    assert job.task == "notifications.tell_reminder"
    job = given_up(job)
    assert job.about == str(bad)
    assert made.fresh(bad).trouble == f"Nie przypomniano o terminie. {job.sentence}"
    outbox.try_again(actor=SYSTEM, job=job)
    assert made.fresh(bad).trouble == ""


def test_members_of_one_bad_case_keep_no_other_from_looking_again(clerk):
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("komisja", "scoring", "komisja"),
        made.end(),
    ]
    assert steps.renew_all_waiting() == 0
    procedure = made.published(stages, [made.way("nabor", "submitted", "komisja")])
    for name in ("SP 1", "SP 2"):
        unit = UnitFactory(short_name=name)
        made.submitted(procedure, made.head_of(unit), unit)

    assert steps.renew_all_waiting() == Case.objects.count()


def test_somebody_who_cannot_be_told_keeps_nobody_else_from_it(case, clerk, boss):
    second = made.officer("referent", first_name="Zofia", last_name="Zła")
    event = case.events.latest("number")
    poison(Notification, "INSERT", f"NEW.person_id = '{second.pk}'")

    with pytest.raises(SomeFailed) as told:
        telling.tell_event(event)

    assert str(told.value).startswith("Nie udało się dla 1 z 2: Zofia Zła: ")
    reached = set(Notification.objects.values_list("person", flat=True))
    assert clerk.pk in reached
    assert second.pk not in reached
    assert mail.outbox == []
