from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseRedirect
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.files import REDIRECT
from api.reading import asked, read
from api.viewsets import ModuleViewSet
from files import selectors, services
from files.api.serializers import (
    FileMakingOut,
    FileOut,
    FileReadingOut,
    ReadingIn,
    ReadingQuery,
    UploadIn,
    UploadOut,
)
from files.models import File, FileMaking, FileReading

SHOWN = 20
SEALED = "default-src 'none'; sandbox"
VIEWED = "frame-ancestors 'none'"
"""For a PDF: the browser's own viewer, itself a sandbox, does not start in ours."""


class UploadViewSet(ModuleViewSet[File]):
    """Two steps: `create` gives an address, the bytes go there, `finish` makes the file ready."""

    serializer_class = FileOut
    limited = {"create": "upload"}

    def get_queryset(self) -> QuerySet[File]:
        return selectors.uploads_of(self.actor)

    @extend_schema(request=UploadIn, responses={201: UploadOut})
    def create(self, request: Request) -> Response:
        given = read(UploadIn, request)
        upload = services.begin_upload(actor=self.actor, **given)
        return Response(UploadOut(upload).data, status=201)

    @extend_schema(responses=FileOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        """How an upload stands that is being checked; the refusal of one that was not accepted."""
        file = self.get_object()
        services.raise_refusal(file)
        return Response(FileOut(file).data)

    @extend_schema(request=None, responses={200: FileOut, 202: FileOut})
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str) -> Response:
        """200 with the file, or 202 while it is scanned for malware: look at it until it is."""
        file = services.finish_upload(actor=self.actor, file=self.get_object())
        return Response(FileOut(file).data, status=200 if file.is_checked else 202)


class ReadingViewSet(RetrieveModelMixin, ModuleViewSet[FileReading]):
    """Uploads are read in the background: `create` asks for it and answers where to look."""

    serializer_class = FileReadingOut
    limited = {"create": "reading", "again": "reading"}
    filter_backends = ()
    pagination_class = None

    def get_queryset(self) -> QuerySet[FileReading]:
        return selectors.readings_of(self.actor)

    @extend_schema(parameters=[ReadingQuery], responses=FileReadingOut(many=True))
    def list(self, request: Request) -> Response:
        """The person's readings that no deed has taken over, the newest first."""
        wanted = asked(ReadingQuery, request)
        found = selectors.waiting_readings(self.actor, **wanted)[:SHOWN]
        return Response([FileReadingOut(one).data for one in found])

    @extend_schema(request=ReadingIn, responses={202: FileReadingOut})
    def create(self, request: Request) -> Response:
        given = read(ReadingIn, request)
        reading = services.begin_reading(
            actor=self.actor,
            file_id=given["file"],
            purpose=given["purpose"],
            about=given["about"],
        )
        return self._accepted(reading)

    @extend_schema(request=None, responses={202: FileReadingOut})
    @action(detail=True, methods=["post"])
    def again(self, request: Request, pk: str) -> Response:
        """Try a failed reading once more."""
        return self._accepted(services.read_again(actor=self.actor, reading=self.get_object()))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.forget_reading(actor=self.actor, reading=self.get_object())
        return Response(status=204)

    def _accepted(self, reading: FileReading) -> Response:
        address = reverse("files:readings-detail", args=[reading.pk])
        return Response(FileReadingOut(reading).data, status=202, headers={"Location": address})


class MakingViewSet(ModuleViewSet[FileMaking]):
    """What modules have made in the background for whoever asked, and nobody else."""

    serializer_class = FileMakingOut

    def get_queryset(self) -> QuerySet[FileMaking]:
        return selectors.makings_of(self.actor)

    @extend_schema(responses=FileMakingOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        making = self.get_object()
        selectors.require_still(self.actor, making)
        return Response(FileMakingOut(making).data)

    @extend_schema(responses=REDIRECT)
    @action(detail=True)
    def download(self, request: Request, pk: str) -> HttpResponseRedirect:
        """The file, to be looked at in the browser."""
        file = services.download_making(actor=self.actor, making=self.get_object())
        return HttpResponseRedirect(services.download_url(file, inline=True))


class UploadAddress(APIView):
    """The local store's twin of S3's presigned PUT: the address is the right, so no session."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def put(self, request: Request, token: str) -> Response:
        length = request.headers.get("Content-Length", "")
        services.receive_upload(
            token=token,
            length=int(length) if length.isdecimal() else None,
            source=request._request,  # noqa: SLF001  # the stream itself; DRF would parse it
        )
        return Response(status=204)


class DownloadAddress(APIView):
    """The local store's twin of S3's presigned GET."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request, token: str) -> FileResponse:
        delivery = services.open_download(token=token)
        wanted = delivery.wanted
        response = FileResponse(
            delivery.content,
            as_attachment=not wanted.inline,
            filename=wanted.name,
            content_type=wanted.content_type,
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = (
            VIEWED if wanted.content_type == "application/pdf" else SEALED
        )
        return response
