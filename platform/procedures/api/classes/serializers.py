from typing import ClassVar

from rest_framework import serializers

from api.drawing import DrawnModel
from api.versions import VersionField
from procedures.models import CaseClass

SYMBOL = r"^[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż0-9-]+$"


class ClassOut(DrawnModel[CaseClass]):
    code = serializers.CharField(read_only=True, help_text="Jak nazywa ją procedura: WES.4424")
    drawn = serializers.IntegerField(read_only=True, help_text="Ile znaków w niej nadano")
    version = VersionField("unit_symbol", "symbol", "name", "archive_category", "is_active")

    class Meta:
        model = CaseClass
        fields: ClassVar = [
            "id",
            "code",
            "unit_symbol",
            "symbol",
            "name",
            "archive_category",
            "is_active",
            "drawn",
            "version",
        ]


class ClassIn(serializers.Serializer[None]):
    unit_symbol = serializers.RegexField(SYMBOL, max_length=20)
    symbol = serializers.RegexField(r"^[0-9]{1,10}$", max_length=10)
    name = serializers.CharField(max_length=300)
    archive_category = serializers.CharField(max_length=10, required=False, allow_blank=True)


class ClassChangeIn(ClassIn):
    is_active = serializers.BooleanField(required=False)
