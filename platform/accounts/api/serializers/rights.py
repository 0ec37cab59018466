from typing import Any

from rest_framework import serializers

from accounts import scopes
from accounts.models import Assignment, Function, Holder, Person, Role, Substitution
from accounts.selectors import proposed_to
from api.drawing import DrawnModel
from api.shapes import Shape
from api.versions import VersionField

Plain = Shape[Any]


class AccountRefOut(DrawnModel[Person]):
    name = serializers.CharField(source="display_name")

    class Meta:
        model = Person
        fields = ["id", "name", "email"]


class RoleRefOut(DrawnModel[Role]):
    class Meta:
        model = Role
        fields = ["id", "name"]


class PermissionOut(Plain):
    name = serializers.CharField(source="value")
    label = serializers.CharField()
    sentence = serializers.CharField()
    is_own = serializers.BooleanField(
        help_text="Ma je każdy do tego, co jego; ogranicza tylko klucze API"
    )


class ModulePermissionsOut(Plain):
    module = serializers.CharField()
    label = serializers.CharField()
    permissions = PermissionOut(many=True)


class RoleOut(DrawnModel[Role]):
    permissions = serializers.ListField(child=serializers.CharField())
    holder_count = serializers.IntegerField()
    proposed = serializers.SerializerMethodField()
    version = VersionField("name", "description", "permissions", "requires_mfa")

    class Meta:
        model = Role
        fields = [
            "id",
            "name",
            "description",
            "permissions",
            "requires_mfa",
            "holder_count",
            "proposed",
            "version",
        ]

    def get_proposed(self, role: Role) -> list[str]:
        """Rights that a newer edition of the platform proposes for the role."""
        return proposed_to(role)


class NamedPlaceOut(Plain):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()


class PlacesInHandOut(Plain):
    """Where whoever asks may give roles, or ask people in; everywhere, or there alone."""

    everywhere = serializers.BooleanField()
    places = NamedPlaceOut(many=True)


class PlacesInHandQuery(Plain):
    is_inviting = serializers.BooleanField(default=False)


class RoleToGiveOut(Plain):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    needs_second_person = serializers.BooleanField()


class RolesToGiveQuery(Plain):
    """The place where the role is to count, and whether somebody is invited with it."""

    kind = serializers.CharField(max_length=20, default=scopes.CITY)
    id = serializers.UUIDField(allow_null=True, default=None)
    is_inviting = serializers.BooleanField(default=False)


class OfferAnswerIn(Plain):
    accept = serializers.BooleanField()


class RoleIn(Plain):
    name = serializers.CharField(max_length=100)
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    permissions = serializers.ListField(child=serializers.CharField(max_length=100))
    requires_mfa = serializers.BooleanField(required=False)


class ScopeKindOut(Plain):
    kind = serializers.CharField()
    label = serializers.CharField()


class ScopeOut(Plain):
    """Where: the kind of place, its id (null for the whole city) and its Polish name."""

    kind = serializers.CharField(source="scope_kind")
    id = serializers.UUIDField(source="scope_id", allow_null=True)
    name = serializers.CharField(source="scope_name")


class ScopeIn(Plain):
    kind = serializers.CharField(
        max_length=20,
        default=scopes.CITY,
        error_messages={"blank": "Wskaż, gdzie rola ma działać."},
    )
    id = serializers.UUIDField(allow_null=True, default=None)


class AssignmentOut(DrawnModel[Assignment]):
    person = AccountRefOut()
    role = RoleRefOut()
    scope = ScopeOut(source="*")
    is_in_force = serializers.BooleanField()
    version = VersionField("valid_from", "valid_to")

    class Meta:
        model = Assignment
        fields = [
            "id",
            "person",
            "role",
            "scope",
            "valid_from",
            "valid_to",
            "is_in_force",
            "version",
        ]


class AssignmentIn(Plain):
    person = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), error_messages={"null": "Wskaż osobę."}
    )
    role = serializers.PrimaryKeyRelatedField(
        queryset=Role.objects.all(), error_messages={"null": "Wybierz rolę."}
    )
    scope = ScopeIn()
    valid_from = serializers.DateField(allow_null=True, default=None)
    valid_to = serializers.DateField(allow_null=True, default=None)


class AssignmentDaysIn(Plain):
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class GroundOut(DrawnModel[Assignment]):
    """An assignment as the reason for a right."""

    role = RoleRefOut()
    scope = ScopeOut(source="*")

    class Meta:
        model = Assignment
        fields = ["id", "role", "scope", "valid_from", "valid_to"]


class RightOut(Plain):
    permission = PermissionOut()
    grounds = GroundOut(many=True)
    is_withheld = serializers.BooleanField()


class HoldingOut(Plain):
    person = AccountRefOut()
    grounds = GroundOut(many=True)
    is_withheld = serializers.BooleanField()


class WhoMayQuery(Plain):
    permission = serializers.CharField()
    scope_kind = serializers.CharField(default=scopes.CITY)
    scope_id = serializers.UUIDField(default=None, allow_null=True)


class HolderOut(DrawnModel[Holder]):
    role = RoleRefOut(allow_null=True)
    person = AccountRefOut(allow_null=True)
    scope = ScopeOut(source="*")

    class Meta:
        model = Holder
        fields = ["id", "role", "person", "scope"]


class HolderIn(Plain):
    role = serializers.PrimaryKeyRelatedField(
        queryset=Role.objects.all(), allow_null=True, default=None
    )
    person = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), allow_null=True, default=None
    )
    scope = ScopeIn()


class FunctionOut(DrawnModel[Function]):
    holders = HolderOut(many=True)
    version = VersionField("name", "description")

    class Meta:
        model = Function
        fields = ["id", "code", "name", "description", "holders", "version"]


class FunctionIn(Plain):
    code = serializers.SlugField(max_length=60)
    name = serializers.CharField(max_length=150)
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)


class FunctionChangeIn(Plain):
    name = serializers.CharField(max_length=150, required=False)
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)


class ActingOut(Plain):
    person = AccountRefOut()
    in_place_of = AccountRefOut(allow_null=True)


class ActingQuery(Plain):
    scope_kind = serializers.ChoiceField(
        choices=["city", "unit", "section", scopes.MATTER], default=scopes.CITY
    )
    scope_id = serializers.UUIDField(default=None, allow_null=True)


class SubstitutionOut(DrawnModel[Substitution]):
    person = AccountRefOut()
    substitute = AccountRefOut()

    class Meta:
        model = Substitution
        fields = ["id", "person", "substitute", "starts_on", "ends_on", "reason"]


class SubstitutionIn(Plain):
    person = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), error_messages={"null": "Wskaż, kogo nie będzie."}
    )
    substitute = serializers.PrimaryKeyRelatedField(
        queryset=Person.objects.all(), error_messages={"null": "Wskaż, kto zastąpi."}
    )
    starts_on = serializers.DateField(
        error_messages={"invalid": "Podaj pierwszy dzień nieobecności."}
    )
    ends_on = serializers.DateField(error_messages={"invalid": "Podaj ostatni dzień nieobecności."})
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
