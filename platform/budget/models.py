from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opium.models import Record, SortKeyField

PERSON = settings.AUTH_USER_MODEL
YEARS = Q(year__gte=2000, year__lte=2100)


class Money(models.DecimalField[Any, Any]):
    """An amount in złote, to the grosz: `numeric(14,2)`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_digits": 14, "decimal_places": 2} | kwargs))


class Classification(Record):
    """A position of the budget classification of one year: dział, rozdział, paragraf.

    The ministry changes it from year to year, so each year has rows of its own (rozp. MF
    2.03.2010); which of them the city uses is the city's.
    """

    year = models.PositiveSmallIntegerField("rok")
    division = models.CharField("dział", max_length=3)
    chapter = models.CharField("rozdział", max_length=5)
    paragraph = models.CharField("paragraf", max_length=4, blank=True, default="")
    name = models.CharField("nazwa", max_length=300)
    sort_key = SortKeyField(source="name")
    is_active = models.BooleanField("w użyciu", default=True)

    class Meta:
        verbose_name = "pozycja klasyfikacji"
        verbose_name_plural = "klasyfikacja budżetowa"
        ordering = ["-year", "chapter", "paragraph"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "chapter", "paragraph"], name="one_classification_per_symbol"
            ),
            models.CheckConstraint(
                name="chapter_belongs_to_its_division",
                condition=Q(chapter__startswith=F("division")),
            ),
            models.CheckConstraint(name="classification_is_of_a_year", condition=YEARS),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As budgets write it: `801-80101-4210`."""
        return "-".join(filter(None, (self.division, self.chapter, self.paragraph)))


class Pot(Record):
    """Money of one year for one purpose. Its amount is what was planned: the sum of its entries.

    Year, code and parent never change (migration 0002 refuses the first and the last).
    """

    year = models.PositiveSmallIntegerField("rok")
    code = models.CharField("kod", max_length=60)
    """How procedures name it: the same every year, so that next year's call finds its own pot."""
    name = models.CharField("nazwa", max_length=200)
    sort_key = SortKeyField(source="name")
    fund = models.CharField("źródło środków", max_length=200, blank=True, default="")
    """Where the money is from: `środki własne`, `rezerwa oświatowa`, a programme."""
    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, related_name="pots", null=True, blank=True
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    """The pot that this part was delegated from."""
    unit_id = models.UUIDField(null=True, blank=True)
    section_id = models.UUIDField(null=True, blank=True)
    function = models.CharField("funkcja", max_length=60, blank=True, default="")
    """Who disposes of it: a unit, a section, or a function's code; none: the department."""
    note = models.TextField("uwagi", blank=True, default="")

    class Meta:
        verbose_name = "pula"
        verbose_name_plural = "pule"
        ordering = ["-year", "sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="one_pot_per_code_and_year"),
            models.CheckConstraint(name="pot_is_of_a_year", condition=YEARS),
            models.CheckConstraint(
                name="pot_has_at_most_one_disposer",
                condition=Q(unit_id=None, section_id=None)
                | Q(unit_id=None, function="")
                | Q(section_id=None, function=""),
            ),
        ]
        indexes = [
            models.Index(name="pot_by_unit", fields=["unit_id"]),
            models.Index(name="pot_by_section", fields=["section_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class Balance(models.Model):
    """The guard of one pot: what the database compares each new entry with, under a row lock.

    Migration 0002 writes it with every entry and refuses anybody else. It is a guard and nothing
    more: what the screens show is summed from the entries.
    """

    pot = models.OneToOneField(
        Pot, on_delete=models.PROTECT, primary_key=True, related_name="balance"
    )
    planned = Money(default=0)
    delegated = Money(default=0)
    """What the parts of the pot were given."""
    taken = Money(default=0)
    """What subjects hold: reserved or granted, less what was released or returned."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pot_is_not_overdrawn",
                condition=Q(planned__gte=F("delegated") + F("taken")),
            ),
            models.CheckConstraint(
                name="balance_is_not_negative",
                condition=Q(planned__gte=0, delegated__gte=0, taken__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pot_id}: {self.planned} - {self.delegated} - {self.taken}"

    @property
    def left(self) -> Any:
        return self.planned - self.delegated - self.taken


class Entry(models.Model):
    """A row of the ledger; the database refuses to change or remove it (migration 0002).

    Amounts are positive, but for a plan that is lowered, an asked sum that is, and an entry that
    takes another back (`reverses`): the same with the opposite sign.
    """

    class Kind(models.TextChoices):
        PLANNED = "planned", "zaplanowano"
        ASKED = "asked", "wnioskowano"
        RESERVED = "reserved", "zarezerwowano"
        GRANTED = "granted", "przyznano"
        RELEASED = "released", "zwolniono"
        PAID = "paid", "wypłacono"
        INVOICED = "invoiced", "zafakturowano"
        SETTLED = "settled", "rozliczono"
        RETURNED = "returned", "zwrócono"

    class State(models.TextChoices):
        NONE = "", "–"
        RESERVED = "reserved", "z rezerwacji"
        GRANTED = "granted", "z przyznanych"

    id = models.BigAutoField(primary_key=True)
    """Counts up, so that the order of the ledger is the order of the deeds."""
    at = models.DateTimeField(auto_now_add=True)
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    releases = models.CharField(max_length=10, choices=State, blank=True, default=State.NONE)
    """What money it was before it was released."""
    amount = Money("kwota")
    owner_kind = models.CharField(max_length=60)
    """Whose it is: `budget.registry` knows the kinds."""
    owner_id = models.UUIDField()
    unit_id = models.UUIDField(null=True, blank=True)
    """The unit that gets or spends it, for statistics by kind of unit."""
    key = models.CharField(max_length=100)
    """Names the deed among those of its subject: a retry finds it and books nothing."""
    number = models.PositiveSmallIntegerField()
    """The row's place in its deed, from 0."""
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="reversed_by", null=True, blank=True
    )
    reason = models.TextField("powód", blank=True, default="")
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    made_by_name = models.CharField(max_length=201)

    class Meta:
        verbose_name = "zapis"
        verbose_name_plural = "zapisy w puli"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "key", "number"], name="one_booking_per_key"
            ),
            models.CheckConstraint(
                name="entry_has_the_sign_of_its_kind",
                condition=Q(amount__gt=0)
                | (
                    Q(amount__lt=0) & (Q(kind__in=["planned", "asked"]) | Q(reverses__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="released_says_what_it_was",
                condition=Q(kind="released", releases__in=["reserved", "granted"])
                | (~Q(kind="released") & Q(releases="")),
            ),
            models.CheckConstraint(
                name="plan_is_of_its_pot",
                condition=Q(kind="planned", owner_kind="budget.pot", owner_id=F("pot"))
                | (~Q(kind="planned") & ~Q(owner_kind="budget.pot")),
            ),
        ]
        indexes = [
            models.Index(name="entry_by_pot_and_kind", fields=["pot", "kind", "releases"]),
            models.Index(name="entry_by_owner", fields=["owner_kind", "owner_id"]),
            models.Index(name="entry_by_unit_of_money", fields=["unit_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


OF_POT = "budget.pot"
"""The kind of owner of planned entries: the pot itself."""
