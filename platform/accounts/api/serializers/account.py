from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from rest_framework import serializers

from accounts.models import Session, SignInRules
from api.drawing import DrawnModel
from api.versions import VersionField

Plain = serializers.Serializer[Any]


class FactorOut(DrawnModel[Authenticator]):
    """An app with codes (`totp`) or a key (`webauthn`)."""

    kind = serializers.CharField(source="type")
    name = serializers.CharField(source="__str__")

    class Meta:
        model = Authenticator
        fields = ["id", "kind", "name", "created_at", "last_used_at"]


class OwnAccountOut(Plain):
    id = serializers.UUIDField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.EmailField()
    phone = serializers.CharField()
    has_password = serializers.BooleanField()
    must_enrol = serializers.BooleanField()
    factors = FactorOut(many=True)
    recovery_codes_left = serializers.IntegerField()
    version = VersionField("first_name", "last_name", "phone")


class TotpOut(Plain):
    """The secret for typing in, and the address for the QR code."""

    secret = serializers.CharField()
    uri = serializers.CharField()


class RecoveryCodesOut(Plain):
    """Shown once; empty where the person has had some already."""

    recovery_codes = serializers.ListField(child=serializers.CharField())


class NewKeyIn(Plain):
    name = serializers.CharField(max_length=100)
    credential = serializers.DictField()


class ProofIn(Plain):
    """One of the three."""

    password = serializers.CharField(trim_whitespace=False, max_length=200, required=False)
    code = serializers.CharField(max_length=20, required=False)
    credential = serializers.DictField(required=False)


class OwnSessionOut(DrawnModel[Session]):
    id = serializers.CharField()
    address = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    is_current = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = ["id", "address", "agent", "started_at", "seen_at", "is_current"]

    def get_is_current(self, session: Session) -> bool:
        return bool(session.session_key == self.context["current"])


class SignInRulesOut(DrawnModel[SignInRules]):
    version = VersionField("lost_factor", "tells_new_devices")

    class Meta:
        model = SignInRules
        fields = ["lost_factor", "tells_new_devices", "version"]


class SignInRulesIn(Plain):
    lost_factor = serializers.ChoiceField(choices=SignInRules.LostFactor.choices, required=False)
    tells_new_devices = serializers.BooleanField(required=False)


class ProviderOut(DrawnModel[SocialApp]):
    """The secret never leaves."""

    code = serializers.CharField(source="provider_id")
    server_url = serializers.CharField(source="settings.server_url")
    trusts_addresses = serializers.BooleanField(source="settings.trusts_addresses")
    callback_path = serializers.SerializerMethodField()
    waits = serializers.SerializerMethodField()
    version = VersionField("name", "client_id", "settings")

    class Meta:
        model = SocialApp
        fields = [
            "id",
            "code",
            "name",
            "server_url",
            "client_id",
            "trusts_addresses",
            "callback_path",
            "waits",
            "version",
        ]

    def get_waits(self, provider: SocialApp) -> bool:
        """Whether nobody comes in by it before a second person has confirmed it."""
        return bool(provider.settings.get("waits", False))

    def get_callback_path(self, provider: SocialApp) -> str:
        return f"/accounts/oidc/{provider.provider_id}/login/callback/"


class ProviderChangeIn(Plain):
    name = serializers.CharField(max_length=40)
    server_url = serializers.URLField(max_length=300)
    client_id = serializers.CharField(max_length=191)
    secret = serializers.CharField(max_length=191, allow_blank=True)
    trusts_addresses = serializers.BooleanField(required=False)


class ProviderIn(ProviderChangeIn):
    code = serializers.SlugField(max_length=60)
