"""Accepting messages, signed in or by the link in the letter, and the rules of it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.selectors import active_people
from api.drawing import Drawn, DrawnModel
from api.files import REDIRECT
from api.reading import read
from api.viewsets import ActorMixin, ModuleViewSet
from files import services as files
from modules.messaging import selectors, services
from modules.messaging.api.audience import MessagePersonOut
from modules.messaging.api.serializers import AnswerRequestOut, AttachmentOut
from modules.messaging.models import AcceptanceRule
from modules.messaging.selectors.accepting import Accepting, ChainShown, chains_shown
from modules.messaging.services import acceptance
from units.selectors import section_named


class AcceptanceStepOut(Drawn[None]):
    at = serializers.DateTimeField()
    who = serializers.CharField(source="actor_name")
    in_place_of = serializers.CharField(source="in_place_of_name")
    deed = serializers.CharField(source="label")
    reason = serializers.CharField()


class AcceptedMessageOut(Drawn[None]):
    """Exactly what goes out once it is accepted."""

    id = serializers.UUIDField()
    subject = serializers.CharField()
    body = serializers.CharField()
    author = MessagePersonOut()
    attachments = AttachmentOut(many=True)
    answer_request = AnswerRequestOut(allow_null=True, default=None)


class AcceptanceOut(Drawn[Any]):
    case = serializers.UUIDField(source="case.pk")
    version = serializers.IntegerField(source="case.version")
    asked_at = serializers.DateTimeField(source="case.opened_at")
    state = serializers.ChoiceField(choices=["waiting", "accepted", "returned"])
    message = AcceptedMessageOut()
    units = serializers.ListField(child=serializers.CharField())
    people = serializers.ListField(child=serializers.CharField())
    unit_count = serializers.IntegerField()
    person_count = serializers.IntegerField()
    steps = AcceptanceStepOut(many=True)
    can = serializers.ListField(child=serializers.ChoiceField(choices=["accept", "return"]))
    sends = serializers.BooleanField(help_text="Czy wiadomość wyjdzie od razu po akceptacji")
    blocked = serializers.CharField()
    trouble = serializers.CharField(source="case.trouble")


class LinkedFileOut(Drawn[None]):
    name = serializers.CharField()
    size = serializers.IntegerField()
    url = serializers.CharField(help_text="Adres na kilka minut; nowy przy każdym odczycie")


class LinkedAcceptanceOut(Drawn[Any]):
    person = serializers.CharField(help_text="Do kogo wysłano odnośnik")
    expires_at = serializers.DateTimeField()
    acceptance = AcceptanceOut()
    files = LinkedFileOut(many=True)


class VerdictIn(serializers.Serializer[None]):
    verdict = serializers.ChoiceField(choices=["accept", "return"])
    reason = serializers.CharField(max_length=4_000, allow_blank=True, default="")


class AcceptanceLinkIn(serializers.Serializer[None]):
    """The secret comes in the body, so that no log of addresses keeps it."""

    token = serializers.CharField(max_length=100)


class LinkedVerdictIn(AcceptanceLinkIn, VerdictIn):
    pass


class SignedVerdictIn(VerdictIn):
    version = serializers.IntegerField(required=False)


class AcceptanceView(ActorMixin):
    @extend_schema(responses=AcceptanceOut)
    def get(self, request: Request, message_id: UUID) -> Response:
        """The message as it will leave, and whom it goes to, for whoever has a part in it."""
        return Response(AcceptanceOut(self._found(message_id)).data)

    @extend_schema(request=SignedVerdictIn, responses=AcceptanceOut)
    def post(self, request: Request, message_id: UUID) -> Response:
        case = self._found(message_id).case
        acceptance.decide(actor=self.actor, case=case, **read(SignedVerdictIn, request))
        return Response(AcceptanceOut(self._found(message_id)).data)

    def _found(self, message_id: UUID) -> selectors.Acceptance:
        return selectors.acceptance_of(self.actor, message_id)


class AcceptanceHistoryView(ActorMixin):
    @extend_schema(responses=AcceptanceOut(many=True))
    def get(self, request: Request, message_id: UUID) -> Response:
        """Every time that acceptance was asked for, the newest first, with what came of it."""
        shown = selectors.acceptances_of(self.actor, message_id)
        return Response(AcceptanceOut(shown, many=True).data)


class AcceptanceAttachmentView(ActorMixin):
    @extend_schema(responses=REDIRECT)
    def get(self, request: Request, message_id: UUID, pk: UUID) -> HttpResponseRedirect:
        file = services.download_pending_attachment(
            actor=self.actor, message_id=message_id, attachment_id=pk
        )
        return HttpResponseRedirect(files.download_url(file, name=file.name))


class LinkedView(ActorMixin):
    """The link in the letter stands for the person to whom it was sent, for this one thing."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class LinkLook(LinkedView):
    @extend_schema(auth=[], request=AcceptanceLinkIn, responses=LinkedAcceptanceOut)
    def post(self, request: Request) -> Response:
        """Looking decides nothing, so that a scanner of mail can't."""
        return Response(_linked(read(AcceptanceLinkIn, request)["token"]))


class LinkDecision(LinkedView):
    @extend_schema(auth=[], request=LinkedVerdictIn, responses={204: None})
    def post(self, request: Request) -> Response:
        given = read(LinkedVerdictIn, request)
        secret = given.pop("token")
        acceptance.decide_by_link(secret=secret, **given)
        return Response(status=204)


def _linked(secret: str) -> Any:
    link, case = acceptance.opened_link(secret)
    shown = selectors.acceptance_in(link.person, case)
    attached = [one.file for one in shown.message.attachments.all()]
    told = {
        "person": link.person.display_name,
        "expires_at": link.expires_at,
        "acceptance": shown,
        "files": [
            {"name": file.name, "size": file.size, "url": files.download_url(file, name=file.name)}
            for file in attached
        ],
    }
    return LinkedAcceptanceOut(told).data


class RuleSectionOut(Drawn[None]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class AcceptanceRuleOut(DrawnModel[AcceptanceRule]):
    section = RuleSectionOut(allow_null=True)

    class Meta:
        model = AcceptanceRule
        fields = ("id", "section", "audience", "chain", "allows_links")


class AcceptingFunctionOut(Drawn[Accepting]):
    code = serializers.CharField()
    name = serializers.CharField()
    holders = serializers.ListField(child=serializers.CharField())
    is_played = serializers.BooleanField()


class AcceptanceChainOut(Drawn[ChainShown]):
    chain = serializers.ChoiceField(choices=AcceptanceRule.Chain.choices)
    functions = AcceptingFunctionOut(many=True)


class AcceptingHolderIn(serializers.Serializer[None]):
    function = serializers.CharField(max_length=60)
    person = serializers.UUIDField()


class AcceptanceRuleIn(serializers.Serializer[None]):
    section = serializers.UUIDField(allow_null=True)
    audience = serializers.ChoiceField(choices=AcceptanceRule.Audience.choices)
    chain = serializers.ChoiceField(choices=AcceptanceRule.Chain.choices)
    allows_links = serializers.BooleanField(default=True)
    holders = AcceptingHolderIn(
        many=True, required=False, default=list, help_text="Kto odtąd pełni funkcje tej zasady"
    )


class AcceptanceRuleViewSet(ListModelMixin, ModuleViewSet[AcceptanceRule]):
    """Whose messages, to whom, need whose acceptance."""

    queryset = AcceptanceRule.objects.none()
    serializer_class = AcceptanceRuleOut
    ordering_fields = ("audience",)

    def get_queryset(self) -> QuerySet[AcceptanceRule]:
        return selectors.rules_visible_to(self.actor)

    @extend_schema(request=AcceptanceRuleIn, responses={200: AcceptanceRuleOut})
    def create(self, request: Request) -> Response:
        """Set the rule; one that was there for the same section and audience is replaced."""
        given = read(AcceptanceRuleIn, request)
        section, holders = given.pop("section"), given.pop("holders")
        rule = services.set_rule(
            actor=self.actor,
            section=section_named(section) if section else None,
            holders={
                one["function"]: get_object_or_404(active_people(), pk=one["person"])
                for one in holders
            },
            **given,
        )
        return Response(AcceptanceRuleOut(rule).data)

    @extend_schema(responses=AcceptanceChainOut(many=True), filters=False)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def chains(self, request: Request) -> Response:
        """The functions that each chain asks, and who plays them."""
        return Response([AcceptanceChainOut(chain).data for chain in chains_shown(self.actor)])

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_rule(actor=self.actor, rule=self.get_object())
        return Response(status=204)
