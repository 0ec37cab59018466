"""What a sender does with a message that has left: recall, prolong, add recipients, begin anew."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.drawing import Drawn
from api.reading import read
from api.viewsets import ActorMixin
from modules.messaging import selectors, services
from modules.messaging.api.audience import MOST_RECIPIENTS, AudienceIn
from modules.messaging.api.serializers import RecipientOut, recipient_of
from modules.messaging.models import Delivery, Message

if TYPE_CHECKING:
    from accounts.models import Person
    from modules.messaging.services.drafting import Chosen


class ChosenDeliveriesIn(serializers.Serializer[None]):
    deliveries = serializers.ListField(
        child=serializers.UUIDField(),
        allow_null=True,
        default=None,
        min_length=1,
        max_length=MOST_RECIPIENTS,
        help_text="Których adresatów dotyczy; null: wszystkich",
    )


class ProlongingIn(ChosenDeliveriesIn):
    due_at = serializers.DateTimeField()


class NewRecipientsIn(AudienceIn):
    due_at = serializers.DateTimeField(
        allow_null=True, default=None, help_text="Ich własny termin; null: termin wiadomości"
    )


class KeptDeliveryOut(Drawn[Delivery]):
    """A recipient who keeps the message, with who opened it; null where it was only answered."""

    recipient = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField(source="first_opened_at", allow_null=True)
    opened_by = serializers.SerializerMethodField()

    @extend_schema_field(RecipientOut)
    def get_recipient(self, delivery: Delivery) -> dict[str, Any]:
        return recipient_of(delivery)

    def get_opened_by(self, delivery: Delivery) -> str | None:
        return delivery.first_opened_by.display_name if delivery.first_opened_by else None


class RecallOut(Drawn[services.Recall]):
    recalled = serializers.IntegerField()
    kept = KeptDeliveryOut(many=True)


class CountOut(Drawn[None]):
    count = serializers.IntegerField()


class BegunOut(Drawn[Message]):
    id = serializers.UUIDField()


class SentMessageView(ActorMixin):
    def _message(self, message_id: UUID) -> Message:
        return selectors.message_visible_to(self.actor, message_id)

    @property
    def person(self) -> "Person":
        return cast("Person", self.request.user)


class RecallView(SentMessageView):
    @extend_schema(request=ChosenDeliveriesIn, responses=RecallOut)
    def post(self, request: Request, message_id: UUID) -> Response:
        """Take the message back from those of the recipients who have not opened it."""
        recall = services.recall_message(
            actor=self.actor,
            message=self._message(message_id),
            **read(ChosenDeliveriesIn, request),
        )
        return Response(RecallOut(recall).data)


class ProlongingView(SentMessageView):
    @extend_schema(request=ProlongingIn, responses=CountOut)
    def post(self, request: Request, message_id: UUID) -> Response:
        """Give all recipients, or some, more time; they are told of it."""
        count = services.prolong_deadline(
            actor=self.actor, message=self._message(message_id), **read(ProlongingIn, request)
        )
        return Response({"count": count})


class RecipientsView(SentMessageView):
    @extend_schema(request=NewRecipientsIn, responses=CountOut)
    def post(self, request: Request, message_id: UUID) -> Response:
        """Address the message to more units and people; tells how many are new."""
        given = read(NewRecipientsIn, request)
        count = services.add_recipients(
            actor=self.person,
            message=self._message(message_id),
            due_at=given.pop("due_at"),
            audience=cast("Chosen", given),
        )
        return Response({"count": count})


class CopyView(SentMessageView):
    @extend_schema(request=None, responses={201: BegunOut})
    def post(self, request: Request, message_id: UUID) -> Response:
        """Begin the same message anew, as a draft without recipients and dates."""
        draft = services.copy_message(actor=self.person, message=self._message(message_id))
        return Response(BegunOut(draft).data, status=201)
