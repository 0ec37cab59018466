"""Celery in: the only three tasks that the broker ever sees."""

from celery import shared_task

from outbox import services


@shared_task(name="outbox.run_job", acks_late=True, ignore_result=True)
def run_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="outbox.relay_jobs", ignore_result=True)
def relay_jobs() -> None:
    services.relay_jobs()


@shared_task(name="outbox.plan_daily", ignore_result=True)
def plan_daily() -> None:
    services.plan_daily()
