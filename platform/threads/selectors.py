"""Questions about threads; who sees a matter is asked of its module each time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from opium.errors import NotFound
from opium.models import annotated, prefetched
from opium.permissions import Actor, require
from threads import registry
from threads.models import Post, PostFile, Side, Thread
from threads.permissions import Permission
from todo import selectors as todo


@dataclass(frozen=True, slots=True)
class ShownThread:
    """One thread as somebody on one of its sides reads it."""

    subject_kind: str
    subject_id: UUID
    side: Side
    may_write: bool
    may_show: bool
    """Whether the reader may show an answer to the whole group."""
    closed: str
    is_asked: bool
    """Whether a question waits for the reader's side."""
    posts: list[Post]
    shown: list[Post]
    """What was answered to others of the group and shown to all of it."""


def thread_of(actor: Actor, kind: str, subject_id: UUID) -> ShownThread:
    """What was asked about the matter, in its order. Raises `NotFound` for whoever sees none.

    A matter of which nobody has asked has an empty one.
    """
    require(actor, Permission.TAKE_PART)
    subject = registry.subject_named(kind)
    standing = subject.standing(actor, subject_id)
    if standing is None:
        raise NotFound
    matter = subject.matter(subject_id)
    thread = Thread.objects.filter(subject_kind=kind, subject_id=subject_id).first()
    writes = standing.may_write and not matter.closed
    return ShownThread(
        subject_kind=kind,
        subject_id=subject_id,
        side=standing.side,
        may_write=writes,
        may_show=standing.may_write
        and standing.side is Side.OFFICE
        and matter.group_id is not None,
        closed=matter.closed,
        is_asked=thread is not None
        and todo.open_rows(registry.THREAD, [thread.pk])
        .filter(code=subject.codes[standing.side])
        .exists(),
        posts=list(_whole(Post.objects.filter(thread=thread))) if thread is not None else [],
        shown=list(_shown_to(matter.group_id, thread)) if matter.group_id is not None else [],
    )


def _shown_to(group_id: UUID, thread: Thread | None) -> QuerySet[Post]:
    shown = _whole(Post.objects.filter(thread__group_id=group_id, shown_at__isnull=False))
    return shown if thread is None else shown.exclude(thread=thread)


def _whole(posts: QuerySet[Post]) -> QuerySet[Post]:
    files = PostFile.objects.select_related("file").order_by("position", "pk")
    return prefetched(posts.order_by("pk"), "files", files, to="in_order")


def threads_of_group(actor: Actor, kind: str, group_id: UUID) -> QuerySet[Thread]:
    """The threads of a group, for its office's side; those that wait for it first.

    Raises `NotFound` for anybody else.
    """
    require(actor, Permission.TAKE_PART)
    subject = registry.subject_named(kind)
    standing = subject.in_group(actor, group_id)
    if standing is None or standing.side is not Side.OFFICE:
        raise NotFound
    waits = todo.rows_of_subjects(registry.THREAD).filter(
        done_at=None, code=subject.codes[Side.OFFICE], subject_id=OuterRef("pk")
    )
    threads = Thread.objects.filter(subject_kind=kind, group_id=group_id)
    found: QuerySet[Any] = annotated(
        threads, waits_for_office=Exists(waits), posts_count=Count("posts")
    )
    return found.order_by("-waits_for_office", "-updated_at", "-pk")


def post_visible_to(actor: Actor, post_id: UUID) -> tuple[Post, registry.Standing]:
    """A post of a thread in which the actor stands, and where. Raises `NotFound`."""
    require(actor, Permission.TAKE_PART)
    post = Post.objects.select_related("thread").filter(pk=post_id).first()
    standing = _standing_in(actor, post.thread) if post is not None else None
    if post is None or standing is None:
        raise NotFound
    return post, standing


def post_file_visible_to(actor: Actor, file_id: UUID) -> tuple[PostFile, registry.Standing]:
    """A file of a thread in which the actor stands, or shown to a group of the actor's.

    Raises `NotFound`.
    """
    require(actor, Permission.TAKE_PART)
    rows = PostFile.objects.select_related("file", "post__thread")
    found = rows.filter(pk=file_id).first()
    if found is None:
        raise NotFound
    thread = found.post.thread
    standing = _standing_in(actor, thread)
    if standing is None and found.post.shown_at is not None and thread.group_id is not None:
        subject = registry.subject_named(thread.subject_kind)
        standing = subject.in_group(actor, thread.group_id)
    if standing is None:
        raise NotFound
    return found, standing


def _standing_in(actor: Actor, thread: Thread) -> registry.Standing | None:
    return registry.subject_named(thread.subject_kind).standing(actor, thread.subject_id)
