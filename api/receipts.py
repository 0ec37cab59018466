"""How a receipt goes over the wire."""

from rest_framework import serializers

from api.shapes import Shape
from opium.receipts import Fact, Receipt


class ReceiptFactOut(Shape[Fact]):
    label = serializers.CharField()
    value = serializers.CharField()


class ReceiptOut(Shape[Receipt]):
    """What was done, when by the server, who sees it now, what follows; to be kept."""

    title = serializers.CharField()
    at = serializers.DateTimeField()
    number = serializers.CharField()
    by = serializers.CharField()
    facts = ReceiptFactOut(many=True)
    seen_by = serializers.ListField(child=serializers.CharField())
    follows = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()
