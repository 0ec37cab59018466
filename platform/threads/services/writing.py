"""Asking and answering."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files.services import claim
from opium.errors import NotFound
from opium.permissions import MissingPermission, require
from outbox.services import after_commit
from threads import registry
from threads.deeds import Deed
from threads.errors import EmptyPost, ThreadClosed
from threads.models import Post, PostFile, Side, Thread
from threads.permissions import Permission
from todo import services as todo

if TYPE_CHECKING:
    from accounts.models import Person

MOST_FILES = 10


@transaction.atomic
def write_post(
    *,
    actor: "Person",
    kind: str,
    subject_id: UUID,
    text: str,
    files: Sequence[UUID] = (),
    wants_answer: bool = False,
) -> Post:
    """Say something about the matter to its other side, which is told of it.

    It answers what waits for the actor's own side; where it wants an answer, that waits for the
    other one. Raises `NotFound`, `MissingPermission`, `ThreadClosed`, `EmptyPost` and the refusals
    of `files.services.claim`.
    """
    require(actor, Permission.TAKE_PART)
    subject = registry.subject_named(kind)
    standing = subject.standing(actor, subject_id)
    if standing is None:
        raise NotFound
    if not standing.may_write:
        raise MissingPermission(standing.right)
    matter = subject.matter(subject_id)
    if matter.closed:
        raise ThreadClosed(reason=matter.closed)
    if not text.strip() and not files:
        raise EmptyPost
    given = claim(actor=actor, files=files)
    thread = _held(kind, subject_id, matter)
    post = Post.objects.create(
        thread=thread,
        side=standing.side,
        author=actor,
        author_name=actor.display_name[:200],
        text=text.strip(),
        wants_answer=wants_answer,
    )
    PostFile.objects.bulk_create(
        PostFile(post=post, file=file, position=place) for place, file in enumerate(given)
    )
    code = subject.codes[standing.side]
    todo.done(subject_kind=registry.THREAD, subjects=[thread.pk], code=code, by=actor)
    if wants_answer:
        other = Side.OFFICE if standing.side is Side.OUTSIDE else Side.OUTSIDE
        todo.wait(subject.waits(thread.pk, subject_id, other))
    audit.record(
        actor=actor,
        deed=Deed.WRITE_POST,
        right=standing.right,
        target=thread,
        after={"side": standing.side.label, "files": len(given), "wants_answer": wants_answer},
    )
    after_commit("threads.tell_post", str(post.pk))
    return post


def _held(kind: str, subject_id: UUID, matter: registry.Matter) -> Thread:
    """The matter's thread, made with the first post; whoever else writes waits."""
    Thread.objects.bulk_create(
        [
            Thread(
                subject_kind=kind,
                subject_id=subject_id,
                group_id=matter.group_id,
                title=matter.title[:300],
                outside=matter.outside[:200],
            )
        ],
        ignore_conflicts=True,
    )
    thread = Thread.objects.select_for_update().get(subject_kind=kind, subject_id=subject_id)
    thread.save(update_fields=["updated_at"])
    return thread
