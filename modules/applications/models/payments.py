"""What was handed to the bank of what was awarded: each award once."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from modules.applications.models.decisions import Award
from modules.applications.models.scenarios import PERSON, Recommendation
from opium.models import Record


class PaymentList(Record):
    """Transfers made at once for the awards of a decision that no list has paid yet."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="payment_lists"
    )
    number = models.PositiveIntegerField()
    paid_on = models.DateField("dzień wypłaty")
    payer_name = models.CharField(max_length=140)
    payer_address = models.CharField(max_length=140, blank=True, default="")
    payer_account = models.CharField(max_length=26)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.TextField("powód wycofania", blank=True, default="")

    class Meta:
        verbose_name = "lista wypłat"
        verbose_name_plural = "listy wypłat"
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "number"], name="one_payment_list_per_number"
            ),
            models.CheckConstraint(
                name="payment_list_voided_has_a_reason",
                condition=Q(voided_at=None) | ~Q(void_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Lista wypłat nr {self.number}"

    @property
    def kind_id(self) -> UUID:
        return self.recommendation.kind_id


class Payment(Record):
    """One transfer of a list; of a list that was withdrawn it pays nothing."""

    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="payments")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True, default="")
    account = models.CharField(max_length=26)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    title = models.CharField(max_length=300)
    is_void = models.BooleanField(default=False)

    class Meta:
        verbose_name = "wypłata"
        verbose_name_plural = "wypłaty"
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(is_void=False), name="one_payment_per_award"
            ),
            models.CheckConstraint(name="payment_is_of_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount}"
