"""What goes over the wire of pots, their ledgers and the classification."""

from decimal import Decimal
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from api.versions import VersionField
from budget.models import OF_POT, Classification, Entry
from budget.selectors import Figures, Fit, PotShown

LEAST_YEAR, LAST_YEAR = 2000, 2100
CODE = r"^[a-z][a-z0-9_]*$"


def money(**rest: Any) -> serializers.DecimalField:
    """Złote to the grosz, as a text."""
    return serializers.DecimalField(max_digits=14, decimal_places=2, **rest)


def year(**rest: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=LEAST_YEAR, max_value=LAST_YEAR, **rest)


class ClassificationOut(DrawnModel[Classification]):
    code = serializers.CharField(read_only=True, help_text="Dział, rozdział, paragraf")
    version = VersionField("year", "chapter", "paragraph", "name", "is_active")

    class Meta:
        model = Classification
        fields: ClassVar = [
            "id",
            "year",
            "code",
            "division",
            "chapter",
            "paragraph",
            "name",
            "is_active",
            "version",
        ]


class ClassificationIn(serializers.Serializer[None]):
    year = year()
    chapter = serializers.RegexField(
        r"^[0-9]{5}$", error_messages={"invalid": "Rozdział ma pięć cyfr, na przykład 80101."}
    )
    paragraph = serializers.RegexField(
        r"^([0-9]{3}[0-9]?)?$",
        required=False,
        allow_blank=True,
        error_messages={"invalid": "Paragraf ma trzy albo cztery cyfry, na przykład 4210."},
    )
    name = serializers.CharField(max_length=300)


class ClassificationChangeIn(ClassificationIn):
    is_active = serializers.BooleanField(required=False)


class ClassificationCopyIn(serializers.Serializer[None]):
    from_year = year()
    to_year = year()


class ClassificationCopiedOut(Drawn[None]):
    added = serializers.IntegerField()


class FiguresOut(Drawn[Figures]):
    """Sums of the ledger in złote; `left` is what can still be taken."""

    planned = money()
    delegated = money()
    asked = money()
    reserved = money()
    granted = money()
    paid = money()
    invoiced = money()
    settled = money()
    returned = money()
    left = money()


class PotNamedOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class DisposerOut(Drawn[None]):
    """Who disposes of a pot: `department`, or a unit, a section, a function."""

    kind = serializers.ChoiceField(choices=["department", "unit", "section", "function"])
    value = serializers.CharField(help_text="Identyfikator albo kod funkcji")
    name = serializers.CharField()


class PotOut(Drawn[Any]):
    id = serializers.UUIDField(source="pot.id")
    year = serializers.IntegerField(source="pot.year")
    code = serializers.CharField(source="pot.code")
    name = serializers.CharField(source="pot.name")
    fund = serializers.CharField(source="pot.fund")
    note = serializers.CharField(source="pot.note")
    classification = ClassificationOut(source="pot.classification", allow_null=True)
    parent = PotNamedOut(source="pot.parent", allow_null=True)
    disposer = serializers.SerializerMethodField()
    figures = FiguresOut()
    can = serializers.ListField(child=serializers.CharField())
    version = VersionField(
        "name",
        "fund",
        "note",
        "classification_id",
        "unit_id",
        "section_id",
        "function",
        source="pot",
    )

    @extend_schema_field(DisposerOut)
    def get_disposer(self, shown: PotShown) -> dict[str, str]:
        pot = shown.pot
        for kind, value in (
            ("unit", pot.unit_id),
            ("section", pot.section_id),
            ("function", pot.function),
        ):
            if value:
                return {"kind": kind, "value": str(value), "name": shown.disposer}
        return {"kind": "department", "value": "", "name": shown.disposer}


class _Details(serializers.Serializer[None]):
    fund = serializers.CharField(max_length=200, required=False, allow_blank=True)
    classification = serializers.PrimaryKeyRelatedField(
        queryset=Classification.objects.all(), required=False, allow_null=True
    )
    note = serializers.CharField(max_length=4_000, required=False, allow_blank=True)
    unit_id = serializers.UUIDField(required=False, allow_null=True)
    section_id = serializers.UUIDField(required=False, allow_null=True)
    function = serializers.CharField(max_length=60, required=False, allow_blank=True)


class PartIn(_Details):
    code = serializers.RegexField(
        CODE,
        max_length=60,
        error_messages={
            "invalid": "Kod to małe litery bez ogonków, cyfry i podkreślenia, na początku litera."
        },
    )
    name = serializers.CharField(max_length=200)
    amount = money(min_value=Decimal(0))
    reason = serializers.CharField(max_length=1_000, required=False, allow_blank=True, default="")


class PotIn(PartIn):
    year = year()


class PotChangeIn(_Details):
    name = serializers.CharField(max_length=200, required=False)


class AmountIn(serializers.Serializer[None]):
    amount = money(min_value=Decimal(0))
    reason = serializers.CharField(max_length=1_000, required=False, allow_blank=True, default="")


class FitQuery(serializers.Serializer[None]):
    amount = money(min_value=Decimal("0.01"))


class FitOut(Drawn[Fit]):
    fits = serializers.BooleanField()
    left = money(help_text="Ile by zostało; ujemne, gdy się nie mieści")
    sentence = serializers.CharField()


class EntryOwnerOut(Drawn[Any]):
    kind = serializers.CharField(source="label", help_text="Rodzaj, na przykład „Sprawa”")
    name = serializers.CharField(help_text="Puste, gdy patrzący nie ma do niej dostępu")
    url = serializers.CharField()


class EntryOut(Drawn[Any]):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=Entry.Kind.choices)
    releases = serializers.ChoiceField(choices=Entry.State.choices, allow_blank=True)
    amount = money()
    owner = serializers.SerializerMethodField()
    reason = serializers.CharField()
    made_by = serializers.CharField(source="made_by_name")
    takes_back = serializers.IntegerField(source="reverses_id", allow_null=True)
    is_taken_back = serializers.SerializerMethodField()

    @extend_schema_field(EntryOwnerOut(allow_null=True))
    def get_owner(self, entry: Entry) -> Any:
        if entry.owner_kind == OF_POT:
            return None
        owners = self.context["owners"]
        return self.drawn_by(EntryOwnerOut, owners[entry.owner_kind, entry.owner_id])

    def get_is_taken_back(self, entry: Entry) -> bool:
        return hasattr(entry, "reversed_by")


class YearFiguresOut(Drawn[Any]):
    year = serializers.IntegerField()
    pots = serializers.IntegerField()
    figures = FiguresOut()


class YearQuery(serializers.Serializer[None]):
    year = year()


class KindFiguresOut(Drawn[Any]):
    kind = serializers.CharField()
    units = serializers.IntegerField()
    figures = FiguresOut()
