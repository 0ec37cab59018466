from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.viewsets import ModuleViewSet
from outbox import selectors, services
from outbox.api import serializers as shapes
from outbox.api.filters import JobFilter
from outbox.models import Job


class JobViewSet(ListModelMixin, ModuleViewSet[Job]):
    """Background work that was given up: of this city, or at the operators' host of all."""

    queryset = Job.objects.none()
    serializer_class = shapes.FailedJobOut
    filterset_class = JobFilter
    ordering_fields = ("given_up_at", "created_at", "task")

    def get_queryset(self) -> QuerySet[Job]:
        return selectors.given_up_visible_to(self.actor)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="try-again")
    def try_again(self, request: Request, pk: str) -> Response:
        services.try_again(actor=self.actor, job=self.get_object())
        return Response(status=204)

    @extend_schema(request=shapes.LeavingIn, responses={204: None})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """Let it stay undone, for a reason that the log keeps."""
        given = read(shapes.LeavingIn, request)
        services.leave(actor=self.actor, job=self.get_object(), **given)
        return Response(status=204)

    @extend_schema(request=shapes.ChosenJobsIn, responses=shapes.TriedAgainOut)
    @action(detail=False, methods=["post"], url_path="try-all-again", pagination_class=None)
    def try_all_again(self, request: Request) -> Response:
        """Each of them in a transaction of its own; one that is refused stays in the list."""
        given = read(shapes.ChosenJobsIn, request)
        started, refused = services.try_all_again(actor=self.actor, **given)
        return Response({"started": started, "refused": refused})
