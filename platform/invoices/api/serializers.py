from typing import Any

from rest_framework import serializers

from api.drawing import Drawn
from invoices.models import InvoiceShare, Kind, Source, State
from invoices.registry import Side
from invoices.selectors import InvoiceShown, LineShown, SettlementShown


def money(**fields: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **fields)


class InvoiceShareOut(Drawn[InvoiceShare]):
    line = serializers.CharField()
    name = serializers.CharField(source="line_name")
    amount = money()


class InvoiceFileOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()


class SettledInvoiceOut(Drawn[InvoiceShown]):
    """An invoice as it was entered, and what the office said of it."""

    id = serializers.UUIDField(source="invoice.pk")
    number = serializers.CharField(source="invoice.number")
    kind = serializers.ChoiceField(choices=Kind.choices, source="invoice.kind")
    seller_nip = serializers.CharField(source="invoice.seller_nip")
    seller_name = serializers.CharField(source="invoice.seller_name")
    buyer_nip = serializers.CharField(source="invoice.buyer_nip")
    issued_on = serializers.DateField(source="invoice.issued_on")
    gross = money(source="invoice.gross")
    doubt = serializers.CharField(
        source="invoice.doubt", help_text="What the office should look at; empty: nothing"
    )
    origin = serializers.ChoiceField(choices=Source.choices, source="invoice.source")
    state = serializers.ChoiceField(choices=State.choices, source="invoice.state")
    reason = serializers.CharField(source="invoice.reason")
    corrects = serializers.CharField(help_text="The number of what it corrects")
    entered_at = serializers.DateTimeField(source="invoice.created_at")
    decided_at = serializers.DateTimeField(source="invoice.decided_at", allow_null=True)
    file = InvoiceFileOut(source="invoice.file", allow_null=True)
    shares = InvoiceShareOut(source="invoice.in_order", many=True)
    can = serializers.ListField(child=serializers.CharField())


class BudgetLineOut(Drawn[LineShown]):
    """A line of the applicant's budget and what of it is accounted for."""

    key = serializers.CharField()
    name = serializers.CharField()
    planned = money()
    invoiced = money()
    settled = money()
    left = money()


class SettlementOut(Drawn[SettlementShown]):
    side = serializers.ChoiceField(choices=Side.choices)
    closed = serializers.CharField(help_text="Why nothing can be entered now; empty: it can")
    granted = money()
    invoiced = money()
    settled = money()
    returned = money()
    left = money(help_text="What is still to be settled or returned")
    lines = BudgetLineOut(many=True)
    invoices = SettledInvoiceOut(many=True)
    can = serializers.ListField(child=serializers.CharField())


class InvoiceShareIn(serializers.Serializer[Any]):
    line = serializers.CharField(max_length=100)
    amount = money()


class InvoiceIn(serializers.Serializer[Any]):
    """With a file that was read before, the file says all but the shares and what it corrects."""

    file = serializers.UUIDField(required=False, allow_null=True, default=None)
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)
    shares = serializers.ListField(child=InvoiceShareIn(), max_length=200)
    number = serializers.CharField(max_length=256, allow_blank=True, default="")
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.VAT)
    seller_nip = serializers.CharField(max_length=20, allow_blank=True, default="")
    seller_name = serializers.CharField(max_length=512, allow_blank=True, default="")
    buyer_nip = serializers.CharField(max_length=20, allow_blank=True, default="")
    issued_on = serializers.DateField(allow_null=True, default=None)
    gross = money(allow_null=True, default=None)


class ReturnInvoiceIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2_000)


class ReadInvoiceOut(Drawn[Any]):
    """What a file from KSeF says, before it is entered."""

    number = serializers.CharField()
    kind = serializers.CharField()
    issued_on = serializers.DateField()
    gross = money()
    seller_nip = serializers.CharField(source="seller.nip")
    seller_name = serializers.CharField(source="seller.name")
    buyer_nip = serializers.CharField(source="buyer.nip")
    buyer_name = serializers.CharField(source="buyer.name")
