from typing import Any

from rest_framework import serializers

from accounts.api.serializers.passwords import LinkIn
from accounts.api.serializers.rights import RoleRefOut, ScopeOut
from accounts.models import Joining
from accounts.models.joining import STATES
from api.drawing import DrawnModel

Plain = serializers.Serializer[Any]


class JoiningOut(DrawnModel[Joining]):
    """Who asks whom into which place; of the person asked what the asker has typed."""

    name = serializers.CharField()
    asker = serializers.CharField(source="asker.display_name")
    role = RoleRefOut(allow_null=True)
    scope = ScopeOut(source="*")
    state = serializers.ChoiceField(choices=STATES)

    class Meta:
        model = Joining
        fields = [
            "id",
            "name",
            "email",
            "asker",
            "role",
            "scope",
            "position",
            "state",
            "created_at",
            "expires_at",
            "ended_at",
        ]


class JoiningLetterOut(JoiningOut):
    """For whoever holds the letter: also whether to sign in, as there is an account by now."""

    has_account = serializers.SerializerMethodField()

    class Meta(JoiningOut.Meta):
        fields = [*JoiningOut.Meta.fields, "has_account"]

    def get_has_account(self, joining: Joining) -> bool:
        return bool(self.context["has_account"])


class JoiningAnswerIn(LinkIn):
    """The password of the account that comes of agreeing."""

    password = serializers.CharField(trim_whitespace=False, max_length=200)
