"""The list of work that was given up promises what every list does."""

import pytest
from django.db import connection
from django.utils import timezone

from outbox.models import Job
from outbox.permissions import Permission
from tests.lists import PagedTest

pytestmark = pytest.mark.django_db


class TestJobs(PagedTest):
    route, permission, queries, closed = "outbox/jobs/", Permission.MANAGE_JOBS, 5, 403
    by_code = {"task"}
    filters = {
        "city": ("north", "south"),
        "task": ("procedures.render_letter", "messaging.deliver_message"),
    }

    def make(self, number):
        return Job.objects.create(
            schema_name=connection.schema_name,
            task="procedures.render_letter",
            args=[str(number)],
            given_up_at=timezone.now(),
            about="Pismo",
            sentence="Zabrakło wzoru.",
        )
