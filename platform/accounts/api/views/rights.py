from typing import IO, Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import scopes, selectors, services
from accounts.api import filters
from accounts.api.callers import Caller
from accounts.api.serializers import rights as shapes
from accounts.errors import UnknownPermission
from accounts.models import Assignment, Role
from accounts.permissions import catalogue, makes_administrators
from api.reading import asked, read
from api.versions import shown_in
from api.viewsets import ExportedViewSet
from opium import registry


class PermissionsView(Caller):
    """Every right of the modules that the city has switched on."""

    @extend_schema(responses=shapes.ModulePermissionsOut(many=True))
    def get(self, request: Request) -> Response:
        labels = {one.label: one.verbose_name for one in registry.installed_modules()}
        found = [
            {"module": module, "label": labels[module], "permissions": permissions}
            for module, permissions in catalogue()
            if module in labels and registry.is_enabled(module)
        ]
        return Response(shapes.ModulePermissionsOut(found, many=True).data)


class ScopesView(Caller):
    """The kinds of places where a role can be held."""

    @extend_schema(responses=shapes.ScopeKindOut(many=True))
    def get(self, request: Request) -> Response:
        kinds = [{"kind": kind, "label": label} for kind, label in scopes.kinds().items()]
        return Response(shapes.ScopeKindOut(kinds, many=True).data)


class PlacesInHandView(Caller):
    """For the choice of a place on the screens."""

    @extend_schema(
        parameters=[shapes.PlacesInHandQuery], responses=shapes.PlacesInHandOut, filters=False
    )
    def get(self, request: Request) -> Response:
        wanted = asked(shapes.PlacesInHandQuery, request)
        return Response(shapes.PlacesInHandOut(selectors.places_in_hand(self.actor, **wanted)).data)


class RoleViewSet(ListModelMixin, RetrieveModelMixin, ExportedViewSet[Role]):
    queryset = Role.objects.none()
    serializer_class = shapes.RoleOut
    versioned = shown_in(shapes.RoleOut)
    ordering_fields = ("sort_key", "holder_count")
    export_name = "role.xlsx"

    def get_queryset(self) -> QuerySet[Role]:
        return selectors.roles_visible_to(self.actor)

    @extend_schema(
        parameters=[shapes.RolesToGiveQuery],
        responses=shapes.RoleToGiveOut(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None, filter_backends=[], url_path="to-give")
    def to_give(self, request: Request) -> Response:
        """What can be given in that place by whoever asks; for the choice on the screens."""
        wanted = asked(shapes.RolesToGiveQuery, request)
        scope = (wanted["kind"], wanted["id"])
        found = selectors.roles_to_give(self.actor, scope, is_inviting=wanted["is_inviting"])
        rows = [
            {
                "id": role.pk,
                "name": role.name,
                "description": role.description,
                "needs_second_person": makes_administrators(role, scope),
            }
            for role in found
        ]
        return Response(shapes.RoleToGiveOut(rows, many=True).data)

    @extend_schema(request=shapes.RoleIn, responses={201: shapes.RoleOut})
    def create(self, request: Request) -> Response:
        role = services.add_role(actor=self.actor, **read(shapes.RoleIn, request))
        return Response(self._shown(role), status=201)

    @extend_schema(request=shapes.RoleIn, responses=shapes.RoleOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(shapes.RoleIn, request, partial=True)
        role = services.change_role(actor=self.actor, role=self.get_object(), **given)
        return Response(self._shown(role))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_role(actor=self.actor, role=self.get_object())
        return Response(status=204)

    @extend_schema(request=shapes.OfferAnswerIn, responses=shapes.RoleOut)
    @action(detail=True, methods=["post"], url_path="answer-offer")
    def answer_offer(self, request: Request, pk: str) -> Response:
        """Take on the rights that the platform proposes for the role, or leave them for good."""
        given = read(shapes.OfferAnswerIn, request)
        role = services.answer_offer(actor=self.actor, role=self.get_object(), **given)
        return Response(self._shown(role))

    def exported(self, rows: QuerySet[Role], query: dict[str, str]) -> IO[bytes]:
        return services.export_roles(actor=self.actor, roles=rows, query=query)

    def _shown(self, role: Role) -> Any:
        return shapes.RoleOut(self.get_queryset().get(pk=role.pk)).data


class AssignmentViewSet(ListModelMixin, RetrieveModelMixin, ExportedViewSet[Assignment]):
    queryset = Assignment.objects.none()
    serializer_class = shapes.AssignmentOut
    versioned = shown_in(shapes.AssignmentOut)
    filterset_class = filters.AssignmentFilters
    ordering_fields = ("person__sort_key", "role__sort_key", "valid_from", "valid_to")
    export_name = "nadane-role.xlsx"

    def get_queryset(self) -> QuerySet[Assignment]:
        return selectors.assignments_visible_to(self.actor)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows = selectors.with_places(page or [])
        return self.get_paginated_response(shapes.AssignmentOut(rows, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(_shown(self.get_object()))

    @extend_schema(request=shapes.AssignmentIn, responses={201: shapes.AssignmentOut})
    def create(self, request: Request) -> Response:
        given = read(shapes.AssignmentIn, request)
        scope = given.pop("scope")
        assignment = services.assign_role(
            actor=self.actor, scope_kind=scope["kind"], scope_id=scope["id"], **given
        )
        return Response(_shown(assignment), status=201)

    @extend_schema(request=shapes.AssignmentDaysIn, responses=shapes.AssignmentOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        assignment = services.change_assignment(
            actor=self.actor,
            assignment=self.get_object(),
            **read(shapes.AssignmentDaysIn, request),
        )
        return Response(_shown(assignment))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.end_assignment(actor=self.actor, assignment=self.get_object())
        return Response(status=204)

    def exported(self, rows: QuerySet[Assignment], query: dict[str, str]) -> IO[bytes]:
        return services.export_assignments(actor=self.actor, assignments=rows, query=query)


def _shown(assignment: Assignment) -> Any:
    return shapes.AssignmentOut(selectors.with_places([assignment])[0]).data


class OwnRightsView(Caller):
    """What the person signed in may do, and why."""

    @extend_schema(responses=shapes.RightOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(shown_rights(selectors.rights_of(self.actor, self.person)))


class WhoMayView(Caller):
    """Who may do this to that place, and why: `permission`, `scope_kind`, `scope_id`."""

    @extend_schema(
        parameters=[shapes.WhoMayQuery],
        responses=shapes.HoldingOut(many=True),
        operation_id="who_may",
    )
    def get(self, request: Request) -> Response:
        wanted = asked(shapes.WhoMayQuery, request)
        permission = selectors.permission_named(wanted["permission"])
        if permission is None:
            raise UnknownPermission(name=wanted["permission"])
        holdings = selectors.who_may(
            self.actor, permission, (wanted["scope_kind"], wanted["scope_id"])
        )
        selectors.with_places([ground for one in holdings for ground in one.grounds])
        return Response(shapes.HoldingOut(holdings, many=True).data)


def shown_rights(rights: list[selectors.Right]) -> Any:
    selectors.with_places([ground for one in rights for ground in one.grounds])
    return shapes.RightOut(rights, many=True).data
