from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.selectors import active_people
from api.files import REDIRECT, ZIP, attached, file_of
from api.pagination import Pages
from api.reading import checked, read
from api.versions import shown_in
from api.viewsets import ActorMixin, ExportedViewSet, ModuleViewSet
from files import services as files
from modules.messaging import selectors, services
from modules.messaging.api import answering, filters, merging
from modules.messaging.api import serializers as shapes
from modules.messaging.api.audience import AudienceIn, MessagePersonOut, RecipientCountsOut
from modules.messaging.models import Answer, Audience, Delivery, Message
from modules.messaging.services import acceptance
from opium.errors import NotFound

if TYPE_CHECKING:
    from rest_framework.serializers import BaseSerializer

    from accounts.models import Person


class Caller(ActorMixin):
    """Whoever is signed in is a person, not only an actor: they have an inbox."""

    @property
    def person(self) -> "Person":
        return cast("Person", self.request.user)

    @property
    def asked_id(self) -> UUID:
        """Which row the address names. What looks like an id and is none: `NotFound`."""
        try:
            return UUID(self.kwargs["pk"])
        except ValueError as wrong:
            raise NotFound from wrong


class MessageViewSet(Caller, ListModelMixin, RetrieveModelMixin, ModuleViewSet[Message]):
    """Messages that the person wrote, or may view; drafts are their author's alone."""

    queryset = Message.objects.none()
    versioned = shown_in(shapes.MessageOut)
    filterset_class = filters.MessageFilters
    ordering_fields = {
        "updated_at": "updated_at",
        "sent_at": "sent_at",
        "due_at": "due_at",
        "subject": "sort_key",
    }

    def get_queryset(self) -> QuerySet[Message]:
        visible = selectors.messages_visible_to(self.actor)
        if self.action == "list":
            return selectors.with_counts(visible)
        is_whole = self.action in {"retrieve", "partial_update"}
        return selectors.with_content(visible) if is_whole else visible

    def get_serializer_class(self) -> "type[BaseSerializer[Message]]":
        return shapes.MessageSummaryOut if self.action == "list" else shapes.MessageOut

    @extend_schema(request=shapes.MessageIn, responses={201: shapes.MessageOut})
    def create(self, request: Request) -> Response:
        content = checked(shapes.MessageIn, request).content
        message = services.write_draft(actor=self.person, content=content)
        return Response(self._shown(message), status=201)

    @extend_schema(request=shapes.MessageIn, responses=shapes.MessageOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        content = checked(shapes.MessageIn, request, partial=True).content
        message = services.change_draft(
            actor=self.actor, message=self.get_object(), content=content
        )
        return Response(self._shown(message))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.discard_draft(actor=self.actor, message=self.get_object())
        return Response(status=204)

    @extend_schema(request=None, responses=shapes.MessageOut)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        message = services.send_message(actor=self.person, message=self.get_object())
        return Response(self._shown(message))

    @extend_schema(request=None, responses=shapes.MessageOut)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Make a message that has not left yet the draft that it was."""
        message = services.undo_sending(actor=self.actor, message=self.get_object())
        return Response(self._shown(message))

    @extend_schema(request=None, responses=shapes.RemindedOut)
    @action(detail=True, methods=["post"])
    def reminders(self, request: Request, pk: str) -> Response:
        reminded = services.remind_silent(actor=self.person, message=self.get_object())
        return Response({"reminded": reminded})

    @extend_schema(responses=merging.MergeProposalOut)
    @action(detail=True, url_path="merge-proposal")
    def merge_proposal(self, request: Request, pk: str) -> Response:
        """Which mode fits the template that was sent out, as far as it has been looked at."""
        proposal = selectors.merge_proposal(self.actor, self.get_object())
        return Response(merging.MergeProposalOut(proposal).data)

    @extend_schema(request=None, responses={202: merging.MergeProposalOut})
    @merge_proposal.mapping.post
    def look_at_template(self, request: Request, pk: str) -> Response:
        """Have the template looked at in the background."""
        proposal = services.look_at_template(actor=self.actor, message=self.get_object())
        return Response(merging.MergeProposalOut(proposal).data, status=202)

    @extend_schema(responses=merging.MergeOut(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def merges(self, request: Request, pk: str) -> Response:
        """Every merge of the message, the newest first."""
        merges = selectors.merges_visible_to(self.actor).filter(message=self.get_object())
        return Response([merging.MergeOut(one).data for one in merges])

    @extend_schema(request=merging.MergeIn, responses={202: merging.MergeOut})
    @merges.mapping.post
    def merge(self, request: Request, pk: str) -> Response:
        given = read(merging.MergeIn, request)
        merge = services.start_merge(actor=self.person, message=self.get_object(), **given)
        return Response(merging.MergeOut(merge).data, status=202)

    def _shown(self, message: Message) -> dict[str, object]:
        visible = selectors.with_content(selectors.messages_visible_to(self.actor))
        shown = shapes.MessageOut(visible.get(pk=message.pk), context={"request": self.request})
        return dict(shown.data)


class AudienceView(Caller):
    @extend_schema(request=AudienceIn, responses=RecipientCountsOut)
    def post(self, request: Request) -> Response:
        """How many units and people the audience means now."""
        given = read(AudienceIn, request)
        counts = selectors.recipient_counts(self.actor, **given)
        rule = acceptance.rule_for(self.person, Audience(**given))
        settled = {
            "acceptance": rule.chain if rule else "none",
            "undo_seconds": 0 if rule else selectors.sending_rules().undo_seconds,
        }
        return Response(counts | settled)


class StatusViewSet(Caller, ExportedViewSet[Delivery]):
    """The sender's page: one row for each recipient of the message."""

    queryset = Delivery.objects.none()
    filterset_class = filters.DeliveryFilters
    ordering_fields = ("name_key", "delivered_at", "first_opened_at", "answered_at", "openings")

    def get_queryset(self) -> QuerySet[Delivery]:
        return selectors.deliveries_of(self.actor, self._message)

    @extend_schema(responses=shapes.DeliveryOut(many=True))
    def list(self, request: Request, message_id: UUID) -> Response:
        pages = Pages()
        found: Any = selectors.status_rows_of(self.actor, self._message)
        rows: Any = self.filter_queryset(found)
        shown: Any = pages.paginate_queryset(rows, request, view=self) or ()
        return pages.get_paginated_response([shapes.delivery_out(row) for row in shown])

    @cached_property
    def _message(self) -> Message:
        return selectors.message_visible_to(self.actor, self.kwargs["message_id"])

    def exported(self, rows: QuerySet[Delivery], query: dict[str, str]) -> IO[bytes]:
        return services.export_status(
            actor=self.actor, message=self._message, deliveries=rows, query=query
        )

    def name_of_export(self) -> str:
        return _named(self._message, "xlsx")


class ArchiveView(Caller):
    limited = {"get": "export"}

    @extend_schema(responses=file_of(ZIP))
    def get(self, request: Request, message_id: UUID) -> HttpResponseBase:
        """Every file of the newest answers in one ZIP, with an index of all recipients."""
        visible = selectors.messages_visible_to(self.actor)
        message = get_object_or_404(visible, pk=message_id)
        chunks = services.archive_answers(actor=self.actor, message=message)
        return attached(chunks, _named(message, "zip"), ZIP)


class DeliveryViewSet(Caller, RetrieveModelMixin, ModuleViewSet[Delivery]):
    """One delivery with its whole story, for the sender."""

    queryset = Delivery.objects.none()
    serializer_class = shapes.DeliveryStoryOut
    filter_backends = ()

    def get_object(self) -> Delivery:
        return selectors.delivery_of_sender(self.actor, self.asked_id)

    @extend_schema(request=answering.EnteredAnswerIn, responses={201: shapes.AnswerOut})
    @action(detail=True, methods=["post"])
    def answers(self, request: Request, pk: str) -> Response:
        """Enter for the unit what it answered on paper, by e-mail or by telephone."""
        asked = read(answering.EnteredAnswerIn, request)
        ground = services.Ground(
            kind=Answer.Ground(asked.pop("ground")),
            on=asked.pop("ground_on"),
            words=asked.pop("ground_words"),
            scan=asked.pop("scan"),
        )
        answer = services.enter_answer(
            actor=self.person,
            delivery=self.get_object(),
            content=services.AnswerContent(**asked),
            ground=ground,
        )
        return Response(shapes.AnswerOut(answer).data, status=201)


class InboxViewSet(Caller, ListModelMixin, RetrieveModelMixin, ModuleViewSet[Delivery]):
    """What the person, or a unit of theirs, has received."""

    queryset = Delivery.objects.none()
    filterset_class = filters.InboxFilters
    ordering_fields = ("sent_at", "due_at", "answered_at")

    def get_queryset(self) -> QuerySet[Delivery]:
        return selectors.inbox_of(self.person)

    def get_object(self) -> Delivery:
        return selectors.inbox_message_of(self.person, self.asked_id)

    def get_serializer_class(self) -> "type[BaseSerializer[Delivery]]":
        return shapes.InboxItemOut if self.action == "list" else shapes.InboxMessageOut

    @extend_schema(request=None, responses=shapes.InboxMessageOut)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Write down that the person has opened it."""
        services.open_delivery(actor=self.person, delivery=self.get_object())
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=shapes.AnswerOut(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def answers(self, request: Request, pk: str) -> Response:
        """Every version, the newest first."""
        answers = self.get_object().answers.all()
        return Response([shapes.AnswerOut(one).data for one in answers])

    @extend_schema(request=answering.AnswerIn, responses={201: shapes.AnswerOut})
    @answers.mapping.post
    def answer(self, request: Request, pk: str) -> Response:
        given = read(answering.AnswerIn, request)
        answer = services.answer_delivery(
            actor=self.person,
            delivery=self.get_object(),
            content=services.AnswerContent(**given),
        )
        return Response(shapes.AnswerOut(answer).data, status=201)

    @extend_schema(responses=MessagePersonOut(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def colleagues(self, request: Request, pk: str) -> Response:
        """Who of the unit may be given the message to answer."""
        found = selectors.colleagues_of(self.person, self.get_object())
        return Response([MessagePersonOut(one).data for one in found])

    @extend_schema(request=answering.HandingIn, responses=shapes.InboxMessageOut)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        """Give the message to a colleague of the unit, who answers it."""
        given = read(answering.HandingIn, request)
        services.hand_over_delivery(
            actor=self.person,
            delivery=self.get_object(),
            person=get_object_or_404(active_people(), pk=given["person"]),
        )
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=shapes.InboxMessageOut)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """Let the message be everybody's in the unit again."""
        services.take_back_delivery(actor=self.person, delivery=self.get_object())
        return Response(self.get_serializer(self.get_object()).data)


class AttachmentDownload(Caller):
    @extend_schema(responses=REDIRECT)
    def get(self, request: Request, pk: UUID) -> HttpResponseRedirect:
        file = services.download_attachment(actor=self.person, attachment_id=pk)
        return HttpResponseRedirect(files.download_url(file))


class AnswerFileDownload(Caller):
    @extend_schema(responses=REDIRECT)
    def get(self, request: Request, pk: UUID) -> HttpResponseRedirect:
        """Under the name that it has in the archive."""
        found = services.download_answer_file(actor=self.person, answer_file_id=pk)
        name = services.answer_file_name(found)
        return HttpResponseRedirect(files.download_url(found.file, name=name))


def _named(message: Message, extension: str) -> str:
    return files.archive_name(message.subject, "odpowiedzi", extension=extension)
