"""A recommendation on its way: approved, decided, published; and the documents of it."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import REDIRECT, XLSX, attached, file_of
from api.reading import asked, read
from api.viewsets import ActorMixin, ModuleViewSet
from files import services as files
from modules.applications import selectors, services
from modules.applications.api.decision_shapes import (
    ApprovalIn,
    AwardIn,
    CallPaperOut,
    DecideIn,
    PaperIn,
    PaperQuery,
    PaymentListOut,
    PaymentsIn,
    PaymentsQuery,
    PublishDecisionIn,
    RecommendationDetailsOut,
    RecommendationOut,
    SendBackIn,
    SendLettersIn,
    VoidIn,
)
from modules.applications.models import PaymentList, Recommendation
from procedures.selectors.templates import templates_visible_to
from ranking.payments import Payer


class RecommendationViewSet(ModuleViewSet[Recommendation]):
    queryset = Recommendation.objects.none()

    def get_queryset(self) -> QuerySet[Recommendation]:
        return selectors.own_recommendations(self.actor)

    @extend_schema(responses=RecommendationDetailsOut)
    def retrieve(self, request: Request, pk: str) -> Response:
        """For whoever divides the call's money, and for those who approve it."""
        return Response(self._shown())

    @extend_schema(request=ApprovalIn, responses=RecommendationDetailsOut)
    @action(detail=True, methods=["post"])
    def approval(self, request: Request, pk: str) -> Response:
        """Approve it in one's function, or give it back with a reason."""
        services.approve_recommendation(
            actor=self.actor,
            recommendation=self.get_object(),
            **read(ApprovalIn, request),
        )
        return Response(self._shown())

    @extend_schema(request=DecideIn, responses=RecommendationDetailsOut)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Prepare the decision, as recommended or changed; nobody hears before it is published."""
        given = read(DecideIn, request)
        given["changes"] = [services.Change(**one) for one in given["changes"]]
        services.decide_recommendation(actor=self.actor, recommendation=self.get_object(), **given)
        return Response(self._shown())

    @extend_schema(
        request=PublishDecisionIn,
        responses=RecommendationDetailsOut,
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Publish the prepared decision, now or at a later moment, for everybody at once."""
        services.publish_decision(
            actor=self.actor,
            recommendation=self.get_object(),
            **read(PublishDecisionIn, request),
        )
        return Response(self._shown())

    @extend_schema(request=AwardIn, responses=RecommendationOut)
    @action(detail=True, methods=["post"])
    def award(self, request: Request, pk: str) -> Response:
        """Decide as recommended and publish that at once."""
        awarded = services.award_recommendation(
            actor=self.actor,
            recommendation=self.get_object(),
            **read(AwardIn, request),
        )
        [line] = selectors.recommendation_lines(self.actor, [awarded])
        return Response(RecommendationOut(line).data)

    @extend_schema(request=SendBackIn, responses=RecommendationOut)
    @action(detail=True, methods=["post"])
    def send_back(self, request: Request, pk: str) -> Response:
        """Take it back down: the pots have their money again."""
        sent = services.send_back_recommendation(
            actor=self.actor,
            recommendation=self.get_object(),
            **read(SendBackIn, request),
        )
        [line] = selectors.recommendation_lines(self.actor, [sent])
        return Response(RecommendationOut(line).data)

    @extend_schema(request=PaperIn, responses={202: CallPaperOut})
    @action(detail=True, methods=["post"])
    def papers(self, request: Request, pk: str) -> Response:
        """Have a document drawn up in the background, from what stands now."""
        given = read(PaperIn, request)
        paper = services.ask_paper(
            actor=self.actor,
            recommendation=self.get_object(),
            kind=given["kind"],
            naming=services.Naming(given["how"], tuple(given["questions"])),
        )
        return Response(CallPaperOut(paper).data, status=202)

    @extend_schema(request=SendLettersIn, responses={202: RecommendationDetailsOut})
    @action(detail=True, methods=["post"])
    def letters(self, request: Request, pk: str) -> Response:
        """Issue a letter in each case that the decision has reached and that has none yet."""
        given = read(SendLettersIn, request)
        services.send_letters(
            actor=self.actor,
            recommendation=self.get_object(),
            granted=self._template(given["granted"]),
            refused=self._template(given["refused"]),
        )
        return Response(self._shown(), status=202)

    @extend_schema(request=PaymentsIn, responses={201: RecommendationDetailsOut})
    @action(detail=True, methods=["post"])
    def payments(self, request: Request, pk: str) -> Response:
        """Put what no list has paid yet on one, every account checked; all or nothing."""
        given = read(PaymentsIn, request)
        services.pay_awards(
            actor=self.actor,
            recommendation=self.get_object(),
            where=services.Where(given["account"], given["name"], given["address"]),
            title=given["title"],
            payer=Payer(given["payer_name"], given["payer_address"], given["payer_account"]),
            paid_on=given["paid_on"],
        )
        return Response(self._shown(), status=201)

    def _template(self, pk: UUID | None) -> Any:
        return None if pk is None else get_object_or_404(templates_visible_to(self.actor), pk=pk)

    def _shown(self) -> Any:
        found = selectors.recommendation_shown(self.actor, self.get_object())
        return RecommendationDetailsOut(found).data


class PaperDownloadView(ActorMixin):
    @extend_schema(parameters=[PaperQuery], responses=REDIRECT)
    def get(self, request: Request, paper_id: UUID) -> HttpResponseRedirect:
        """The document as a file of that kind."""
        ending = asked(PaperQuery, request)["ending"]
        paper = get_object_or_404(selectors.papers_visible_to(self.actor), pk=paper_id)
        file = services.download_paper(actor=self.actor, paper=paper, ending=ending)
        return HttpResponseRedirect(files.download_url(file, name=file.name))


class PaymentListViewSet(ModuleViewSet[PaymentList]):
    """One payment list: as a file, and withdrawn where the bank did not carry it out."""

    limited: ClassVar = {"download": "export"}
    queryset = PaymentList.objects.none()

    def get_queryset(self) -> QuerySet[PaymentList]:
        return selectors.payment_lists_visible_to(self.actor)

    @extend_schema(parameters=[PaymentsQuery], responses=file_of(XLSX))
    @action(detail=True)
    def download(self, request: Request, pk: str) -> HttpResponseBase:
        """The list as an xlsx, or as Elixir-0 for the bank."""
        found, form = self.get_object(), asked(PaymentsQuery, request)["form"]
        content = services.download_payments(actor=self.actor, payment_list=found, form=form)
        ending, kind = ("xlsx", XLSX) if form == "xlsx" else ("txt", "text/plain")
        return attached([content], files.archive_name(str(found), extension=ending), kind)

    @extend_schema(request=VoidIn, responses=PaymentListOut)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str) -> Response:
        """Withdraw it; its awards can be paid by another list."""
        services.void_payments(
            actor=self.actor, payment_list=self.get_object(), **read(VoidIn, request)
        )
        return Response(PaymentListOut(self.get_object()).data)


class AwardRetryView(ActorMixin):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, award_id: UUID) -> Response:
        """Let the case of an award that is stuck try once more."""
        award = get_object_or_404(selectors.awards_visible_to(self.actor), pk=award_id)
        services.retry_award(actor=self.actor, award=award)
        return Response(status=204)
