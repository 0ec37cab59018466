from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.viewsets import ActorMixin
from modules.applications.api import committee_shapes
from modules.applications.selectors import committees
from modules.applications.services import allotting
from procedures.selectors import panels

if TYPE_CHECKING:
    from modules.applications.selectors.committees import Seen


class CommitteesView(ActorMixin):
    @extend_schema(responses=committee_shapes.CommitteeOut(many=True))
    def get(self, request: Request) -> Response:
        """Those that the person leads or keeps the papers of, and those of the calls they run."""
        return Response(
            committee_shapes.CommitteeOut(committees.committees_of(self.actor), many=True).data
        )


class _OfCommittee(ActorMixin):
    @cached_property
    def seen(self) -> "Seen":
        return committees.committee_seen(self.actor, self.kwargs["committee_id"])


class CommitteeView(_OfCommittee):
    @extend_schema(responses=committee_shapes.CommitteeDetailsOut)
    def get(self, request: Request, committee_id: UUID) -> Response:
        """Who sits in it from when until when, and how far each one is."""
        sittings = panels.sittings_of(self.actor, self.seen.panel)
        context = {"request": request, "sittings": sittings}
        return Response(committee_shapes.CommitteeDetailsOut(self.seen, context=context).data)


class CommitteeMattersView(_OfCommittee):
    @extend_schema(responses=committee_shapes.MatterOut(many=True))
    def get(self, request: Request, committee_id: UUID) -> Response:
        """The applications before it that the person sees, and what each member has to do."""
        panel = self.seen.panel
        found = panels.told_before(panel, panels.matters_before(self.actor, panel))
        return Response(committee_shapes.MatterOut(found, many=True).data)


class AllotmentsView(_OfCommittee):
    @extend_schema(request=committee_shapes.AllotmentIn, responses={204: None})
    def post(self, request: Request, committee_id: UUID) -> Response:
        """Let a member score an application too."""
        given = read(committee_shapes.AllotmentIn, request)
        allotting.allot_application(
            actor=self.actor,
            committee=self.seen.panel,
            case_id=given["case"],
            person_id=given["person"],
        )
        return Response(status=204)


class AllotmentEndsView(_OfCommittee):
    @extend_schema(request=committee_shapes.AllotmentEndIn, responses={204: None})
    def post(self, request: Request, committee_id: UUID) -> Response:
        """Take an application from a member who has not scored it."""
        given = read(committee_shapes.AllotmentEndIn, request)
        allotting.withdraw_allotment(
            actor=self.actor,
            committee=self.seen.panel,
            case_id=given["case"],
            person_id=given["person"],
            reason=given["reason"],
        )
        return Response(status=204)


class EveningView(_OfCommittee):
    @extend_schema(request=None, responses=committee_shapes.EvenedOut)
    def post(self, request: Request, committee_id: UUID) -> Response:
        """Move what nobody has begun to score from who has many to who has few."""
        moved = allotting.even_committee(actor=self.actor, committee=self.seen.panel)
        return Response(committee_shapes.EvenedOut({"moved": moved}).data)
