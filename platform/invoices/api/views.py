from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponseRedirect
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import REDIRECT
from api.reading import read
from api.viewsets import ActorMixin
from files import services as files
from invoices import selectors, services
from invoices.api import serializers as shapes

if TYPE_CHECKING:
    from invoices.models import Invoice


class Settlements(ActorMixin):
    def shown(self, kind: str, subject_id: UUID, status: int = 200) -> Response:
        found = selectors.settlement_of(self.actor, kind, subject_id)
        return Response(shapes.SettlementOut(found).data, status=status)

    def shown_with(self, invoice: "Invoice") -> Response:
        return self.shown(invoice.owner_kind, invoice.owner_id)

    def invoice(self, pk: UUID) -> "Invoice":
        return selectors.invoice_visible_to(self.actor, pk)[0]


class SettlementView(Settlements):
    """The invoices of one matter against its budget."""

    @extend_schema(responses=shapes.SettlementOut)
    def get(self, request: Request, kind: str, pk: UUID) -> Response:
        return self.shown(kind, pk)

    @extend_schema(request=shapes.InvoiceIn, responses={201: shapes.SettlementOut})
    def post(self, request: Request, kind: str, pk: UUID) -> Response:
        """Enter an invoice, typed off or read from a file."""
        given = read(shapes.InvoiceIn, request)
        file, corrects = given.pop("file"), given.pop("corrects")
        shares = {one["line"]: one["amount"] for one in given.pop("shares")}
        services.enter_invoice(
            actor=self.actor,
            kind=kind,
            subject_id=pk,
            shares=shares,
            content=services.InvoiceContent(**given),
            file_id=file,
            corrects_id=corrects,
        )
        return self.shown(kind, pk, status=201)


class ReadInvoiceView(Settlements):
    @extend_schema(responses=shapes.ReadInvoiceOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """What was read of an own upload."""
        return Response(shapes.ReadInvoiceOut(services.proposal_of(self.actor, pk)).data)


class AcceptView(Settlements):
    @extend_schema(request=None, responses=shapes.SettlementOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Settle what the invoice accounts for."""
        return self.shown_with(services.accept_invoice(actor=self.actor, invoice=self.invoice(pk)))


class ReturnView(Settlements):
    @extend_schema(request=shapes.ReturnInvoiceIn, responses=shapes.SettlementOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Give the invoice back with a reason; whoever entered it is told."""
        given = read(shapes.ReturnInvoiceIn, request)
        returned = services.return_invoice(actor=self.actor, invoice=self.invoice(pk), **given)
        return self.shown_with(returned)


class WithdrawView(Settlements):
    @extend_schema(request=None, responses=shapes.SettlementOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take an invoice back that the office has not decided on."""
        return self.shown_with(
            services.withdraw_invoice(actor=self.actor, invoice=self.invoice(pk))
        )


class InvoiceFileView(Settlements):
    @extend_schema(responses=REDIRECT)
    def get(self, request: Request, pk: UUID) -> HttpResponseRedirect:
        file = services.download_invoice(actor=self.actor, invoice_id=pk)
        return HttpResponseRedirect(files.download_url(file))
