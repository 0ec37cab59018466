from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import asked, read
from api.versions import shown_in
from api.viewsets import ActorMixin, ExportedViewSet, ModuleViewSet
from budget import selectors, services
from budget.api import filters
from budget.api import serializers as shapes
from budget.models import Classification, Entry, Pot


class PotViewSet(ExportedViewSet[Pot]):
    """Pots that the person sees, each with the sums of its ledger."""

    queryset = Pot.objects.none()
    serializer_class = shapes.PotOut
    versioned = shown_in(shapes.PotOut)
    filterset_class = filters.PotFilters
    ordering_fields = ("year", "sort_key", "code")
    export_name = "pule.xlsx"

    def get_queryset(self) -> QuerySet[Pot]:
        pots = selectors.pots_visible_to(self.actor)
        return pots.select_related("parent", "classification")

    @extend_schema(responses=shapes.PotOut(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        found = selectors.shown(self.actor, page or ())
        return self.get_paginated_response(shapes.PotOut(found, many=True).data)

    @extend_schema(request=shapes.PotIn, responses={201: shapes.PotOut})
    def create(self, request: Request) -> Response:
        pot = services.make_pot(actor=self.actor, **read(shapes.PotIn, request))
        return Response(self._page(pot.pk), status=201)

    @extend_schema(responses=shapes.PotOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._page(UUID(pk)))

    @extend_schema(request=shapes.PotChangeIn, responses=shapes.PotOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(shapes.PotChangeIn, request, partial=True)
        services.change_pot(actor=self.actor, pot=self.get_object(), **given)
        return Response(self._page(UUID(pk)))

    @extend_schema(request=shapes.AmountIn, responses=shapes.PotOut)
    @action(detail=True, methods=["post"])
    def amount(self, request: Request, pk: str) -> Response:
        """Let the pot's amount be this; the difference is an entry."""
        given = read(shapes.AmountIn, request)
        services.change_amount(actor=self.actor, pot=self.get_object(), **given)
        return Response(self._page(UUID(pk)))

    @extend_schema(request=shapes.PartIn, responses={201: shapes.PotOut})
    @action(detail=True, methods=["post"])
    def parts(self, request: Request, pk: str) -> Response:
        """Delegate a part of the pot."""
        given = read(shapes.PartIn, request)
        part = services.delegate_part(actor=self.actor, pot=self.get_object(), **given)
        page = selectors.shown(self.actor, [part])
        return Response(shapes.PotOut(page[0]).data, status=201)

    @extend_schema(parameters=[shapes.FitQuery], responses=shapes.FitOut, filters=False)
    @action(detail=True)
    def fit(self, request: Request, pk: str) -> Response:
        """Whether a sum would fit now, for whoever is still typing it; nothing is held."""
        amount = asked(shapes.FitQuery, request)["amount"]
        return Response(shapes.FitOut(selectors.would_fit(self.actor, UUID(pk), amount)).data)

    def exported(self, rows: QuerySet[Pot], query: dict[str, str]) -> IO[bytes]:
        return services.export_pots(actor=self.actor, pots=rows, query=query)

    def _page(self, pk: UUID) -> Any:
        page = selectors.shown(self.actor, [selectors.pot_visible_to(self.actor, pk)])
        return shapes.PotOut(page[0]).data


class EntryViewSet(ListModelMixin, ExportedViewSet[Entry]):
    """The ledger of one pot, the newest first."""

    queryset = Entry.objects.none()
    serializer_class = shapes.EntryOut
    filterset_class = filters.EntryFilters
    ordering_fields = ("at", "amount")
    export_name = "zapisy.xlsx"

    def get_queryset(self) -> QuerySet[Entry]:
        if getattr(self, "swagger_fake_view", False):
            return Entry.objects.none()
        return selectors.entries_of(self.actor, self.kwargs["pot_id"])

    def list(self, request: Request, pot_id: UUID) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        context = {"owners": selectors.owners_of(self.actor, page)}
        rows = shapes.EntryOut(page, many=True, context=context)
        return self.get_paginated_response(rows.data)

    def exported(self, rows: QuerySet[Entry], query: dict[str, str]) -> IO[bytes]:
        query = {"pot": str(self.kwargs["pot_id"]), **query}
        return services.export_entries(actor=self.actor, entries=rows, query=query)


class ClassificationViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[Classification]):
    """The budget classification: each year's own."""

    queryset = Classification.objects.none()
    serializer_class = shapes.ClassificationOut
    versioned = shown_in(shapes.ClassificationOut)
    filterset_class = filters.ClassificationFilters
    ordering_fields = {
        "year": "year",
        "chapter": "chapter",
        "paragraph": "paragraph",
        "name": "sort_key",
    }

    def get_queryset(self) -> QuerySet[Classification]:
        return selectors.classifications_visible_to(self.actor)

    @extend_schema(request=shapes.ClassificationIn, responses={201: shapes.ClassificationOut})
    def create(self, request: Request) -> Response:
        given = read(shapes.ClassificationIn, request)
        added = services.add_classification(actor=self.actor, **given)
        return Response(shapes.ClassificationOut(added).data, status=201)

    @extend_schema(request=shapes.ClassificationChangeIn, responses=shapes.ClassificationOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        changed = services.change_classification(
            actor=self.actor,
            classification=self.get_object(),
            **read(shapes.ClassificationChangeIn, request, partial=True),
        )
        return Response(shapes.ClassificationOut(changed).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_classification(actor=self.actor, classification=self.get_object())
        return Response(status=204)

    @extend_schema(request=shapes.ClassificationCopyIn, responses=shapes.ClassificationCopiedOut)
    @action(detail=False, methods=["post"])
    def copy(self, request: Request) -> Response:
        """Bring into a year what another has and it has not yet."""
        given = read(shapes.ClassificationCopyIn, request)
        return Response({"added": services.copy_classifications(actor=self.actor, **given)})


class YearsView(ActorMixin):
    @extend_schema(responses=shapes.YearFiguresOut(many=True))
    def get(self, request: Request) -> Response:
        """The sums of each year, the newest first."""
        found = selectors.figures_by_year(self.actor)
        return Response(shapes.YearFiguresOut(found, many=True).data)


class UnitKindsView(ActorMixin):
    @extend_schema(parameters=[shapes.YearQuery], responses=shapes.KindFiguresOut(many=True))
    def get(self, request: Request) -> Response:
        """The sums of a year by the kind of unit that the money is for."""
        year = asked(shapes.YearQuery, request)["year"]
        found = selectors.figures_by_unit_kind(self.actor, year)
        return Response(shapes.KindFiguresOut(found, many=True).data)
