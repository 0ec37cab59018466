"""A worker that is killed while it draws up a letter."""

import io
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.utils import timezone

from files import services as files
from files.models import File
from outbox import services as outbox
from outbox.models import Job
from outbox.services import leasing
from procedures.permissions import Permission
from procedures.services import correspondence
from tests.factories.accounts import person_with
from tests.factories.files import uploaded_and_read
from tests.factories.killing import killed_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letter(case, settings, tmp_path, no_broker):
    settings.FILES_ROOT = str(tmp_path)
    secretary = person_with(
        Permission.MANAGE_LETTERS, Permission.VIEW_CASES, Permission.ACT_IN_CASE
    )
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph("{{ pismo.numer }}")
    document.save(content)
    purpose = correspondence.NEW
    file = uploaded_and_read(secretary, "wzor.docx", content.getvalue(), purpose)
    template = correspondence.add_template(
        actor=secretary, key="wezwanie", name="Wezwanie", file=file.pk
    )
    return correspondence.issue_letter(actor=secretary, case=case, template=template)


def run():
    connection.set_schema_to_public()
    return outbox.run_job(str(Job.objects.get(task="procedures.render_letter").pk))


def test_the_letter_of_a_killed_worker_waits_and_is_made_once_its_lease_is_over(letter, city):
    killed_at(files, "store", run)
    connection.set_tenant(city)
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert run() is False  # a second worker, as long as the lease of the dead one runs
    left = Job.objects.get(task="procedures.render_letter").leased_until - timezone.now()
    assert left <= leasing.LEASE

    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert run() is True

    connection.set_tenant(city)
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("ready", 1)
    assert File.objects.filter(name__contains=f"1-{letter.year}").count() == 2
