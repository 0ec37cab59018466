from django.db import models

from opium.counters import Counter
from opium.models import Record, SortKeyField


class CaseClass(Record):
    """A class of the city's file plan, for one organisational unit: where case signs come from.

    A sign is `unit.class.number.year` (`WES.4424.12.2026`; domain.md 8.6). What a symbol means is
    the city's own.
    """

    unit_symbol = models.CharField("symbol komórki", max_length=20)
    symbol = models.CharField("symbol klasy", max_length=20)
    name = models.CharField("hasło klasyfikacyjne", max_length=300)
    sort_key = SortKeyField(source="name")
    archive_category = models.CharField(
        "kategoria archiwalna", max_length=10, blank=True, default=""
    )
    is_active = models.BooleanField("w użyciu", default=True)

    class Meta:
        verbose_name = "klasa wykazu akt"
        verbose_name_plural = "klasy wykazu akt"
        ordering = ["unit_symbol", "symbol"]
        constraints = [
            models.UniqueConstraint(fields=["unit_symbol", "symbol"], name="one_class_per_symbol")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How procedures name it: `WES.4424`."""
        return f"{self.unit_symbol}.{self.symbol}"


class ClassYear(Counter):
    """The numbers of cases in a class in a year."""

    case_class = models.ForeignKey(CaseClass, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_class", "year"], name="one_row_per_class_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_class} ({self.year}): {self.last_number}"


class CaseSign(Record):
    """A number in the year's list of a class, given to a case for good."""

    case = models.OneToOneField("procedures.Case", on_delete=models.PROTECT, related_name="signed")
    case_class = models.ForeignKey(CaseClass, on_delete=models.PROTECT, related_name="signs")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "znak sprawy"
        constraints = [
            models.UniqueConstraint(
                fields=["case_class", "year", "number"], name="one_case_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_class.code}.{self.number}.{self.year}"
