from django.conf import settings
from django.db import models
from django.db.models import Q

from opium.models import Record, SortKeyField

KEY = r"^[a-z][a-z0-9_]{0,59}$"


class Dictionary(Record):
    """A list to choose from that many forms share: subjects, districts, budget sections."""

    key = models.CharField("klucz", max_length=60)
    name = models.CharField("nazwa", max_length=200)
    sort_key = SortKeyField(source="name")

    class Meta:
        verbose_name = "słownik"
        verbose_name_plural = "słowniki"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_dictionary_per_key"),
            models.CheckConstraint(name="dictionary_key_is_a_word", condition=Q(key__regex=KEY)),
        ]

    def __str__(self) -> str:
        return self.name


class DictionaryEntry(Record):
    """One choice; an inactive one is offered no longer, but old answers keep its label."""

    dictionary = models.ForeignKey(Dictionary, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField("klucz", max_length=60)
    label = models.CharField("nazwa", max_length=500)
    position = models.PositiveIntegerField("kolejność", default=0)
    is_active = models.BooleanField("czynny", default=True)

    class Meta:
        verbose_name = "pozycja słownika"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dictionary", "key"], name="one_entry_per_key")
        ]

    def __str__(self) -> str:
        return self.label


class UnitTable(Record):
    """A table of the city that forms quote: a row for each unit, or for each set of its keys."""

    key = models.CharField("klucz", max_length=60)
    name = models.CharField("nazwa", max_length=200)
    sort_key = SortKeyField(source="name")
    columns = models.JSONField(default=list)
    """[{key, label, type: number|money|text|date|yes_no}] in order."""
    keys = models.JSONField(default=list, blank=True)
    """The same of what its rows are found by, and `from` as a type; [] where they are units."""
    edition = models.PositiveIntegerField(default=0)
    """The number of the newest `TableEdition`; 0 for a table of units."""

    class Meta:
        verbose_name = "tabela jednostek"
        verbose_name_plural = "tabele jednostek"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_unit_table_per_key"),
            models.CheckConstraint(name="unit_table_key_is_a_word", condition=Q(key__regex=KEY)),
        ]

    def __str__(self) -> str:
        return self.name


class UnitTableRow(Record):
    table = models.ForeignKey(UnitTable, on_delete=models.CASCADE, related_name="rows")
    unit_id = models.UUIDField()
    values = models.JSONField(default=dict)
    """Column key -> value in the JSON form of answers: numbers as decimal text, dates as ISO."""

    class Meta:
        verbose_name = "wiersz tabeli jednostek"
        constraints = [
            models.UniqueConstraint(fields=["table", "unit_id"], name="one_row_per_unit")
        ]
        indexes = [models.Index(name="unit_table_row_by_unit", fields=["unit_id"])]

    def __str__(self) -> str:
        return f"{self.table}: {self.unit_id}"


class TableEdition(Record):
    """The rows of a table with keys as they were saved.

    The database refuses to change them, and to remove them without their table.
    """

    table = models.ForeignKey(UnitTable, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    columns = models.JSONField()
    keys = models.JSONField()
    """As the table's were."""
    rows = models.JSONField(default=list)
    """[{keys: [text], since: ISO day | null, values: {column: JSON form of an answer}}]."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "wydanie tabeli"
        ordering = ["table", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="one_table_edition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.table}, wydanie {self.number}"


class SchoolCalendar(Record):
    """When the city's school years and second semesters begin; at most one row."""

    is_only = models.BooleanField(default=True, editable=False)
    begins_month = models.PositiveSmallIntegerField(default=9)
    begins_day = models.PositiveSmallIntegerField(default=1)
    second_month = models.PositiveSmallIntegerField(default=2)
    second_day = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "rok szkolny miasta"
        constraints = [
            models.UniqueConstraint(fields=["is_only"], name="one_school_calendar"),
            models.CheckConstraint(name="school_calendar_is_only", condition=Q(is_only=True)),
        ]

    def __str__(self) -> str:
        return f"{self.begins_day}.{self.begins_month:02}"
