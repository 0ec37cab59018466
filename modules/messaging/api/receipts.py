from typing import TYPE_CHECKING, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.receipts import ReceiptOut
from api.viewsets import ActorMixin
from modules.messaging import selectors

if TYPE_CHECKING:
    from accounts.models import Person


class AnswerReceiptView(ActorMixin):
    @extend_schema(responses=ReceiptOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """That an answer was sent: what, when, who sees it."""
        person = cast("Person", self.request.user)
        return Response(ReceiptOut(selectors.receipt_of_answer(person, pk)).data)


class MessageReceiptView(ActorMixin):
    @extend_schema(responses=ReceiptOut)
    def get(self, request: Request, message_id: UUID) -> Response:
        """That a message was sent: what, when, to how many."""
        person = cast("Person", self.request.user)
        return Response(ReceiptOut(selectors.receipt_of_message(person, message_id)).data)
