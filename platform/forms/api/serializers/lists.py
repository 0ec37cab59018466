from typing import Any

from rest_framework import serializers

from api.drawing import Drawn
from api.shapes import Shape
from api.versions import VersionField
from forms.api.serializers.documents import DocumentField
from forms.models import Dictionary, UnitTable, UnitTableRow
from forms.services import Entry, TableColumn
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


class UnitTableChangesIn(serializers.Serializer[None]):
    """`columns` are all of them in order; a column left out takes its values with it."""

    name = serializers.CharField(max_length=200, required=False)
    columns = TableColumnIn(many=True, required=False)

    @property
    def content(self) -> dict[str, Any]:
        given = dict(self.validated_data)
        if "columns" in given:
            given["columns"] = [TableColumn(**column) for column in given["columns"]]
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
    rows = serializers.IntegerField(source="row_count")
    version = VersionField("name", "columns")


class UnitTableRowOut(Drawn[UnitTableRow]):
    """`unit` is the short name, "" where no module knows the unit."""

    unit_id = serializers.UUIDField()
    unit = serializers.SerializerMethodField()
    values = DocumentField()

    def get_unit(self, row: UnitTableRow) -> str:
        names: dict[Any, str] = self.context["names"]
        return names.get(row.unit_id, "")


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
