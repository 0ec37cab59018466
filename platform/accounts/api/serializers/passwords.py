from typing import Any

from rest_framework import serializers

from accounts.models import Link
from api.drawing import DrawnModel

Plain = serializers.Serializer[Any]


def _password() -> serializers.CharField:
    return serializers.CharField(trim_whitespace=False, max_length=200)


class LinkIn(Plain):
    token = serializers.CharField(max_length=200)


class LinkOut(DrawnModel[Link]):
    """Whose the link is, for the page that it opens."""

    name = serializers.CharField(source="person.display_name")
    email = serializers.EmailField(source="person.email")

    factors = serializers.ListField(child=serializers.CharField())
    takes_recovery_code = serializers.BooleanField()

    class Meta:
        model = Link
        fields = [
            "kind",
            "name",
            "email",
            "address",
            "expires_at",
            "factors",
            "takes_recovery_code",
        ]


class NewPasswordIn(LinkIn):
    """With `has_lost_factor` a recovery code, or nothing: then a second person decides."""

    password = _password()
    has_lost_factor = serializers.BooleanField(default=False)
    code = serializers.CharField(max_length=20, allow_blank=True, default="")


class ForgottenIn(Plain):
    email = serializers.EmailField(max_length=254)


class OwnPasswordIn(Plain):
    current = serializers.CharField(trim_whitespace=False, max_length=200, allow_blank=True)
    password = _password()


class OwnEmailIn(Plain):
    email = serializers.EmailField(max_length=254)
