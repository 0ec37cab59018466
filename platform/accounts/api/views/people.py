from typing import IO, Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api import filters
from accounts.api.callers import Caller
from accounts.api.serializers import people as shapes
from accounts.api.serializers.account import OwnSessionOut
from accounts.api.serializers.joinings import JoiningOut
from accounts.api.serializers.motions import MotionDetailOut, RecoveryIn
from accounts.api.serializers.rights import RightOut
from accounts.api.views.joinings import shown
from accounts.api.views.motions import shown_motion
from accounts.api.views.rights import shown_rights
from accounts.models import Motion, Person
from accounts.permissions import appoints, oversees
from api.files import as_xlsx, attached
from api.reading import read
from api.versions import shown_in
from api.viewsets import ExportedViewSet


class PersonViewSet(Caller, ListModelMixin, RetrieveModelMixin, ExportedViewSet[Person]):
    """The accounts that the person signed in looks after."""

    queryset = Person.objects.none()
    versioned = shown_in(shapes.AccountDetailOut)
    serializer_class = shapes.AccountOut
    filterset_class = filters.PersonFilters
    export_name = "osoby.xlsx"

    @property
    def ordering_fields(self) -> tuple[str, ...]:
        """An order tells, too: by sign-in only for whoever sees everybody's."""
        everybodys = ("sort_key", "email")
        return (*everybodys, "last_login") if oversees(self.actor) else everybodys

    def get_queryset(self) -> QuerySet[Person]:
        return selectors.people_visible_to(self.actor)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        people = selectors.with_homes(self.actor, page)
        return self.get_paginated_response(shapes.AccountOut(people, many=True).data)

    @extend_schema(responses=shapes.AccountDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Looking is an entry of the log, once an hour."""
        person = self.get_object()
        services.view_person(actor=self.actor, person=person)
        return Response(self._shown(person))

    @extend_schema(
        request=shapes.InvitationIn, responses={201: shapes.AccountDetailOut, 202: JoiningOut}
    )
    def create(self, request: Request) -> Response:
        """Invite somebody: 201, the account; 202 where that person is asked to agree first."""
        given = read(shapes.InvitationIn, request)
        home = given.pop("home")
        given["home"] = (home["kind"], home["id"]) if home else services.IN_THE_CITY
        if not appoints(self.actor):
            return Response(shown(services.ask_to_join(actor=self.actor, **given)), status=202)
        person = services.invite_person(actor=self.actor, **given)
        return Response(self._shown(person), status=201)

    @extend_schema(request=None, responses={202: None})
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: str) -> Response:
        """Send a new link to set the password."""
        services.invite_again(actor=self.actor, person=self.get_object())
        return Response(status=202)

    @extend_schema(request=shapes.AddressIn, responses={202: None})
    @action(detail=True, methods=["post"], url_path="change-email")
    def change_email(self, request: Request, pk: str) -> Response:
        """Send a link to the new mailbox; the address changes once it is opened."""
        services.change_email(
            actor=self.actor, person=self.get_object(), **read(shapes.AddressIn, request)
        )
        return Response(status=202)

    @extend_schema(request=shapes.AccountChangeIn, responses=shapes.AccountDetailOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        person = services.change_person(
            actor=self.actor, person=self.get_object(), **read(shapes.AccountChangeIn, request)
        )
        return Response(self._shown(person))

    @extend_schema(request=shapes.AccountClosingIn, responses=shapes.AccountDetailOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        person = services.close_account(
            actor=self.actor, person=self.get_object(), **read(shapes.AccountClosingIn, request)
        )
        return Response(self._shown(person))

    @extend_schema(request=None, responses=shapes.AccountDetailOut)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        person = services.reopen_account(actor=self.actor, person=self.get_object())
        return Response(self._shown(person))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="reset-factors")
    def reset_factors(self, request: Request, pk: str) -> Response:
        """Take the second factor away, as after a lost telephone; every session ends."""
        services.reset_factors(actor=self.actor, person=self.get_object())
        return Response(status=204)

    @extend_schema(request=RecoveryIn, responses={201: MotionDetailOut})
    @action(detail=True, methods=["post"], url_path="propose-recovery")
    def propose_recovery(self, request: Request, pk: str) -> Response:
        """Ask a second person to let somebody back in who has more rights."""
        given = read(RecoveryIn, request)
        motion = services.propose_recovery(
            actor=self.actor,
            person=self.get_object(),
            kind=Motion.Kind(given["kind"]),
            address=given["address"],
        )
        return Response(shown_motion(self.actor, motion), status=201)

    @extend_schema(request=None, responses=shapes.AccountDetailOut)
    @action(detail=True, methods=["post"], url_path="refuse-factor-loss")
    def refuse_factor_loss(self, request: Request, pk: str) -> Response:
        """Leave the factors of somebody who reported them lost as they are."""
        person = self.get_object()
        services.refuse_factor_loss(actor=self.actor, person=person)
        return Response(self._shown(person))

    @extend_schema(responses=RightOut(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def rights(self, request: Request, pk: str) -> Response:
        """What the person may do, and why."""
        return Response(shown_rights(selectors.rights_of(self.actor, self.get_object())))

    def exported(self, rows: QuerySet[Person], query: dict[str, str]) -> IO[bytes]:
        return services.export_people(actor=self.actor, people=rows, query=query)

    @extend_schema(responses=OwnSessionOut(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def sessions(self, request: Request, pk: str) -> Response:
        """The browsers that the person is signed in with."""
        person = self.get_object()
        services.view_sessions(actor=self.actor, person=person)
        found = selectors.sessions_visible_to(self.actor, person)
        context = {"current": self._own_key(person)}
        return Response(OwnSessionOut(found, many=True, context=context).data)

    @extend_schema(
        operation_id="accounts_people_sessions_destroy_all", request=None, responses={204: None}
    )
    @sessions.mapping.delete
    def end_sessions(self, request: Request, pk: str) -> Response:
        """Sign every browser of the person out; of one's own account, every other one."""
        person = self.get_object()
        services.sign_out_person(actor=self.actor, person=person, kept=self._own_key(person))
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"sessions/(?P<session_id>[0-9a-f]+)")
    def session(self, request: Request, pk: str, session_id: str) -> Response:
        """Sign one browser of the person out."""
        services.sign_out_person(actor=self.actor, person=self.get_object(), session_id=session_id)
        return Response(status=204)

    def _own_key(self, person: Person) -> str | None:
        """The session of this very request, where the person is the one who asks."""
        key: str | None = self.request.session.session_key
        return key if person == self.person else None

    def _shown(self, person: Person) -> Any:
        shown = self.get_queryset().get(pk=person.pk)
        selectors.with_homes(self.actor, [shown])
        shown.factors = selectors.factors_of(shown)
        facts = selectors.factor_facts_of(shown)
        shown.newest_factor_at = facts.newest_factor_at
        shown.lost_factor_at = facts.lost_factor_at
        shown.trouble = selectors.letter_trouble(shown)
        shown.can = selectors.deeds_to(self.actor, shown)
        return shapes.AccountDetailOut(shown).data


class BulkInvitationView(Caller):
    """Heads and accountants of many units, invited from one workbook."""

    @extend_schema(request=shapes.BulkInvitationIn, responses=shapes.InvitationReportOut)
    def post(self, request: Request) -> Response:
        given = read(shapes.BulkInvitationIn, request)
        report = services.invite_people(
            actor=self.actor, file_id=given["file"], is_dry_run=given["is_dry_run"]
        )
        return Response(shapes.InvitationReportOut(report).data)


class BulkTemplateView(Caller):
    """The empty workbook to fill in."""

    @as_xlsx
    def get(self, request: Request) -> HttpResponseBase:
        return attached(services.invitation_template(), "Zaproszenia.xlsx")
