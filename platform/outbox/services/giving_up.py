"""The end of a job that cannot be done: its owner is marked, and it stands in the list."""

import logging

from billiard.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_tenant_model, tenant_context

from opium.errors import DomainError
from outbox import registry
from outbox.errors import UnknownTask, WorkerDied
from outbox.models import Job

logger = logging.getLogger(__name__)


def limit_of(job: Job) -> int:
    """How many attempts the job has."""
    task = registry.TASKS.get(job.task)
    return task.attempts if task else registry.ATTEMPTS


def give_up(job: Job, failure: BaseException) -> None:
    """Set the job aside with its error, and mark its owner, in one transaction.

    Where the owner itself cannot be marked, the job is set aside all the same and says so.
    """
    sentence, error = _sentence(job, failure), f"{type(failure).__name__}: {failure}"
    logger.error("Given up %s %s of %s: %s", job.task, job.pk, job.schema_name, error)
    try:
        with transaction.atomic():
            _set_aside(job, sentence, error, about=_mark_owner(job, sentence))
    except Exception as second:
        logger.exception("The owner of %s %s could not be marked", job.task, job.pk)
        _set_aside(job, sentence, f"{error}\nowner not marked: {type(second).__name__}: {second}")


def _set_aside(job: Job, sentence: str, error: str, *, about: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        leased_until=None,
        given_up_at=timezone.now(),
        sentence=sentence[:1000],
        last_error=error[:4000],
        about=about[:300],
    )


def _mark_owner(job: Job, sentence: str) -> str:
    """Let the task mark what the job was for; its name."""
    task = registry.TASKS.get(job.task)
    city = get_tenant_model().objects.filter(schema_name=job.schema_name).first()
    if task is None or task.on_given_up is None or city is None:
        return ""
    with tenant_context(city):
        return task.on_given_up(*job.args, sentence=sentence) or ""


def _sentence(job: Job, failure: BaseException) -> str:
    """Why, for people."""
    match failure:
        case DomainError():
            return str(failure)
        case UnknownTask():
            return (
                f"Ta wersja programu nie zna zadania „{job.task}”. "
                "Zaktualizuj program i spróbuj ponownie."
            )
        case WorkerDied():
            return (
                f"Proces, który wykonywał to zadanie, zginął (prób: {job.deaths}). Zwykle "
                "brakuje pamięci. Zgłoś to operatorowi."
            )
        case SoftTimeLimitExceeded():
            lease = registry.lease_of(job.task)
            return f"Zadanie nie zmieściło się w {lease} s. Ponów je, gdy ruch będzie mniejszy."
    return (
        "Wystąpił błąd programu. Spróbuj ponownie; jeśli to nie pomoże, zgłoś operatorowi "
        f"treść błędu (prób: {job.attempts})."
    )
