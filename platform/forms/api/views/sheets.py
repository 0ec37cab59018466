from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import REDIRECT
from api.making import UnderWayOut
from api.reading import asked, read
from api.versions import VersionMissing
from api.viewsets import ModuleViewSet
from files import services as files
from forms import selectors, services
from forms.api.serializers import sheets as shapes
from forms.api.serializers.definitions import ComparedQuery, PrintIn
from forms.errors import SheetSubmittedWithItsMatter
from forms.models import Sheet
from forms.permissions import may_fill, may_submit
from opium.errors import NotFound

OLDER = OpenApiParameter("older", int, description="Number of a submitted version", required=True)
NEWER = OpenApiParameter(
    "newer", str, description="Number of a submitted version; `draft` (or none) is the draft"
)
LONGEST_NUMBER = 9
NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH)
FILE = OpenApiParameter("file", UUID, OpenApiParameter.PATH)


class SheetViewSet(ModuleViewSet[Sheet]):
    """One sheet of answers; who may see and fill it is the word of the matter that owns it."""

    queryset = Sheet.objects.none()
    serializer_class = shapes.SheetOut
    filter_backends = ()
    pagination_class = None
    version_key = "draft_version"
    limited = {"print": "export"}

    def get_object(self) -> Sheet:
        return selectors.sheet_visible_to(self.actor, _id(self.kwargs["pk"]))

    def retrieve(self, request: Request, pk: str) -> Response:
        """To whoever may not know whose it is, without what tells that."""
        return Response(self._page(selectors.unguarded_sheet(_id(pk))))

    @extend_schema(request=shapes.AnswersIn, responses=shapes.SavedOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Autosave: write the given answers, and say what the form looks like over them."""
        given = read(shapes.AnswersIn, request)
        try:
            seen = self._seen()
        except VersionMissing:
            self.get_object()  # there is no such sheet for whoever may not see it
            raise
        sheet = selectors.unguarded_sheet(_id(self.kwargs["pk"]))
        saved = services.save_answers(actor=self.actor, sheet=sheet, draft_version=seen, **given)
        return Response(shapes.SavedOut(saved).data)

    @extend_schema(request=None, responses=shapes.SheetOut)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        sheet = self.get_object()
        if may_fill(self.actor, sheet) and not may_submit(self.actor, sheet):
            raise SheetSubmittedWithItsMatter
        services.submit_sheet(actor=self.actor, sheet=sheet)
        return Response(self._page(self.get_object()))

    @extend_schema(parameters=[NUMBER], responses=shapes.SheetVersionOut)
    @action(detail=True, url_path="versions/(?P<number>[0-9]{1,6})")
    def versions(self, request: Request, pk: str, number: str) -> Response:
        """What was submitted, read-only, as it was asked then."""
        version = services.open_version(
            actor=self.actor, sheet=self.get_object(), number=int(number)
        )
        context = {"projection": selectors.project_version(version)}
        return Response(shapes.SheetVersionOut(version, context=context).data)

    @extend_schema(parameters=[OLDER, NEWER], responses=shapes.AnswerChangeOut(many=True))
    @action(detail=True)
    def differences(self, request: Request, pk: str) -> Response:
        """Which answers differ between two versions, who changed them and when."""
        sheet = self.get_object()
        which = asked(ComparedQuery, request)
        found = services.compare_versions(
            actor=self.actor,
            sheet=sheet,
            older=which["older"],
            newer=which["newer"],
        )
        return Response([shapes.AnswerChangeOut(one).data for one in found])

    @extend_schema(request=PrintIn, responses={202: UnderWayOut})
    @action(detail=True, methods=["post"])
    def print(self, request: Request, pk: str) -> Response:
        """Have the answers made an accessible PDF, which waits under `files/makings/`."""
        given = read(PrintIn, request)
        making = services.print_sheet(
            actor=self.actor, sheet=self.get_object(), number=given["version"]
        )
        return Response(UnderWayOut(making).data, status=202)

    @extend_schema(parameters=[FILE], responses=REDIRECT)
    @action(detail=True, url_path="files/(?P<file>[0-9a-f-]{36})")
    def file(self, request: Request, pk: str, file: str) -> HttpResponseRedirect:
        """A file that answers one of the questions."""
        sheet = self.get_object()
        found = services.download_file(actor=self.actor, sheet=sheet, file_id=_id(file))
        return HttpResponseRedirect(files.download_url(found))

    def _seen(self) -> int:
        """The draft version that the caller has seen; one answer at a time is compared with it."""
        said = self.asked_version()
        if not said.isdecimal() or len(said) > LONGEST_NUMBER:
            raise VersionMissing
        return int(said)

    def _page(self, sheet: Sheet) -> Any:
        opened = services.open_sheet(actor=self.actor, sheet=sheet)
        context = {"request": self.request, "opened": opened}
        return shapes.SheetOut(opened.sheet, context=context).data


def _id(text: str) -> UUID:
    """What an address says. Raises `NotFound` where it is no id."""
    found = selectors.as_id(text)
    if found is None:
        raise NotFound
    return found
