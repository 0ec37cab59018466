from typing import Any

from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from outbox.models import Job


class FailedJobOut(DrawnModel[Job]):
    """A job that was given up: `name` says what, `about` for what, `sentence` why."""

    city = serializers.CharField()
    name = serializers.CharField(source="label")

    class Meta:
        model = Job
        fields = (
            "id",
            "city",
            "task",
            "name",
            "about",
            "created_at",
            "given_up_at",
            "attempts",
            "sentence",
            "last_error",
        )


class LeavingIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class ChosenJobsIn(serializers.Serializer[Any]):
    """One task's jobs, or every one where no task is named."""

    task = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class TriedAgainOut(Drawn[Any]):
    started = serializers.IntegerField()
    refused = serializers.IntegerField()
