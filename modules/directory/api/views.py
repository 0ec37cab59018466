from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors as accounts
from api.reading import read
from api.versions import shown_in
from api.viewsets import ExportedViewSet, ModuleViewSet
from modules.directory import selectors, services
from modules.directory.api import filters
from modules.directory.api.serializers import (
    ClosingIn,
    EndIn,
    GroupChangesIn,
    GroupIn,
    GroupOut,
    MembershipIn,
    MembershipOut,
    PersonOut,
    SectionIn,
    SectionOut,
    UnitChangesIn,
    UnitDetailsOut,
    UnitIn,
    UnitKindChangesIn,
    UnitKindIn,
    UnitKindOut,
    UnitOut,
)
from units.models import Group, Membership, Section, Unit, UnitKind, UnitQuerySet

if TYPE_CHECKING:
    from accounts.models import Person

CREATED = status.HTTP_201_CREATED


@extend_schema_view(retrieve=extend_schema(responses=UnitDetailsOut))
class UnitViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ExportedViewSet[Unit]):
    queryset = Unit.objects.all()
    versioned = shown_in(UnitDetailsOut)
    serializer_class = UnitOut
    filterset_class = filters.UnitFilter
    ordering_fields = {
        "short_name": "sort_key",
        "kind": "kind__position",
        "closed_on": "closed_on",
    }
    export_name = "jednostki.xlsx"

    def get_queryset(self) -> UnitQuerySet:
        if self.action == "retrieve":
            return selectors.unit_pages_visible_to(self.actor)
        if self.action == "list":
            return selectors.unit_rows_visible_to(self.actor)
        return selectors.units_visible_to(self.actor)

    def get_serializer_class(self) -> type[UnitOut]:
        return UnitDetailsOut if self.action == "retrieve" else UnitOut

    @extend_schema(request=UnitIn, responses={201: UnitDetailsOut})
    def create(self, request: Request) -> Response:
        given = read(UnitIn, request)
        details: dict[str, Any] = dict(given)
        entries = [services.EntryDetails(**entry) for entry in details.pop("entries", ())]
        unit = services.add_unit(actor=self.actor, entries=entries, **details)
        return self._page(unit, CREATED)

    @extend_schema(request=UnitChangesIn, responses=UnitDetailsOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(UnitChangesIn, request, partial=True)
        unit = services.change_unit(actor=self.actor, unit=self.get_object(), **given)
        return self._page(unit)

    @extend_schema(request=ClosingIn, responses=UnitDetailsOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        given = read(ClosingIn, request)
        unit = services.close_unit(actor=self.actor, unit=self.get_object(), **given)
        return self._page(unit)

    def exported(self, rows: QuerySet[Unit], query: dict[str, str]) -> IO[bytes]:
        return services.export_units(actor=self.actor, units=rows, query=query)

    def _page(self, unit: Unit, code: int = status.HTTP_200_OK) -> Response:
        page = get_object_or_404(selectors.unit_pages_visible_to(self.actor), pk=unit.pk)
        return Response(
            UnitDetailsOut(page, context=self.get_serializer_context()).data, status=code
        )


class UnitKindViewSet(mixins.ListModelMixin, ModuleViewSet[UnitKind]):
    queryset = UnitKind.objects.all()
    versioned = shown_in(UnitKindOut)
    serializer_class = UnitKindOut
    filter_backends = ()
    pagination_class = None

    def get_queryset(self) -> QuerySet[UnitKind]:
        return selectors.kinds_visible_to(self.actor)

    @extend_schema(request=UnitKindIn, responses={201: UnitKindOut})
    def create(self, request: Request) -> Response:
        given = read(UnitKindIn, request)
        kind = services.add_kind(actor=self.actor, **given)
        return Response(UnitKindOut(self.get_queryset().get(pk=kind.pk)).data, status=CREATED)

    @extend_schema(request=UnitKindChangesIn, responses=UnitKindOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(UnitKindChangesIn, request)
        kind = self.get_object()
        services.change_kind(actor=self.actor, kind=kind, **given)
        return Response(UnitKindOut(self.get_queryset().get(pk=kind.pk)).data)


class SectionViewSet(mixins.ListModelMixin, ModuleViewSet[Section]):
    queryset = Section.objects.all()
    serializer_class = SectionOut
    filter_backends = ()
    pagination_class = None

    def get_queryset(self) -> QuerySet[Section]:
        return selectors.sections_visible_to(self.actor)

    @extend_schema(request=SectionIn, responses={201: SectionOut})
    def create(self, request: Request) -> Response:
        given = read(SectionIn, request)
        section = services.add_section(actor=self.actor, **given)
        return Response(SectionOut(section).data, status=CREATED)


class PersonViewSet(ModuleViewSet["Person"]):
    """People for the pickers: those of the department and of the units that the actor sees."""

    queryset = accounts.active_people()
    serializer_class = PersonOut
    filterset_class = filters.PersonFilter

    def get_queryset(self) -> "QuerySet[Person]":
        return selectors.people_visible_to(self.actor)

    @extend_schema(responses=PersonOut(many=True))
    def list(self, request: Request) -> Response:
        people = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        homes = selectors.homes_visible_to(self.actor, [person.pk for person in people])
        shown = PersonOut(people, many=True, context={"homes": homes})
        return self.get_paginated_response(shown.data)


class MembershipViewSet(ModuleViewSet[Membership]):
    queryset = Membership.objects.all()
    serializer_class = MembershipOut

    def get_queryset(self) -> QuerySet[Membership]:
        return selectors.memberships_visible_to(self.actor)

    @extend_schema(request=MembershipIn, responses={201: MembershipOut})
    def create(self, request: Request) -> Response:
        given = read(MembershipIn, request)
        details: dict[str, Any] = dict(given)
        membership = services.add_membership(
            actor=self.actor,
            person=_found(accounts.active_people(), details.pop("person")),
            unit=_found(selectors.units_visible_to(self.actor), details.pop("unit", None)),
            section=_found(selectors.sections_visible_to(self.actor), details.pop("section", None)),
            **details,
        )
        return Response(MembershipOut(membership).data, status=CREATED)

    @extend_schema(request=EndIn, responses=MembershipOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        given = read(EndIn, request)
        membership = services.end_membership(
            actor=self.actor, membership=self.get_object(), **given
        )
        return Response(MembershipOut(membership).data)


def _found(rows: QuerySet[Any], pk: UUID | None) -> Any:
    return None if pk is None else get_object_or_404(rows, pk=pk)


class GroupViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ModuleViewSet[Group]):
    queryset = Group.objects.all()
    versioned = shown_in(GroupOut)
    serializer_class = GroupOut
    filterset_class = filters.GroupFilter
    ordering_fields = {"name": "sort_key"}

    def get_queryset(self) -> QuerySet[Group]:
        return selectors.groups_visible_to(self.actor)

    @extend_schema(request=GroupIn, responses={201: GroupOut})
    def create(self, request: Request) -> Response:
        given = read(GroupIn, request)
        group = services.make_group(actor=self.actor, **given)
        return Response(GroupOut(self.get_queryset().get(pk=group.pk)).data, status=CREATED)

    @extend_schema(request=GroupChangesIn, responses=GroupOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(GroupChangesIn, request)
        group = self.get_object()
        services.change_group(actor=self.actor, group=group, **given)
        return Response(GroupOut(self.get_queryset().get(pk=group.pk)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_group(actor=self.actor, group=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
