"""Telling the other side of a post: those whom it waits for, and those who wrote before."""

from typing import TYPE_CHECKING

from notifications.registry import Kind
from notifications.services import News, notify
from opium.isolation import together
from threads import registry
from threads.models import Post, Side
from todo import selectors as todo

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Person

KIND_OF_NEWS = Kind(
    "threads.post",
    "Pytanie albo odpowiedź",
    "Ktoś pyta o wiadomość albo sprawę, którą prowadzę, albo odpowiada na moje pytanie.",
)


def tell_post(post: Post) -> None:
    """Tell whoever of the other side still sees the thread. Safe to run twice.

    Somebody who cannot be told keeps nobody else from it. Raises `SomeFailed`.
    """
    thread = post.thread
    subject = registry.subject_named(thread.subject_kind)
    other = Side.OFFICE if post.side == Side.OUTSIDE else Side.OUTSIDE
    people = _waited_for(post, subject.codes[other]) | _wrote_before(post, other)
    people.pop(post.author_id, None)
    told = []
    for one in people.values():
        standing = subject.standing(one, thread.subject_id)
        if standing is not None and standing.side is other:
            told.append(one)
    url = subject.url(thread.subject_id, other)
    together(told, lambda few: notify(_news(post, one, url) for one in few))


def _waited_for(post: Post, code: str) -> "dict[UUID, Person]":
    rows = todo.open_rows(registry.THREAD, [post.thread_id]).filter(code=code)
    behind = todo.people_behind_each(list(rows.select_related("person")))
    return {one.pk: one for people in behind.values() for one in people}


def _wrote_before(post: Post, side: Side) -> "dict[UUID, Person]":
    earlier = Post.objects.filter(thread=post.thread_id, side=side, pk__lt=post.pk)
    found = earlier.select_related("author").order_by("pk")
    return {one.author_id: one.author for one in found if one.author.is_active}


def _news(post: Post, person: "Person", url: str) -> News:
    said = "pytanie" if post.wants_answer else "odpowiedź"
    title = f"{post.thread}: {said}"[:400]
    return News(
        person=person,
        kind=KIND_OF_NEWS.key,
        subject_id=post.pk,
        title=title,
        url=url,
        letter_subject=title,
        letter_body=f"Dzień dobry,\n\n{title}.\nPisze: {post.author_name}.\n\nTreść na stronie:",
    )
