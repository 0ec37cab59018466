"""Who comes to a committee, or leaves it, while a case is scored."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from accounts.models import Function, Role
from accounts.permissions import Permission as Accounts
from accounts.services import give_function, invite_people
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from outbox.registry import is_long
from procedures.services import steps
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import read, uploaded

pytestmark = pytest.mark.django_db


def test_people_who_come_one_by_one_make_one_job_for_each_scored_case(scored):
    case, other = scored(), scored()
    function = Function.objects.get(code="komisja")
    Job.objects.all().delete()
    for _ in range(3):
        give_function(actor=SYSTEM, function=function, person=made.officer())
    first, *rest = Job.objects.filter(task="procedures.members_change").order_by("pk")
    assert len(rest) == 2

    assert outbox.run_job(str(first.pk))
    assert [outbox.run_job(str(one.pk)) for one in rest] == [False, False]

    give_function(actor=SYSTEM, function=function, person=made.officer())
    late = Job.objects.get(task="procedures.members_change", done_at=None)
    assert outbox.run_job(str(late.pk))
    looks = Job.objects.filter(task="procedures.renew_waiting")
    assert sorted(one.args for one in looks) == sorted([[str(case.pk)], [str(other.pk)]])


def test_a_look_that_has_begun_is_no_reason_to_plan_none(scored):
    case = scored()
    Job.objects.all().delete()
    Job.objects.create(
        schema_name=connection.schema_name,
        task="procedures.renew_waiting",
        args=[str(case.pk)],
        attempts=1,
        leased_until=timezone.now() + timedelta(seconds=40),
    )

    assert steps.renew_all_waiting() == 1
    assert steps.renew_all_waiting() == 0


def test_new_members_never_wait_behind_the_long_work_of_the_city():
    assert not is_long("procedures.members_change")


def test_a_whole_workbook_of_new_members_makes_one_job(scored, settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)
    scored()
    role = Role.objects.create(name="Komisja", permissions=["procedures.act_in_case"])
    give_function(actor=SYSTEM, function=Function.objects.get(code="komisja"), role=role)
    Job.objects.all().delete()
    office = person_with(Accounts.MANAGE_PEOPLE, Accounts.MANAGE_ROLES)
    home = UnitFactory().short_name
    sheet = io.BytesIO()
    workbook = Workbook()
    workbook.active.append(["Jednostka", "Imię", "Nazwisko", "E-mail", "Rola"])
    for number in range(3):
        workbook.active.append([home, "Ewa", "Nowa", f"e{number}@example.org", role.name])
    workbook.save(sheet)
    file = uploaded(office, "zaproszenia.xlsx", sheet.getvalue())
    read(office, file, "accounts.invitations")

    report = invite_people(actor=office, file_id=file.pk)

    assert (report.invited, report.refused) == (3, [])
    assert Job.objects.filter(task="procedures.members_change").count() == 1
