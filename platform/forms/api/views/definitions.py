from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import JSON, XLSX, attached, file_of
from api.reading import asked, checked, read, sought
from api.versions import shown_in
from api.viewsets import ModuleViewSet
from files import services as files
from forms import selectors, services
from forms.api import filters
from forms.api.serializers import definitions as shapes
from forms.api.serializers.projection import ProjectionOut
from forms.models import Form

MEDIA = {"xlsx": XLSX, "json": JSON}
OLDER = OpenApiParameter("older", int, description="Number of a published revision", required=True)
NEWER = OpenApiParameter(
    "newer", str, description="Number of a published revision; `draft` (or none) is the draft"
)
ENDING = OpenApiParameter("as", str, enum=["xlsx", "json"], default="json")
REVISION = OpenApiParameter("revision", int, description="Without it, the draft")


class FormViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[Form]):
    """What the city asks: drafts, revisions, and what publishing does to the sheets in flight."""

    queryset = Form.objects.none()
    versioned = shown_in(shapes.FormOut)
    filterset_class = filters.FormFilters
    ordering_fields = ("sort_key", "updated_at")
    limited = {"answers": "export"}

    def get_queryset(self) -> QuerySet[Form]:
        forms = selectors.forms_visible_to(self.actor)
        return selectors.with_counts(forms) if self.action in ("list", "retrieve") else forms

    def get_serializer_class(self) -> type[shapes.FormSummaryOut]:
        return shapes.FormSummaryOut if self.action == "list" else shapes.FormOut

    @extend_schema(request=shapes.FormIn, responses={201: shapes.FormOut})
    def create(self, request: Request) -> Response:
        form = services.add_form(actor=self.actor, **read(shapes.FormIn, request))
        return Response(self._shown(form), status=201)

    @extend_schema(request=shapes.FormChangesIn, responses=shapes.FormOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(shapes.FormChangesIn, request)
        form = self.get_object()
        services.change_form(actor=self.actor, form=form, draft_version=form.draft_version, **given)
        return Response(self._shown(form))

    @extend_schema(request=shapes.PreviewIn, responses=ProjectionOut)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: str) -> Response:
        """The draft over invented answers; nothing is kept."""
        given = read(shapes.PreviewIn, request)
        form = self.get_object()
        projection = selectors.preview(
            given.get("draft", form.draft), given["answers"], given["unit"]
        )
        return Response(ProjectionOut(projection).data)

    @extend_schema(
        parameters=[OLDER, NEWER], responses=shapes.FormChangeOut(many=True), filters=False
    )
    @action(detail=True, pagination_class=None)
    def differences(self, request: Request, pk: str) -> Response:
        """What changed between two revisions, in words."""
        form, which = self.get_object(), asked(shapes.ComparedQuery, request)
        changes = selectors.changes_between(form, which["older"], which["newer"])
        return Response([shapes.FormChangeOut(one).data for one in changes])

    @extend_schema(responses=shapes.EffectsOut)
    @action(detail=True)
    def effects(self, request: Request, pk: str) -> Response:
        """What publishing the draft would do to the sheets in flight, counted on them."""
        effects = selectors.effects_of(self.actor, self.get_object())
        return Response(shapes.EffectsOut(effects).data)

    @extend_schema(request=shapes.PublishIn, responses={201: shapes.FormPublishedOut})
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        wanted = checked(shapes.PublishIn, request)
        published = services.publish_form(
            actor=self.actor,
            form=self.get_object(),
            moves=wanted.chosen,
            draft_version=wanted.validated_data["draft_version"],
        )
        return Response(shapes.FormPublishedOut(published).data, status=201)

    @extend_schema(parameters=[REVISION], responses=shapes.FormDefinitionOut, filters=False)
    @action(detail=True)
    def definition(self, request: Request, pk: str) -> Response:
        """A published revision; without a number the newest one."""
        form, number = self.get_object(), asked(shapes.RevisionQuery, request)["revision"]
        revision = (
            selectors.newest_revision(form)
            if number is None
            else selectors.revision_of(form, number)
        )
        return Response(shapes.FormDefinitionOut(revision).data)

    @extend_schema(request=shapes.FormNameIn, responses={201: shapes.FormOut})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, pk: str) -> Response:
        given = read(shapes.FormNameIn, request)
        copied = services.copy_form(actor=self.actor, form=self.get_object(), **given)
        return Response(self._shown(copied), status=201)

    @extend_schema(request=None, responses=shapes.FormOut)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: str) -> Response:
        form = services.archive_form(actor=self.actor, form=self.get_object())
        return Response(self._shown(form))

    @extend_schema(request=None, responses=shapes.FormOut)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Take it back from the archive."""
        form = services.restore_form(actor=self.actor, form=self.get_object())
        return Response(self._shown(form))

    @extend_schema(request=shapes.FormFileIn, responses={201: shapes.FormOut})
    @action(detail=False, methods=["post"], url_path="import")
    def bring(self, request: Request) -> Response:
        """A form from a json file of another city, or from a workbook with one row a question."""
        given = read(shapes.FormFileIn, request)
        form = services.import_form(actor=self.actor, file_id=given["file"])
        return Response(self._shown(form), status=201)

    @extend_schema(responses=file_of(XLSX), filters=False)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def pattern(self, request: Request) -> HttpResponseBase:
        """A workbook to write a new form in, with an example of each kind of row."""
        return attached(services.form_pattern(actor=self.actor), "wzór formularza.xlsx")

    @extend_schema(
        parameters=[ENDING, REVISION],
        filters=False,
        responses=file_of(XLSX, JSON),
    )
    @action(detail=True)
    def export(self, request: Request, pk: str) -> HttpResponseBase:
        """The form as a file that any city can import."""
        form, wanted = self.get_object(), asked(shapes.ExportQuery, request)
        ending: services.Ending = wanted["as"]
        content = services.export_form(
            actor=self.actor, form=form, as_=ending, revision=wanted["revision"]
        )
        return attached(content, files.archive_name(form.name, extension=ending), MEDIA[ending])

    @extend_schema(parameters=[shapes.AnswersQuery], responses=file_of(XLSX))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def answers(self, request: Request, pk: str) -> HttpResponseBase:
        """The newest submitted answers that the person may see, as xlsx, tables on own sheets."""
        form = self.get_object()
        wanted = sought(shapes.AnswersQuery, request).conditions
        sheets = selectors.sheets_visible_to(self.actor, form).filter(**wanted)
        content = services.export_answers(actor=self.actor, form=form, sheets=sheets)
        name = files.archive_name(form.name, "odpowiedzi", extension="xlsx")
        return attached(content, name)

    def _shown(self, form: Form) -> Any:
        visible = selectors.with_counts(selectors.forms_visible_to(self.actor))
        shown = visible.get(pk=form.pk)
        return shapes.FormOut(shown, context={"request": self.request}).data
