"""Scenarios of a call, what comes of them, and the recommendation that is made of one."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.versions import shown_in
from api.viewsets import ActorMixin, ModuleViewSet
from modules.applications import selectors, services
from modules.applications.api import decision_shapes, scenario_shapes
from modules.applications.models import Call, Scenario
from opium.errors import FieldError, Invalid, NotFound


class InCall(ActorMixin):
    """What stands under the address of one call."""

    def call_of(self, call_id: UUID) -> Call:
        return get_object_or_404(selectors.calls_visible_to(self.actor), pk=call_id)


class CallScenariosView(InCall):
    @extend_schema(responses=scenario_shapes.ScenarioOut(many=True))
    def get(self, request: Request, call_id: UUID) -> Response:
        """The ways to divide the call's money, by name."""
        found = selectors.scenarios_of(self.actor, self.call_of(call_id))
        return Response(scenario_shapes.ScenarioOut(found, many=True).data)

    @extend_schema(
        request=scenario_shapes.ScenarioIn, responses={201: scenario_shapes.ScenarioDetailsOut}
    )
    def post(self, request: Request, call_id: UUID) -> Response:
        made = services.draft_scenario(
            actor=self.actor,
            call=self.call_of(call_id),
            **read(scenario_shapes.ScenarioIn, request),
        )
        return Response(_details(self.actor, made), status=201)


class CallFieldsView(InCall):
    @extend_schema(responses=scenario_shapes.RankingFieldOut(many=True))
    def get(self, request: Request, call_id: UUID) -> Response:
        """What the call's applications can be ranked by."""
        known = selectors.fields_of(self.call_of(call_id)).fields
        fields = [
            {"name": name, "kind": one.kind, "label": one.label} for name, one in known.items()
        ]
        return Response(scenario_shapes.RankingFieldOut(fields, many=True).data)


class CallRecommendationsView(InCall):
    @extend_schema(responses=decision_shapes.RecommendationOut(many=True))
    def get(self, request: Request, call_id: UUID) -> Response:
        """What was recommended, the newest first."""
        found = selectors.recommendations_of(self.actor, self.call_of(call_id))
        lines = selectors.recommendation_lines(self.actor, found)
        return Response(decision_shapes.RecommendationOut(lines, many=True).data)


class ScenarioViewSet(ModuleViewSet[Scenario]):
    """One scenario, as it comes out now."""

    queryset = Scenario.objects.none()
    versioned = shown_in(scenario_shapes.ScenarioDetailsOut)

    def get_queryset(self) -> QuerySet[Scenario]:
        return selectors.own_scenarios(self.actor)

    @extend_schema(responses=scenario_shapes.ScenarioDetailsOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(_details(self.actor, self.get_object()))

    @extend_schema(
        request=scenario_shapes.ScenarioChangeIn, responses=scenario_shapes.ScenarioDetailsOut
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        changed = services.change_scenario(
            actor=self.actor,
            scenario=self.get_object(),
            content=read(scenario_shapes.ScenarioChangeIn, request),
        )
        return Response(_details(self.actor, changed))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.discard_scenario(actor=self.actor, scenario=self.get_object())
        return Response(status=204)

    @extend_schema(request=scenario_shapes.TrialIn, responses=scenario_shapes.ScenarioOutcomeOut)
    @action(detail=True, methods=["post"])
    def trial(self, request: Request, pk: str) -> Response:
        """What would come of other rules or changes; nothing is written."""
        found = selectors.played(
            self.actor, self.get_object().call, **read(scenario_shapes.TrialIn, request)
        )
        return Response(scenario_shapes.outcome(found))

    @extend_schema(
        responses=scenario_shapes.ComparisonOut,
        parameters=[OpenApiParameter("with", UUID, required=True)],
        filters=False,
    )
    @action(detail=True)
    def comparison(self, request: Request, pk: str) -> Response:
        """The other scenario of the same call against this one: who gains, who loses."""
        mine = self.get_object()
        other = self._other(mine, request.query_params.get("with", ""))
        return Response(
            scenario_shapes.comparison(_played(self.actor, mine), _played(self.actor, other))
        )

    @extend_schema(request=None, responses={201: decision_shapes.RecommendationOut})
    @action(detail=True, methods=["post"])
    def recommend(self, request: Request, pk: str) -> Response:
        """Put it before whoever decides and reserve its money, all or nothing."""
        made = services.recommend_scenario(actor=self.actor, scenario=self.get_object())
        [line] = selectors.recommendation_lines(self.actor, [made])
        return Response(decision_shapes.RecommendationOut(line).data, status=201)

    def _other(self, mine: Scenario, given: str) -> Scenario:
        try:
            wanted = UUID(given)
        except ValueError:
            lacking = FieldError("with", "Wskaż podział, z którym porównać.")
            raise Invalid(errors=[lacking]) from None
        return get_object_or_404(selectors.scenarios_of(self.actor, mine.call), pk=wanted)


def _details(actor: Any, scenario: Scenario) -> Any:
    whole = selectors.scenarios_of(actor, scenario.call).get(pk=scenario.pk)
    context = {"outcome": scenario_shapes.outcome(_played(actor, whole))}
    return scenario_shapes.ScenarioDetailsOut(whole, context=context).data


def _played(actor: Any, scenario: Scenario) -> selectors.Played:
    edition = scenario.edition
    if edition is None:
        raise NotFound
    return selectors.played(actor, scenario.call, edition.rules, edition.changes)
