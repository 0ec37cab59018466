from typing import Any

from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from api.versions import VersionField
from forms.api.serializers.documents import DocumentField
from forms.models import Dictionary, UnitTable, UnitTableRow
from forms.services import Entry, GridRow, TableColumn
from forms.services.grids import KEY_TYPES
from forms.services.tables import TYPES

KEY = r"^[a-z][a-z0-9_]{0,59}$"
KEY_SENTENCE = "Klucz to mała litera bez ogonka, potem małe litery, cyfry i _, najwyżej 60 znaków."


class KeyField(serializers.RegexField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(KEY, error_messages={"invalid": KEY_SENTENCE}, **kwargs)


class DictionaryEntryIn(Shape[None]):
    key = serializers.RegexField(
        r"^[\w.-]{1,60}$",
        error_messages={"invalid": "Klucz to litery, cyfry, _, - i kropki, najwyżej 60 znaków."},
    )
    label = serializers.CharField(max_length=500)
    is_active = serializers.BooleanField(default=True)


class DictionaryChangesIn(serializers.Serializer[None]):
    """`entries` are the whole list in order; one left out is offered no longer."""

    name = serializers.CharField(max_length=200, required=False)
    entries = DictionaryEntryIn(many=True, required=False)

    @property
    def content(self) -> dict[str, Any]:
        given = dict(self.validated_data)
        if "entries" in given:
            given["entries"] = [Entry(**entry) for entry in given["entries"]]
        return given


class DictionaryIn(DictionaryChangesIn):
    key = KeyField()
    name = serializers.CharField(max_length=200)


class DictionaryEntryOut(Shape[None]):
    key = serializers.CharField()
    label = serializers.CharField()
    is_active = serializers.BooleanField()


class DictionaryOut(Drawn[Dictionary]):
    id = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    entries = DictionaryEntryOut(many=True)
    version = VersionField(
        "name",
        lambda dictionary: [
            (one.key, one.label, one.is_active) for one in dictionary.entries.all()
        ],
    )


class TableColumnIn(Shape[None]):
    key = KeyField()
    label = serializers.CharField(max_length=200)
    type = serializers.ChoiceField(choices=TYPES, default="number")


class TableColumnOut(Shape[None]):
    key = serializers.CharField()
    label = serializers.CharField()
    type = serializers.ChoiceField(choices=TYPES)


class TableKeyIn(Shape[None]):
    key = KeyField()
    label = serializers.CharField(max_length=200)
    type = serializers.ChoiceField(choices=KEY_TYPES, default="text")


class TableKeyOut(Shape[None]):
    """What a row is found by; `from`: the greatest number that is not above the one asked for."""

    key = serializers.CharField()
    label = serializers.CharField()
    type = serializers.ChoiceField(choices=KEY_TYPES)


class UnitTableChangesIn(serializers.Serializer[None]):
    """`columns` are all of them in order; a column left out takes its values with it.

    With `keys` the table has a row for each set of them, without any a row for each unit.
    """

    name = serializers.CharField(max_length=200, required=False)
    columns = TableColumnIn(many=True, required=False)
    keys = TableKeyIn(many=True, required=False)

    @property
    def content(self) -> dict[str, Any]:
        given = dict(self.validated_data)
        for member in ("columns", "keys"):
            if member in given:
                given[member] = [TableColumn(**column) for column in given[member]]
        return given


class UnitTableIn(UnitTableChangesIn):
    key = KeyField()
    name = serializers.CharField(max_length=200)
    columns = TableColumnIn(many=True)


class UnitTableOut(Drawn[UnitTable]):
    id = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    columns = TableColumnOut(many=True)
    keys = TableKeyOut(many=True)
    edition = serializers.IntegerField()
    rows = serializers.IntegerField(source="row_count")
    version = VersionField("name", "columns", "keys")


class UnitTableRowOut(Drawn[UnitTableRow]):
    """`unit` is the short name, "" where no module knows the unit."""

    unit_id = serializers.UUIDField()
    unit = serializers.SerializerMethodField()
    values = DocumentField()

    def get_unit(self, row: UnitTableRow) -> str:
        names: dict[Any, str] = self.context["names"]
        return names.get(row.unit_id, "")


class GridRowShape(Shape[None]):
    """The keys in the order of the table's, as texts; `since`: the day from which it holds."""

    keys = serializers.ListField(child=serializers.CharField(allow_blank=True, max_length=200))
    since = serializers.DateField(allow_null=True, default=None)
    values = DocumentField(default=dict)


class GridIn(serializers.Serializer[None]):
    """All the rows of the table, as its next edition."""

    rows = GridRowShape(many=True)

    @property
    def content(self) -> list[GridRow]:
        return [GridRow(**row) for row in self.validated_data["rows"]]


class GridOut(Shape[Any]):
    """The rows of an edition; `edition` 0 where nobody has filled the table yet."""

    edition = serializers.IntegerField()
    made_at = serializers.DateTimeField(allow_null=True)
    made_by = serializers.CharField(allow_blank=True)
    columns = TableColumnOut(many=True)
    keys = TableKeyOut(many=True)
    rows = GridRowShape(many=True)
    version = VersionField("edition")


class EditionQuery(serializers.Serializer[None]):
    edition = serializers.IntegerField(min_value=1, required=False, default=None, allow_null=True)


class DayOfYear(Shape[Any]):
    """A day of every year."""

    month = serializers.IntegerField(min_value=1, max_value=12)
    day = serializers.IntegerField(min_value=1, max_value=31)


class SchoolYearIn(serializers.Serializer[None]):
    """When the city's school year and its second semester begin."""

    begins = DayOfYear()
    second_semester = DayOfYear()

    @property
    def content(self) -> dict[str, tuple[int, int]]:
        return {name: (one["month"], one["day"]) for name, one in self.validated_data.items()}


class SchoolYearOut(Shape[Any]):
    """`now` is the school year of today as the city counts: the year in which it began."""

    begins = DayOfYear()
    second_semester = DayOfYear()
    now = serializers.CharField()
    semester = serializers.IntegerField()
    version = VersionField(
        lambda year: [(day.month, day.day) for day in (year.begins, year.second_semester)]
    )


class DescribedFunctionOut(Shape[Any]):
    written = serializers.CharField()
    sentence = serializers.CharField()


class FunctionGroupOut(Shape[Any]):
    """Functions of the language of expressions, as the editor tells of them."""

    title = serializers.CharField()
    functions = DescribedFunctionOut(many=True)


class TableUploadIn(serializers.Serializer[None]):
    """With `dry_run` the report says what would happen; `removes_others` empties the rest."""

    file = serializers.UUIDField()
    removes_others = serializers.BooleanField(default=False)
    dry_run = serializers.BooleanField(default=False)


class RefusedTableRowOut(Drawn[Any]):
    row = serializers.IntegerField()
    unit = serializers.CharField(allow_blank=True)
    column = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()


class TableUploadOut(Drawn[Any]):
    is_dry_run = serializers.BooleanField()
    rows = serializers.IntegerField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    removed = serializers.IntegerField()
    refused = RefusedTableRowOut(many=True)


class UnitFactOut(Shape[None]):
    """What forms may quote of a unit: `jednostka.<word>`, and `unit.<code>` in a prefill."""

    code = serializers.CharField()
    label = serializers.CharField()
