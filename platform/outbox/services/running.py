"""Doing one job, once."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tenants.utils import get_tenant_model, tenant_context

from opium.confinement import in_a_request
from outbox import registry
from outbox.errors import CityMissing, UnknownTask
from outbox.models import Job
from outbox.services.giving_up import give_up, limit_of
from outbox.services.leasing import held, take
from outbox.services.sharing import hand_on


def run_job(job_id: str) -> bool:
    """Do one job under a lease; False where it is done already or another worker holds it.

    A failure is recorded and tried again later, each time after a longer pause; after as many
    attempts as the task allows, or `leasing.DEATHS` killed workers, the job is given up and its
    owner marked. Whatever is wrong with a job (its task, its city) is its own failure alone.
    """
    job = take(job_id)
    if job is None:
        return False
    try:
        with held(job):
            _work(job)
    except BaseException as failure:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # else the failure could not be written
        _record_failure(job, failure)
        hand_on(job)
        raise
    _record_success(job)
    hand_on(job)
    return True


def _work(job: Job) -> None:
    task = registry.TASKS.get(job.task)
    if task is None:
        raise UnknownTask(job.task)
    city = get_tenant_model().objects.filter(schema_name=job.schema_name).first()
    if city is None:
        raise CityMissing(schema=job.schema_name)
    with tenant_context(city), in_a_request(whether=False):  # as where tests run it at once
        task.run(*job.args)


def _record_success(job: Job) -> None:
    """An earlier job that was given up for the very same work needs nobody any more."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(done_at=now, leased_until=None, last_error="")
    Job.objects.filter(
        schema_name=job.schema_name,
        task=job.task,
        args=job.args,
        given_up_at__isnull=False,
        left_at=None,
    ).update(left_at=now, left_because="Takie samo późniejsze zadanie się udało.")


def _record_failure(job: Job, failure: BaseException) -> None:
    if isinstance(failure, CityMissing) or job.attempts >= limit_of(job):
        give_up(job, failure)
        return
    Job.objects.filter(pk=job.pk).update(
        leased_until=None,
        due_at=timezone.now() + timedelta(seconds=min(2**job.attempts, 3600)),
        last_error=f"{type(failure).__name__}: {failure}"[:4000],
    )
