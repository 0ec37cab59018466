from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpResponseRedirect
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import REDIRECT
from api.reading import read
from api.viewsets import ActorMixin
from files import services as files
from threads import selectors, services
from threads.api import serializers as shapes

if TYPE_CHECKING:
    from accounts.models import Person
    from threads.models import Post


class Threads(ActorMixin):
    @property
    def person(self) -> "Person":
        return cast("Person", self.request.user)

    def shown(self, kind: str, subject_id: UUID, status: int = 200) -> Response:
        found = selectors.thread_of(self.actor, kind, subject_id)
        return Response(shapes.ThreadOut(found).data, status=status)

    def shown_with(self, post: "Post") -> Response:
        return self.shown(post.thread.subject_kind, post.thread.subject_id)


class ThreadView(Threads):
    """What the two sides of one matter have asked each other."""

    @extend_schema(responses=shapes.ThreadOut)
    def get(self, request: Request, kind: str, pk: UUID) -> Response:
        return self.shown(kind, pk)

    @extend_schema(request=shapes.PostIn, responses={201: shapes.ThreadOut})
    def post(self, request: Request, kind: str, pk: UUID) -> Response:
        """Ask, or answer."""
        given = read(shapes.PostIn, request)
        services.write_post(actor=self.person, kind=kind, subject_id=pk, **given)
        return self.shown(kind, pk, status=201)


class GroupView(Threads):
    """What was asked about all matters of a group, such as the deliveries of a message."""

    @extend_schema(responses=shapes.GroupThreadOut(many=True))
    def get(self, request: Request, kind: str, pk: UUID) -> Response:
        found = selectors.threads_of_group(self.actor, kind, pk)
        return Response([shapes.GroupThreadOut(one).data for one in found])


class ShowView(Threads):
    @extend_schema(request=shapes.ShowIn, responses=shapes.ThreadOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let the whole group read the answer, without the name of who asked."""
        given = read(shapes.ShowIn, request)
        post, _ = selectors.post_visible_to(self.actor, pk)
        return self.shown_with(services.show_answer(actor=self.person, post=post, **given))


class HideView(Threads):
    @extend_schema(request=None, responses=shapes.ThreadOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let it be read by the one who asked alone again."""
        post, _ = selectors.post_visible_to(self.actor, pk)
        return self.shown_with(services.hide_answer(actor=self.person, post=post))


class PostFileView(Threads):
    @extend_schema(responses=REDIRECT)
    def get(self, request: Request, pk: UUID) -> HttpResponseRedirect:
        file = services.download_post_file(actor=self.person, file_id=pk)
        return HttpResponseRedirect(files.download_url(file))
