from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.reading import read
from api.viewsets import ModuleViewSet
from files import selectors, services
from files.api.serializers import FileOut, UploadIn, UploadOut
from files.models import File

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

    @extend_schema(request=None, responses=FileOut)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str) -> Response:
        file = services.finish_upload(actor=self.actor, file=self.get_object())
        return Response(FileOut(file).data)


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
