"""Verbs that ask for no right: whoever calls has asked for that to the deed of which they are part.

Only the rooms named in the contract „Entrusted” of `pyproject.toml` reach them.
"""

from collections.abc import Collection
from uuid import UUID

from threads import registry
from threads.models import Thread
from todo import services as todo


def nothing_waits(kind: str, subjects: Collection[UUID]) -> None:
    """The matters have ended or were taken back: nobody is asked about them any more."""
    threads = Thread.objects.filter(subject_kind=kind, subject_id__in=subjects)
    ids = list(threads.values_list("pk", flat=True))
    todo.done(subject_kind=registry.THREAD, subjects=ids)
