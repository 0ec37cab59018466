from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import REDIRECT, ZIP, attached, file_of
from api.making import UnderWayOut
from api.reading import asked, read
from api.receipts import ReceiptOut
from api.versions import shown_in
from api.viewsets import ActorMixin, ModuleViewSet
from files import services as files
from opium.errors import NotFound
from procedures import receipts
from procedures.api.letters import filters
from procedures.api.letters import serializers as shapes
from procedures.models import LetterJob, LetterTemplate
from procedures.selectors import letter_list
from procedures.selectors.case_list import case_visible_to, cases_visible_to
from procedures.selectors.templates import templates_visible_to
from procedures.services import correspondence


class LetterTemplateViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[LetterTemplate]):
    """Letters that the city writes in Word."""

    queryset = LetterTemplate.objects.none()
    serializer_class = shapes.LetterTemplateOut
    versioned = shown_in(shapes.LetterTemplateOut)
    filterset_class = filters.LetterTemplateFilters
    ordering_fields = ("sort_key",)

    def get_queryset(self) -> QuerySet[LetterTemplate]:
        return templates_visible_to(self.actor).prefetch_related("revisions")

    @extend_schema(request=shapes.LetterTemplateIn, responses={201: shapes.LetterTemplateOut})
    def create(self, request: Request) -> Response:
        template = correspondence.add_template(
            actor=self.actor, **read(shapes.LetterTemplateIn, request)
        )
        return Response(self._shown(template), status=201)

    @extend_schema(request=shapes.LetterTemplateChangeIn, responses=shapes.LetterTemplateOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        template = correspondence.change_template(
            actor=self.actor,
            template=self.get_object(),
            **read(shapes.LetterTemplateChangeIn, request),
        )
        return Response(self._shown(template))

    @extend_schema(responses=shapes.LetterFieldOut(many=True), filters=False)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def fields(self, request: Request) -> Response:
        """What a template may ask for: the first words of its fields, with a sentence each."""
        told = [{"name": name, "sentence": one} for name, one in correspondence.ROOTS.items()]
        return Response(told)

    @extend_schema(responses=REDIRECT)
    @action(detail=True)
    def download(self, request: Request, pk: str) -> HttpResponseRedirect:
        """The newest docx, to be changed in Word."""
        file = correspondence.download_template(actor=self.actor, template=self.get_object())
        return HttpResponseRedirect(files.download_url(file, name=file.name))

    def _shown(self, template: LetterTemplate) -> Any:
        return shapes.LetterTemplateOut(self.get_queryset().get(pk=template.pk)).data


class LettersView(ActorMixin):
    @extend_schema(request=shapes.LettersIn, responses={202: shapes.LetterJobOut})
    def post(self, request: Request) -> Response:
        """A letter in each of the cases, drawn up in the background."""
        given = read(shapes.LettersIn, request)
        template = _template(self, given["template"])
        wanted = set(given["cases"])
        whole = cases_visible_to(self.actor).select_related("procedure", "revision")
        cases = list(whole.filter(pk__in=wanted).order_by("opened_at", "pk"))
        if len(cases) != len(wanted):
            raise NotFound
        job = correspondence.issue_letters(actor=self.actor, cases=cases, template=template)
        shown = letter_list.jobs_visible_to(self.actor).get(pk=job.pk)
        return Response(shapes.LetterJobOut(shown).data, status=202)


class LetterRetryView(ActorMixin):
    @extend_schema(request=None, responses=shapes.LetterOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Draw a letter that failed up once more, from the template as it is now."""
        letter = letter_list.letter_visible_to(self.actor, pk)
        return Response(
            shapes.LetterOut(correspondence.render_again(actor=self.actor, letter=letter)).data
        )


class LetterDownloadView(ActorMixin):
    @extend_schema(parameters=[shapes.LetterDownloadQuery], responses=REDIRECT)
    def get(self, request: Request, pk: UUID) -> HttpResponseRedirect:
        wanted = asked(shapes.LetterDownloadQuery, request)["kind"]
        file = correspondence.download_letter(actor=self.actor, letter_id=pk, kind=wanted)
        return HttpResponseRedirect(files.download_url(file, name=file.name))


class LetterReceiptView(ActorMixin):
    @extend_schema(responses=ReceiptOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """That the letter was issued, under its number."""
        return Response(ReceiptOut(receipts.receipt_of_letter(self.actor, pk)).data)


class LetterJobViewSet(RetrieveModelMixin, ModuleViewSet[LetterJob]):
    """Progress of letters made for many cases."""

    limited: ClassVar = {"download": "export"}
    queryset = LetterJob.objects.none()
    serializer_class = shapes.LetterJobOut

    def get_queryset(self) -> QuerySet[LetterJob]:
        return letter_list.jobs_visible_to(self.actor)

    @extend_schema(responses=file_of(ZIP))
    @action(detail=True)
    def download(self, request: Request, pk: str) -> HttpResponseBase:
        """Every PDF of the series in one ZIP."""
        job = self.get_object()
        name = files.archive_name(job.revision.template.name, extension="zip")
        return attached(correspondence.archive_job(actor=self.actor, job=job), name, ZIP)


class CaseLettersView(ActorMixin):
    @extend_schema(responses=shapes.LetterOut(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        case = case_visible_to(self.actor, case_id)
        letters = letter_list.letters_of(case, is_from_office=case.is_from_office)
        return Response(shapes.LetterOut(letters, many=True).data)

    @extend_schema(request=shapes.LetterIn, responses={201: shapes.LetterOut})
    def post(self, request: Request, case_id: UUID) -> Response:
        case = case_visible_to(self.actor, case_id)
        template = _template(self, read(shapes.LetterIn, request)["template"])
        letter = correspondence.issue_letter(actor=self.actor, case=case, template=template)
        return Response(shapes.LetterOut(letter).data, status=201)


class LetterPreviewView(ActorMixin):
    @extend_schema(request=shapes.LetterIn, responses={202: UnderWayOut})
    def post(self, request: Request, case_id: UUID) -> Response:
        """Have it read what the letter would say; no number is drawn."""
        case = case_visible_to(self.actor, case_id)
        template = _template(self, read(shapes.LetterIn, request)["template"])
        making = correspondence.preview_letter(actor=self.actor, case=case, template=template)
        return Response(UnderWayOut(making).data, status=202)


def _template(view: ActorMixin, template_id: UUID) -> LetterTemplate:
    return get_object_or_404(templates_visible_to(view.actor), pk=template_id)
