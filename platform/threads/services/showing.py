"""Showing an answer to everybody to whom it may be of use, without the name of who asked."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from opium import permissions
from opium.errors import FieldError, NotFound
from opium.permissions import MissingPermission, require
from threads import registry
from threads.deeds import Deed
from threads.errors import EmptyPost, NoAnswer, NoGroup
from threads.models import Post, Side
from threads.permissions import Permission

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def show_answer(*, actor: "Person", post: Post, question: str) -> Post:
    """Let the whole group read the answer, and to what, in these words; again changes the words.

    Who asked is told to nobody. Raises `NotFound`, `MissingPermission`, `NoAnswer`, `NoGroup`,
    `EmptyPost`.
    """
    require(actor, Permission.TAKE_PART)
    right = _right_of_office(actor, post)
    post = Post.objects.select_related("thread").select_for_update(of=("self",)).get(pk=post.pk)
    if post.side != Side.OFFICE:
        raise NoAnswer
    if post.thread.group_id is None:
        raise NoGroup
    if not question.strip():
        told = "Napisz, na jakie pytanie to odpowiedź."
        raise EmptyPost(errors=[FieldError("question", told)])
    post.shown_at = post.shown_at or timezone.now()
    post.shown_by, post.shown_question = actor, question.strip()
    post.save(update_fields=["shown_at", "shown_by", "shown_question", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.SHOW_ANSWER,
        right=right,
        target=post.thread,
        after={"question": post.shown_question},
    )
    return post


@transaction.atomic
def hide_answer(*, actor: "Person", post: Post) -> Post:
    """Let it be read by the one who asked alone again. Raises as `show_answer`."""
    require(actor, Permission.TAKE_PART)
    right = _right_of_office(actor, post)
    post = Post.objects.select_related("thread").select_for_update(of=("self",)).get(pk=post.pk)
    if post.shown_at is None:
        return post
    before = post.shown_question
    post.shown_at, post.shown_by, post.shown_question = None, None, ""
    post.save(update_fields=["shown_at", "shown_by", "shown_question", "updated_at"])
    audit.record(
        actor=actor,
        deed=Deed.HIDE_ANSWER,
        right=right,
        target=post.thread,
        before={"question": before},
    )
    return post


def _right_of_office(actor: "Person", post: Post) -> permissions.Permission:
    """By which the actor speaks for the office in the post's thread."""
    subject = registry.subject_named(post.thread.subject_kind)
    standing = subject.standing(actor, post.thread.subject_id)
    if standing is None:
        raise NotFound
    if standing.side is not Side.OFFICE or not standing.may_write:
        raise MissingPermission(standing.right)
    return standing.right
