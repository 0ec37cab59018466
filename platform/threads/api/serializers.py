from typing import Any

from rest_framework import serializers

from api.drawing import Drawn
from threads.models import LONGEST, Post, Side, Thread
from threads.selectors import ShownThread
from threads.services import MOST_FILES


class PostFileOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")


class PostOut(Drawn[Post]):
    """One thing that was asked or answered; `shown_at` where the whole group reads it."""

    id = serializers.UUIDField()
    side = serializers.ChoiceField(choices=Side.choices)
    author = serializers.CharField(source="author_name")
    text = serializers.CharField()
    wants_answer = serializers.BooleanField()
    at = serializers.DateTimeField(source="created_at")
    shown_at = serializers.DateTimeField(allow_null=True)
    shown_question = serializers.CharField()
    files = PostFileOut(source="in_order", many=True)


class ShownPostOut(Drawn[Post]):
    """What was answered to somebody else of the group, without who asked."""

    id = serializers.UUIDField()
    question = serializers.CharField(source="shown_question")
    text = serializers.CharField()
    at = serializers.DateTimeField(source="shown_at")
    files = PostFileOut(source="in_order", many=True)


class ThreadOut(Drawn[ShownThread]):
    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    side = serializers.ChoiceField(choices=Side.choices)
    may_write = serializers.BooleanField()
    may_show = serializers.BooleanField()
    closed = serializers.CharField(help_text="Why nothing can be written any more; empty: it can")
    is_asked = serializers.BooleanField(help_text="Whether a question waits for the reader's side")
    posts = PostOut(many=True)
    shown = ShownPostOut(many=True)


class GroupThreadOut(Drawn[Thread]):
    """A thread among those of a group, as the office has them."""

    id = serializers.UUIDField()
    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    outside = serializers.CharField()
    posts = serializers.IntegerField(source="posts_count")
    is_asked = serializers.BooleanField(source="waits_for_office")
    at = serializers.DateTimeField(source="updated_at")


class PostIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    files = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_FILES, default=list
    )
    wants_answer = serializers.BooleanField(default=False)


class ShowIn(serializers.Serializer[Any]):
    question = serializers.CharField(max_length=2_000)
