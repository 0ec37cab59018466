"""What people do about a job that was given up."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_tenant_model, tenant_context

from audit import services as audit
from opium.isolation import SomeFailed, each
from opium.permissions import WHOLE_CITY, Actor, require
from outbox import registry, selectors
from outbox.deeds import Deed
from outbox.errors import CityMissing, JobNotGivenUp, ReasonMissing
from outbox.models import Job
from outbox.permissions import Permission
from outbox.services.publishing import publish

AT_ONCE = 500


@transaction.atomic
def try_again(*, actor: Actor, job: Job) -> Job:
    """Have a given-up job done once more, with all its attempts; its owner waits again.

    Raises `JobNotGivenUp`, `CityMissing`, and what the owner's module refuses it with.
    """
    require(actor, Permission.MANAGE_JOBS, WHOLE_CITY)
    job = _locked(actor, job)
    _prepare_owner(job)
    error = job.last_error
    job.given_up_at, job.sentence, job.last_error = None, "", ""
    job.attempts = job.deaths = 0
    job.due_at = timezone.now()
    job.save()
    audit.record(
        actor=actor,
        deed=Deed.TRY_AGAIN,
        right=Permission.MANAGE_JOBS,
        target=job,
        before={"error": error},
    )
    transaction.on_commit(partial(publish, [job]))
    return job


def try_all_again(*, actor: Actor, task: str = "") -> tuple[int, int]:
    """Try every given-up job again that the actor sees, or those of one task, as after an outage.

    How many started, and how many their owners refused; at most `AT_ONCE` at a time.
    """
    jobs = selectors.given_up_visible_to(actor)
    if task:
        jobs = jobs.filter(task=task)
    chosen = list(jobs[:AT_ONCE])
    refused = 0
    try:
        each(chosen, lambda job: try_again(actor=actor, job=job))
    except SomeFailed as some:
        refused = len(some.failures)
    return len(chosen) - refused, refused


def _prepare_owner(job: Job) -> None:
    task = registry.TASKS.get(job.task)
    city = get_tenant_model().objects.filter(schema_name=job.schema_name).first()
    if city is None:
        raise CityMissing(schema=job.schema_name)
    if task is not None and task.on_tried_again is not None:
        with tenant_context(city):
            task.on_tried_again(*job.args)


@transaction.atomic
def leave(*, actor: Actor, job: Job, reason: str) -> Job:
    """Let a given-up job stay undone; the log keeps who decided so and why.

    Raises `JobNotGivenUp`, `ReasonMissing`.
    """
    require(actor, Permission.MANAGE_JOBS, WHOLE_CITY)
    job = _locked(actor, job)
    if not reason.strip():
        raise ReasonMissing
    job.left_at, job.left_because = timezone.now(), reason.strip()
    job.save(update_fields=["left_at", "left_because", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.LEAVE,
        right=Permission.MANAGE_JOBS,
        target=job,
        before={"error": job.last_error},
        after={"reason": job.left_because},
    )
    return job


def _locked(actor: Actor, job: Job) -> Job:
    found = selectors.given_up_visible_to(actor).select_for_update(of=("self",)).filter(pk=job.pk)
    locked = found.first()
    if locked is None:
        raise JobNotGivenUp
    return locked
