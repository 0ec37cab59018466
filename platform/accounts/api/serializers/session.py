from typing import Any

from rest_framework import serializers

from api.drawing import Drawn


class CredentialsIn(serializers.Serializer[Any]):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False, max_length=200)


class SessionPersonOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(source="display_name")
    email = serializers.EmailField()


class SessionCityOut(Drawn[Any]):
    name = serializers.CharField()
    slug = serializers.CharField(source="schema_name")


class SessionUnitOut(Drawn[Any]):
    id = serializers.UUIDField()
    short_name = serializers.CharField()


class SessionOut(Drawn[Any]):
    """Who is signed in (nobody: `person` is null), where, and what they may do anywhere.

    `second_factor` names what a sign-in that has begun still waits for; with `must_enrol` every
    right waits until the person sets a second factor.
    """

    person = SessionPersonOut(allow_null=True)
    city = SessionCityOut()
    modules = serializers.ListField(child=serializers.CharField())
    permissions = serializers.ListField(child=serializers.CharField())
    units = SessionUnitOut(many=True)
    second_factor = serializers.ListField(child=serializers.CharField())
    must_enrol = serializers.BooleanField()
    has_role = serializers.BooleanField()


class CodeIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=20)


class KeyOptionsOut(Drawn[Any]):
    """What `navigator.credentials` takes, with its binary parts as base64url."""

    publicKey = serializers.DictField()  # noqa: N815  # the browser's own name


class CredentialIn(serializers.Serializer[Any]):
    """What `navigator.credentials` gave, as its `toJSON()`."""

    credential = serializers.DictField()


class ProviderRefOut(Drawn[Any]):
    code = serializers.CharField(source="provider_id")
    name = serializers.CharField()


class AddressOut(Drawn[Any]):
    url = serializers.CharField()
