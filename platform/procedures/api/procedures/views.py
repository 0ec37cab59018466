from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import JSON, attached, file_of
from api.reading import asked, checked, read
from api.versions import shown_in
from api.viewsets import ActorMixin, ModuleViewSet
from procedures import selectors
from procedures.api.procedures import filters
from procedures.api.procedures import serializers as shapes
from procedures.models import Procedure
from procedures.services import designing


def moves_of(given: list[dict[str, Any]]) -> list[designing.Move]:
    return [designing.Move(**one) for one in given]


class ProcedureViewSet(ListModelMixin, ModuleViewSet[Procedure]):
    """The list is for whoever has to do with cases, the rest for whoever makes the procedure."""

    queryset = Procedure.objects.none()
    versioned = shown_in(shapes.ProcedureDetailsOut)
    serializer_class = shapes.ProcedureOut
    filterset_class = filters.ProcedureFilters
    ordering_fields = ("sort_key", "position", "updated_at", "published_at")

    def get_queryset(self) -> QuerySet[Procedure]:
        if self.action == "list":
            return selectors.with_counts(selectors.procedures_visible_to(self.actor))
        if self.action == "start":
            return selectors.procedures_visible_to(self.actor)
        return selectors.procedures_made_by(self.actor)

    @extend_schema(request=shapes.ProcedureIn, responses={201: shapes.ProcedureDetailsOut})
    def create(self, request: Request) -> Response:
        given = read(shapes.ProcedureIn, request)
        procedure = designing.add_procedure(actor=self.actor, **given)
        return Response(self._shown(procedure), status=201)

    @extend_schema(responses=shapes.ProcedureDetailsOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._shown(self.get_object()))

    @extend_schema(request=shapes.ProcedureChangeIn, responses=shapes.ProcedureDetailsOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(shapes.ProcedureChangeIn, request)
        procedure = self.get_object()
        procedure = designing.change_procedure(
            actor=self.actor,
            procedure=procedure,
            draft_version=procedure.draft_version,
            **given,
        )
        return Response(self._shown(procedure))

    @extend_schema(
        parameters=[shapes.DifferencesQuery],
        responses=shapes.ProcedureChangeOut(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def differences(self, request: Request, pk: str) -> Response:
        """What changed between two revisions, or since one in the draft, in words."""
        procedure = self.get_object()
        of = asked(shapes.DifferencesQuery, request)
        found = selectors.differences_between(procedure, of["older"], of["newer"])
        return Response(shapes.ProcedureChangeOut(found, many=True).data)

    @extend_schema(parameters=[shapes.EffectsQuery], responses=shapes.PublishEffectsOut)
    @action(detail=True)
    def effects(self, request: Request, pk: str) -> Response:
        """What publishing the draft would do to the matters that run; or moving them now."""
        procedure = self.get_object()
        of = asked(shapes.EffectsQuery, request)["of"]
        found = selectors.effects_on(procedure, of)
        return Response(shapes.PublishEffectsOut(found).data)

    @extend_schema(request=shapes.ProcedurePublishIn, responses=shapes.ProcedureDetailsOut)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        procedure = self.get_object()
        given = read(shapes.ProcedurePublishIn, request)
        designing.publish_procedure(
            actor=self.actor,
            procedure=procedure,
            moves=moves_of(given["moves"]),
            draft_version=given["draft_version"],
        )
        procedure.refresh_from_db()
        return Response(self._shown(procedure))

    @extend_schema(request=shapes.CaseMovesIn, responses=shapes.MovedOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move matters that were kept on older revisions to the newest."""
        procedure = self.get_object()
        moves = moves_of(read(shapes.CaseMovesIn, request)["moves"])
        moved = designing.move_cases(actor=self.actor, procedure=procedure, moves=moves)
        return Response({"moved": moved})

    @extend_schema(request=shapes.SimulateIn, responses=shapes.SimulateOut)
    @action(detail=True, methods=["post"])
    def simulate(self, request: Request, pk: str) -> Response:
        """Play the draft with invented people; nothing is kept."""
        procedure = self.get_object()
        walk = selectors.walk(self.actor, procedure, **checked(shapes.SimulateIn, request).asked)
        return Response(shapes.walked(walk))

    @extend_schema(responses=shapes.BeginningOut(many=True), filters=False)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def beginnings(self, request: Request) -> Response:
        """What the actor may begin by hand, as cards."""
        found = selectors.beginnings_for(self.actor)
        return Response(shapes.BeginningOut(found, many=True).data)

    @extend_schema(request=None, responses=shapes.DeclaredOut)
    @action(detail=True, methods=["post"])
    def functions(self, request: Request, pk: str) -> Response:
        """Add to the city the functions that the draft names and that it does not have yet."""
        added = designing.declare_functions(actor=self.actor, procedure=self.get_object())
        return Response({"added": added})

    @extend_schema(request=shapes.ProcedureCopyIn, responses={201: shapes.ProcedureDetailsOut})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, pk: str) -> Response:
        copied = designing.copy_procedure(
            actor=self.actor,
            procedure=self.get_object(),
            **read(shapes.ProcedureCopyIn, request),
        )
        return Response(self._shown(copied), status=201)

    @extend_schema(request=shapes.ProcedureArchiveIn, responses=shapes.ProcedureDetailsOut)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: str) -> Response:
        """Take no new matters, or (`is_archived` false) take them again."""
        procedure = designing.archive_procedure(
            actor=self.actor,
            procedure=self.get_object(),
            **read(shapes.ProcedureArchiveIn, request),
        )
        return Response(self._shown(procedure))

    @extend_schema(responses=file_of(JSON))
    @action(detail=True)
    def export(self, request: Request, pk: str) -> HttpResponseBase:
        """The draft and its forms as a file that `import` of any city reads."""
        procedure = self.get_object()
        content = designing.export_procedure(actor=self.actor, procedure=procedure)
        return attached(content, f"{procedure.name}.json", JSON)

    @extend_schema(request=shapes.ProcedureImportIn, responses={201: shapes.ProcedureDetailsOut})
    @action(detail=False, methods=["post"], url_path="import")
    def import_(self, request: Request) -> Response:
        """A draft of its own from an uploaded file, with drafts of its forms."""
        given = read(shapes.ProcedureImportIn, request)
        procedure = designing.import_procedure(actor=self.actor, file_id=given["file"])
        return Response(self._shown(procedure), status=201)

    @extend_schema(responses=shapes.ProcedureRevisionDetailsOut)
    @action(detail=True, url_path=r"revisions/(?P<number>\d{1,6})")
    def revision(self, request: Request, pk: str, number: str) -> Response:
        """What was published, as it was."""
        found = selectors.revision_of(self.get_object(), int(number))
        return Response(shapes.ProcedureRevisionDetailsOut(found).data)

    @extend_schema(parameters=[shapes.StartQuery], responses=shapes.StartOut)
    @action(detail=True)
    def start(self, request: Request, pk: str) -> Response:
        """Whether a new matter may be opened now, for the unit or for oneself."""
        procedure = self.get_object()
        unit = asked(shapes.StartQuery, request)["unit"]
        start = selectors.start_for(self.actor, procedure, unit_id=unit)
        return Response(shapes.StartOut(start).data)

    def _shown(self, procedure: Procedure) -> Any:
        return shapes.ProcedureDetailsOut(procedure, context={"request": self.request}).data


class KindsView(ActorMixin):
    @extend_schema(responses=shapes.StageKindOut(many=True))
    def get(self, request: Request) -> Response:
        """The kinds of stages that code knows, for the editor."""
        return Response(shapes.StageKindOut(selectors.kinds_for(self.actor), many=True).data)


class EffectsView(ActorMixin):
    @extend_schema(responses=shapes.EffectOut(many=True))
    def get(self, request: Request) -> Response:
        """What a transition may do besides moving the matter, for the editor."""
        return Response(shapes.EffectOut(selectors.effects_for(self.actor), many=True).data)
