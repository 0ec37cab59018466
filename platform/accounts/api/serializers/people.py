from typing import Any

from rest_framework import serializers

from accounts.api.serializers.rights import RoleRefOut
from accounts.models import Person, Role
from api.drawing import DrawnModel
from api.versions import VersionField

Plain = serializers.Serializer[Any]


class HomeOut(Plain):
    """A unit or a section that the person belongs to today."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()


class HeldOut(Plain):
    """A role that the person has today, wherever it counts."""

    role = RoleRefOut()
    scope_kind = serializers.CharField()


WHOLE = frozenset(
    {
        "phone",
        "last_login",
        "has_second_factor",
        "factors",
        "newest_factor_at",
        "lost_factor_at",
        "must_enrol",
    }
)
"""What is null to whoever sees no more of the person than a colleague does."""


def _seen_phone(person: Person) -> str | None:
    # A digest of a telephone number is soon guessed.
    return person.phone if person.is_seen_whole else None


class AccountOut(DrawnModel[Person]):
    phone = serializers.CharField(allow_null=True)
    name = serializers.CharField(source="display_name")
    roles = HeldOut(many=True, source="held")
    homes = HomeOut(many=True)
    has_second_factor = serializers.BooleanField(allow_null=True)

    class Meta:
        model = Person
        fields = [
            "id",
            "name",
            "first_name",
            "last_name",
            "email",
            "phone",
            "is_active",
            "closed_at",
            "last_login",
            "roles",
            "homes",
            "has_second_factor",
        ]

    def to_representation(self, instance: Person) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if not instance.is_seen_whole:
            shown.update(dict.fromkeys(WHOLE & shown.keys()))
        return shown


class AccountDetailOut(AccountOut):
    factors = serializers.ListField(child=serializers.CharField(), allow_null=True)
    must_enrol = serializers.BooleanField(allow_null=True)
    newest_factor_at = serializers.DateTimeField(allow_null=True)
    lost_factor_at = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField()
    can = serializers.ListField(child=serializers.CharField())
    version = VersionField("first_name", "last_name", _seen_phone)

    class Meta(AccountOut.Meta):
        fields = [
            *AccountOut.Meta.fields,
            "factors",
            "newest_factor_at",
            "lost_factor_at",
            "must_enrol",
            "trouble",
            "can",
            "version",
        ]


class AccountChangeIn(Plain):
    first_name = serializers.CharField(max_length=100, required=False)
    last_name = serializers.CharField(max_length=100, required=False)
    phone = serializers.CharField(max_length=30, allow_blank=True, required=False)


class AccountClosingIn(Plain):
    """Who takes the matters over; nobody: each module keeps them where they are."""

    successor = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), allow_null=True, default=None
    )


NO_HOME = "Wskaż, gdzie ta osoba pracuje."


class HomeIn(Plain):
    """The unit or the section where the person will belong, and where the role will count."""

    kind = serializers.ChoiceField(
        choices=["unit", "section"], error_messages={"invalid_choice": NO_HOME}
    )
    id = serializers.UUIDField(error_messages={"invalid": NO_HOME})


class InvitationIn(Plain):
    email = serializers.EmailField(max_length=254)
    first_name = serializers.CharField(max_length=100)
    last_name = serializers.CharField(max_length=100)
    phone = serializers.CharField(max_length=30, allow_blank=True, default="")
    role = serializers.PrimaryKeyRelatedField(
        queryset=Role.objects.all(), allow_null=True, default=None
    )
    home = HomeIn(allow_null=True, default=None)
    position = serializers.CharField(max_length=100, allow_blank=True, default="")


class AddressIn(Plain):
    email = serializers.EmailField(max_length=254)


class BulkInvitationIn(Plain):
    """A finished upload of one's own; with `is_dry_run` only the report."""

    file = serializers.UUIDField()
    is_dry_run = serializers.BooleanField(default=False)


class RefusedRowOut(Plain):
    row = serializers.IntegerField()
    email = serializers.CharField()
    reason = serializers.CharField()


class InvitationReportOut(Plain):
    is_dry_run = serializers.BooleanField()
    invited = serializers.IntegerField()
    joined = serializers.IntegerField()
    asked = serializers.IntegerField()
    refused = RefusedRowOut(many=True)
