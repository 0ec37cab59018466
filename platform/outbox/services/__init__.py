"""The verbs of background work."""

from outbox.services.absorbing import absorb
from outbox.services.planning import plan_daily
from outbox.services.publishing import after_commit, after_commit_each, plan_at
from outbox.services.relaying import relay_jobs
from outbox.services.running import run_job
from outbox.services.settling import leave, try_again, try_all_again

__all__ = [
    "absorb",
    "after_commit",
    "after_commit_each",
    "leave",
    "plan_at",
    "plan_daily",
    "relay_jobs",
    "run_job",
    "try_again",
    "try_all_again",
]
