"""Verbs that ask for no right: whoever calls has asked for that to the deed of which they are part.

Only the rooms named in the contract „Entrusted” of `pyproject.toml` reach them.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from files import services as files
from threads import registry
from threads.models import PostFile, Side, Thread
from todo import services as todo


def nothing_waits(kind: str, subjects: Collection[UUID]) -> None:
    """The matters have ended or were taken back: nobody is asked about them any more."""
    threads = Thread.objects.filter(subject_kind=kind, subject_id__in=subjects)
    ids = list(threads.values_list("pk", flat=True))
    todo.done(subject_kind=registry.THREAD, subjects=ids)


@transaction.atomic
def excuse(kind: str, excused: Mapping[UUID, Collection[UUID]]) -> None:
    """Matter -> exactly who is asked nothing about it, whatever function they play."""
    threads = Thread.objects.filter(subject_kind=kind, subject_id__in=list(excused))
    for pk, subject in threads.values_list("pk", "subject_id"):
        todo.excuse(subject_kind=registry.THREAD, subjects=[pk], people=excused[subject])


@transaction.atomic
def move(kind: str, places: Mapping[UUID, UUID]) -> None:
    """Matter that is gone -> the one that has come in its place: what was asked is about that.

    A question that nobody has answered waits again, for it stopped when the first one was gone.
    """
    subject = registry.subject_named(kind)
    for thread in Thread.objects.filter(subject_kind=kind, subject_id__in=list(places)):
        thread.subject_id = places[thread.subject_id]
        thread.save(update_fields=["subject_id", "updated_at"])
        for side in _asked(thread):
            todo.wait(subject.waits(thread.pk, thread.subject_id, side))


def _asked(thread: Thread) -> set[Side]:
    """The sides that have said nothing since the other one wanted an answer."""
    asked = set[Side]()
    for said, wants_answer in thread.posts.order_by("pk").values_list("side", "wants_answer"):
        side = Side(said)
        asked.discard(side)
        if wants_answer:
            asked.add(Side.OFFICE if side is Side.OUTSIDE else Side.OUTSIDE)
    return asked


@transaction.atomic
def forget(kind: str, subjects: Collection[UUID]) -> None:
    """Matters that were only tried out leave no thread, no file of one, and nobody to answer."""
    threads = Thread.objects.filter(subject_kind=kind, subject_id__in=subjects)
    todo.forget(subject_kind=registry.THREAD, subjects=list(threads.values_list("pk", flat=True)))
    said = PostFile.objects.filter(post__thread__in=threads).select_related("file")
    given = [one.file for one in said]
    threads.delete()
    for file in given:
        files.discard(file=file)
