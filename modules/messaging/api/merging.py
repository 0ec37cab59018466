"""Merges of the answers, their reports, and the cells that these remark on."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.drawing import Drawn
from api.files import REDIRECT
from api.reading import read
from api.viewsets import ActorMixin, ModuleViewSet
from files import services as files
from modules.messaging import selectors, services
from modules.messaging.models import Merge
from modules.messaging.selectors import AskedFile

if TYPE_CHECKING:
    from accounts.models import Person


class MergeIn(serializers.Serializer[None]):
    mode = serializers.ChoiceField(choices=Merge.Mode.choices, default=Merge.Mode.AUTO)


class MergeProposalOut(Drawn[selectors.MergeProposal]):
    """The mode that fits the template, and how many newest answers carry a workbook.

    `mode` is null until the template has been looked at, which `is_looked_at` tells is asked for.
    """

    mode = serializers.ChoiceField(choices=Merge.Mode.choices, allow_null=True)
    is_looked_at = serializers.BooleanField()
    failure = serializers.CharField()
    workbooks = serializers.IntegerField()
    fresh = serializers.IntegerField(help_text="Ile z nich przyszło po ostatnim scaleniu")


class RejectedWorkbookOut(Drawn[None]):
    unit = serializers.CharField()
    file = serializers.CharField()
    reason = serializers.CharField()
    answer = serializers.UUIDField(allow_null=True, required=False)
    """Whose file it is; not told of merges made before it was written down."""


class FileRequestIn(serializers.Serializer[None]):
    answer = serializers.UUIDField()


class AskedFileOut(Drawn[AskedFile]):
    """A file that the merge left out: whether a new one was asked for, and has come."""

    answer = serializers.UUIDField()
    asked_by = serializers.CharField(allow_null=True)
    asked_at = serializers.DateTimeField(allow_null=True)
    is_replaced = serializers.BooleanField()


class RemarkOut(Drawn[None]):
    """Something in a workbook that the merged one says in its sheet "Uwagi"."""

    unit = serializers.CharField()
    rspo = serializers.CharField()
    file = serializers.CharField()
    sheet = serializers.CharField()
    cell = serializers.CharField()
    kind = serializers.CharField()
    sentence = serializers.CharField()
    number = serializers.IntegerField(allow_null=True, required=False)
    """By which its cell can be looked at; null for a remark on no cell of an answer."""


class RemarkedCellOut(Drawn[dict[str, Any]]):
    """What stands around a remarked cell in the answer; see `spreadsheets.excerpts.Excerpt`."""

    unit = serializers.CharField()
    file = serializers.CharField()
    sheet = serializers.CharField()
    cell = serializers.CharField()
    sentence = serializers.CharField()
    answer_file = serializers.UUIDField()
    first_row = serializers.IntegerField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    marked = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class MergedSheetOut(Drawn[None]):
    name = serializers.CharField()
    mode = serializers.ChoiceField(choices=Merge.Mode.choices)
    rows = serializers.IntegerField()


class MergeReportOut(Drawn[None]):
    """The first thousand remarks; `remark_count` tells of all, which the result itself lists."""

    rows = serializers.IntegerField()
    workbooks = serializers.IntegerField()
    sheets = MergedSheetOut(many=True)
    rejected = RejectedWorkbookOut(many=True)
    left_out = RejectedWorkbookOut(many=True, required=False)
    silent = serializers.IntegerField(required=False)
    otherwise = serializers.IntegerField(required=False)
    remarks = RemarkOut(many=True)
    remark_count = serializers.IntegerField()


class MergeOut(Drawn[Merge]):
    id = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=Merge.Mode.choices)
    mode_used = serializers.ChoiceField(choices=Merge.Mode.choices, allow_blank=True)
    state = serializers.ChoiceField(choices=Merge.State.choices)
    standstill = serializers.SerializerMethodField()
    progress = serializers.IntegerField()
    total = serializers.IntegerField()
    started_by = serializers.CharField(source="started_by.display_name")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.CharField()
    report = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=Merge.Standstill.choices, allow_null=True))
    def get_standstill(self, merge: Merge) -> str | None:
        """Why nobody does it just now: its process was killed or failed. Null where it goes on."""
        return selectors.standstill_of(merge)

    @extend_schema_field(MergeReportOut(allow_null=True))
    def get_report(self, merge: Merge) -> dict[str, Any] | None:
        return merge.report or None


class MergeViewSet(RetrieveModelMixin, ModuleViewSet[Merge]):
    """A merge under way, or its report and result."""

    queryset = Merge.objects.none()
    serializer_class = MergeOut
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Merge]:
        return selectors.merges_visible_to(self.actor)

    @extend_schema(responses=REDIRECT)
    @action(detail=True)
    def download(self, request: Request, pk: str) -> HttpResponseRedirect:
        result = services.download_merge(actor=self.actor, merge=self.get_object())
        return HttpResponseRedirect(files.download_url(result))


class FileRequestView(ActorMixin):
    @extend_schema(responses=AskedFileOut(many=True))
    def get(self, request: Request, merge_id: UUID) -> Response:
        """What became of the files that the merge left out."""
        merge = get_object_or_404(selectors.merges_visible_to(self.actor), pk=merge_id)
        return Response([AskedFileOut(one).data for one in selectors.asked_files(merge)])

    @extend_schema(request=FileRequestIn, responses={201: AskedFileOut(many=True)})
    def post(self, request: Request, merge_id: UUID) -> Response:
        """Ask for a new file in place of one that the merge left out."""
        merge = get_object_or_404(selectors.merges_visible_to(self.actor), pk=merge_id)
        given = read(FileRequestIn, request)
        services.ask_for_file(
            actor=cast("Person", self.actor), merge=merge, answer_id=given["answer"]
        )
        return Response([AskedFileOut(one).data for one in selectors.asked_files(merge)], 201)


class RemarkedCellView(ActorMixin):
    @extend_schema(responses=RemarkedCellOut)
    def get(self, request: Request, merge_id: UUID, number: int) -> Response:
        """The remark's cell with what stands around it in the answer, as it was merged."""
        return Response(RemarkedCellOut(selectors.remarked_cell(self.actor, merge_id, number)).data)
