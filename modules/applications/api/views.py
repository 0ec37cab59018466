from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.making import UnderWayOut
from api.reading import read
from api.versions import shown_in
from api.viewsets import ActorMixin, ExportedViewSet, ModuleViewSet
from modules.applications import selectors, services
from modules.applications.api import filters
from modules.applications.api import serializers as shapes
from modules.applications.models import Application, Call
from procedures.selectors import case_list, procedures_visible_to

if TYPE_CHECKING:
    from procedures.models import Case


class CallViewSet(ListModelMixin, ModuleViewSet[Call]):
    """Calls for whoever runs or watches them."""

    queryset = Call.objects.none()
    serializer_class = shapes.CallOut
    versioned = shown_in(shapes.CallDetailsOut)
    limited: ClassVar = {"package": "export"}
    filterset_class = filters.CallFilters
    ordering_fields = ("year", "sort_key")

    def get_queryset(self) -> QuerySet[Call]:
        return selectors.calls_visible_to(self.actor)

    @extend_schema(responses=shapes.CallOut(many=True))
    def list(self, request: Request) -> Response:
        calls = selectors.with_counts(self.actor, self.filter_queryset(self.get_queryset()))
        page = self.paginate_queryset(calls) or []
        money = selectors.money_of(self.actor, [one.pk for one in page])
        context = {"request": request, "money": money}
        drawn = shapes.CallOut(page, many=True, context=context)
        return self.get_paginated_response(drawn.data)

    @extend_schema(request=shapes.CallIn, responses={201: shapes.CallDetailsOut})
    def create(self, request: Request) -> Response:
        given = read(shapes.CallIn, request)
        given["procedure"] = self._procedure(given["procedure"])
        call = services.draft_call(actor=self.actor, **given)
        return Response(self._shown(call), status=201)

    @extend_schema(responses=shapes.CallDetailsOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._shown(self.get_object()))

    @extend_schema(request=shapes.CallChangeIn, responses=shapes.CallDetailsOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(shapes.CallChangeIn, request)
        if "procedure" in given:
            given["procedure"] = self._procedure(given["procedure"])
        call = services.change_call(actor=self.actor, call=self.get_object(), content=given)
        return Response(self._shown(call))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.discard_call(actor=self.actor, call=self.get_object())
        return Response(status=204)

    @extend_schema(request=shapes.CallPublishIn, responses=shapes.CallDetailsOut)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Let the rules hold from now on, and tell those whom it concerns."""
        call = self.get_object()
        given = read(shapes.CallPublishIn, request)
        said = given["announcement"]
        announcement = services.Announcement(**said) if said is not None else None
        call = services.publish_call(
            actor=self.actor, call=call, announcement=announcement, reason=given["reason"]
        )
        return Response(self._shown(call))

    @extend_schema(request=None, responses=shapes.CallDetailsOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return Response(self._shown(services.close_call(actor=self.actor, call=self.get_object())))

    @extend_schema(request=None, responses=shapes.CallDetailsOut)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        return Response(self._shown(services.settle_call(actor=self.actor, call=self.get_object())))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def throw_away(self, request: Request, pk: str) -> Response:
        """Remove a trial call with its applications and everything that came of them."""
        services.throw_away_trial(actor=self.actor, call=self.get_object())
        return Response(status=204)

    @extend_schema(request=shapes.CallCopyIn, responses={201: shapes.CallDetailsOut})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, pk: str) -> Response:
        """A draft with the same rules, its dates moved to the other year."""
        call = self.get_object()
        year = read(shapes.CallCopyIn, request)["year"]
        copied = services.copy_call(actor=self.actor, call=call, year=year)
        return Response(self._shown(copied), status=201)

    @extend_schema(request=None, responses={202: UnderWayOut})
    @action(detail=True, methods=["post"])
    def package(self, request: Request, pk: str) -> Response:
        """Have every document of the call that the person sees put into one ZIP."""
        making = services.pack_call(actor=self.actor, call=self.get_object())
        return Response(UnderWayOut(making).data, status=202)

    @extend_schema(responses=shapes.CallEditionOut(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def editions(self, request: Request, pk: str) -> Response:
        """What was published, when, by whom, and what it changed; the newest first."""
        found = selectors.editions_of(self.get_object())
        return Response(shapes.CallEditionOut(found, many=True).data)

    @extend_schema(responses=shapes.CallFiguresOut)
    @action(detail=True)
    def figures(self, request: Request, pk: str) -> Response:
        """How many, in which stages, and the money, as far as the person sees the cases."""
        found = selectors.figures_of_call(self.actor, self.get_object())
        return Response(shapes.CallFiguresOut(found).data)

    @extend_schema(responses=shapes.CallChartsOut)
    @action(detail=True)
    def charts(self, request: Request, pk: str) -> Response:
        """What was asked and granted, by kind of unit and beside earlier years."""
        found = selectors.charts_of(self.actor, self.get_object())
        return Response(shapes.CallChartsOut(found).data)

    def _procedure(self, pk: UUID) -> Any:
        return get_object_or_404(procedures_visible_to(self.actor), pk=pk)

    def _shown(self, call: Call) -> Any:
        visible = selectors.with_counts(self.actor, selectors.calls_visible_to(self.actor))
        context = {"request": self.request, "money": selectors.money_of(self.actor, [call.pk])}
        return shapes.CallDetailsOut(visible.get(pk=call.pk), context=context).data


class CallApplicationsViewSet(ListModelMixin, ExportedViewSet["Case"]):
    """The applications of one call."""

    queryset = case_list.NONE
    serializer_class = shapes.ApplicationOut
    filterset_class = filters.ApplicationFilters
    ordering_fields = {
        "opened_at": "opened_at",
        "submitted_at": "application__submitted_at",
        "due_at": "due_at",
        "ball_since": "ball_since",
        "sign": "sign",
    }
    export_name = "wnioski.xlsx"

    @cached_property
    def _call(self) -> Call:
        visible = selectors.calls_visible_to(self.actor)
        return get_object_or_404(visible, pk=self.kwargs["call_id"])

    def get_queryset(self) -> "QuerySet[Case]":
        if getattr(self, "swagger_fake_view", False):
            return case_list.NONE
        return selectors.applications_of(self.actor, self._call)

    @extend_schema(responses=shapes.ApplicationOut(many=True))
    def list(self, request: Request, call_id: UUID) -> Response:
        return super().list(request)

    def exported(self, rows: "QuerySet[Case]", query: dict[str, str]) -> IO[bytes]:
        return services.export_applications(
            actor=self.actor, call=self._call, cases=rows, query=query
        )


class OpeningsView(ActorMixin):
    @extend_schema(responses=shapes.OpeningOut(many=True))
    def get(self, request: Request) -> Response:
        """What is open for the person's units, or for them: until when, how many, why not."""
        return Response(shapes.OpeningOut(selectors.openings_for(self.actor), many=True).data)


class ScoringView(ActorMixin):
    @extend_schema(responses=shapes.ScoringOut(many=True))
    def get(self, request: Request) -> Response:
        """How far the person is with scoring in each call, and which application comes next."""
        return Response(shapes.ScoringOut(selectors.scorings_of(self.actor), many=True).data)


class OwnApplicationViewSet(ListModelMixin, ModuleViewSet["Case"]):
    """Applications on whose side the person stands, in whatever call."""

    queryset = case_list.NONE
    serializer_class = shapes.OwnApplicationOut
    filterset_class = filters.OwnApplicationFilters
    ordering_fields = {
        "opened_at": "opened_at",
        "submitted_at": "application__submitted_at",
        "due_at": "due_at",
    }

    def get_queryset(self) -> "QuerySet[Case]":
        return selectors.own_applications(self.actor)

    @extend_schema(request=shapes.ApplicationIn, responses={201: shapes.ApplicationBegunOut})
    def create(self, request: Request) -> Response:
        """Begin a draft in a call, anew or from an older application of one's own."""
        given = read(shapes.ApplicationIn, request)
        older: Application | None = None
        if given["copied_from"] is not None:
            mine = selectors.own_applications(self.actor)
            older = get_object_or_404(mine, application__pk=given["copied_from"]).application
        made = services.begin_application(
            actor=self.actor,
            call=get_object_or_404(selectors.calls_known_to(self.actor), pk=given["call"]),
            unit_id=given["unit"],
            title=given["title"],
            copied_from=older,
        )
        return Response(shapes.ApplicationBegunOut(made).data, status=201)
