from typing import Any

from rest_framework import serializers

from accounts.api.serializers.rights import AccountRefOut, RoleRefOut
from accounts.models import RECOVERIES, Motion, Person, Role
from accounts.models.motion import MOTION_STATES
from api.drawing import DrawnModel

Plain = serializers.Serializer[Any]


class MotionOut(DrawnModel[Motion]):
    """What one person proposes and a second one decides."""

    title = serializers.CharField()
    proposer = AccountRefOut()
    person = AccountRefOut(allow_null=True)
    role = RoleRefOut(allow_null=True)
    state = serializers.ChoiceField(choices=MOTION_STATES)
    decided_by = AccountRefOut(allow_null=True)
    obstacle = serializers.CharField(
        help_text="Dlaczego ta osoba nie może o tym zdecydować; „” jeśli może"
    )

    class Meta:
        model = Motion
        fields = [
            "id",
            "kind",
            "title",
            "proposer",
            "person",
            "role",
            "valid_from",
            "valid_to",
            "provider_code",
            "address",
            "state",
            "created_at",
            "expires_at",
            "ended_at",
            "decided_by",
            "obstacle",
        ]


class MotionDetailOut(MotionOut):
    """One of them: also its provider, and whether anybody in the city can be the second person."""

    provider = serializers.SerializerMethodField()
    has_second_person = serializers.SerializerMethodField()

    class Meta(MotionOut.Meta):
        fields = [*MotionOut.Meta.fields, "provider", "has_second_person"]

    def get_provider(self, _motion: Motion) -> dict[str, str]:
        """Names and values of what the provider would be, for the one who decides."""
        found: dict[str, str] = self.context["provider"]
        return found

    def get_has_second_person(self, _motion: Motion) -> bool:
        return bool(self.context["has_second_person"])


class RecoveryIn(Plain):
    """How to let the person back in; `address` where it is a new address to sign in with."""

    kind = serializers.ChoiceField(choices=[(one.value, one.label) for one in RECOVERIES])
    address = serializers.EmailField(max_length=254, allow_blank=True, default="")


class AdministratorIn(Plain):
    person = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), error_messages={"null": "Wskaż osobę."}
    )
    role = serializers.PrimaryKeyRelatedField(
        queryset=Role.objects.all(), error_messages={"null": "Wybierz rolę."}
    )
    valid_from = serializers.DateField(allow_null=True, default=None)
    valid_to = serializers.DateField(allow_null=True, default=None)
