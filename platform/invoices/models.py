from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from opium.models import Record

PERSON = settings.AUTH_USER_MODEL


class Money(models.DecimalField[Any, Any]):
    """An amount in złote, to the grosz: `numeric(14,2)`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_digits": 14, "decimal_places": 2} | kwargs))


class State(models.TextChoices):
    WAITING = "waiting", "czeka na urząd"
    ACCEPTED = "accepted", "przyjęta"
    RETURNED = "returned", "zwrócona"
    WITHDRAWN = "withdrawn", "wycofana"


class Source(models.TextChoices):
    HAND = "hand", "wpisana ręcznie"
    FA3 = "fa3", "odczytana z pliku KSeF"


class Kind(models.TextChoices):
    """As FA(3) names them (`RodzajFaktury`)."""

    VAT = "VAT", "faktura"
    KOR = "KOR", "korekta faktury"
    ZAL = "ZAL", "faktura zaliczkowa"
    ROZ = "ROZ", "faktura rozliczeniowa"
    UPR = "UPR", "faktura uproszczona"
    KOR_ZAL = "KOR_ZAL", "korekta faktury zaliczkowej"
    KOR_ROZ = "KOR_ROZ", "korekta faktury rozliczeniowej"


CORRECTIONS = frozenset({Kind.KOR, Kind.KOR_ZAL, Kind.KOR_ROZ})
COUNTED = (State.WAITING, State.ACCEPTED)
"""What stands for money that was spent; the others are history."""


class Invoice(Record):
    """One invoice in the settlement of one matter. What it says never changes, only its state."""

    owner_kind = models.CharField(max_length=60)
    """Whose money it was paid with: `registry` knows the kinds."""
    owner_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    seller_nip = models.CharField("NIP sprzedawcy", max_length=10)
    seller_name = models.CharField("sprzedawca", max_length=512)
    kind = models.CharField("rodzaj", max_length=10, choices=Kind, default=Kind.VAT)
    number = models.CharField("numer", max_length=256)
    number_key = models.CharField(max_length=256, editable=False)
    """The number as it is compared: capitals, no blanks."""
    issued_on = models.DateField("data wystawienia")
    gross = Money("kwota brutto")
    """Of a correction the difference that it makes."""
    buyer_nip = models.CharField("NIP nabywcy", max_length=10)
    doubt = models.CharField(max_length=300, blank=True, default="")
    """What the office should look at: whom the invoice was made out to."""
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField("powód zwrotu", blank=True, default="")
    entered_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    invoiced = Money(default=0, editable=False)
    """What the ledger says of it and its corrections; of one that corrects nothing."""
    settled = Money(default=0, editable=False)
    booked_times = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "faktura"
        verbose_name_plural = "faktury"
        constraints = [
            models.UniqueConstraint(
                fields=["seller_nip", "kind", "number_key"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="one_invoice_per_seller_kind_and_number",
            ),
            models.CheckConstraint(
                name="invoice_returned_has_a_reason", condition=~Q(state="returned") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="correction_names_what_it_corrects",
                condition=Q(kind__startswith="KOR", corrects__isnull=False)
                | (~Q(kind__startswith="KOR") & Q(corrects=None)),
            ),
        ]
        indexes = [models.Index(name="invoice_by_owner", fields=["owner_kind", "owner_id"])]

    def __str__(self) -> str:
        return self.number


class InvoiceShare(Record):
    """What of an invoice is accounted for in one line of the matter's budget."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="shares")
    line = models.CharField(max_length=100)
    """The key of the line: of a row of the applicant's table."""
    line_name = models.CharField(max_length=500)
    amount = Money()

    class Meta:
        verbose_name = "kwota faktury w pozycji"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "line"], name="one_share_per_line")
        ]

    def __str__(self) -> str:
        return f"{self.line_name}: {self.amount}"
