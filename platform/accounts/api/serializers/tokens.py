from typing import Any

from rest_framework import serializers

from accounts.api.serializers.rights import AccountRefOut
from accounts.models import ApiToken
from api.drawing import DrawnModel


class ApiTokenOut(DrawnModel[ApiToken]):
    person = AccountRefOut()
    permissions = serializers.ListField(child=serializers.CharField())
    is_usable = serializers.BooleanField()

    class Meta:
        model = ApiToken
        fields = [
            "id",
            "name",
            "hint",
            "person",
            "permissions",
            "created_at",
            "expires_at",
            "revoked_at",
            "last_used_at",
            "is_usable",
        ]


class NewApiTokenOut(ApiTokenOut):
    secret = serializers.CharField()

    class Meta(ApiTokenOut.Meta):
        fields = [*ApiTokenOut.Meta.fields, "secret"]


class ApiTokenIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=100)
    permissions = serializers.ListField(child=serializers.CharField(max_length=100))
    expires_at = serializers.DateTimeField(
        error_messages={"invalid": "Podaj dzień, do którego klucz ma działać."}
    )
