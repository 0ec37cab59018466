"""Whom a message is for, on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.drawing import Drawn
from modules.messaging import selectors
from modules.messaging.models import AcceptanceRule, Audience

MOST_RECIPIENTS = 20_000


class IdListField(serializers.ListField):
    child = serializers.UUIDField()
    max_length = MOST_RECIPIENTS


class AudienceIn(serializers.Serializer[None]):
    """Whom to write to: everything named, together, but the excepted units.

    `kinds` are codes, the rest ids.
    """

    all_units = serializers.BooleanField(default=False)
    units = IdListField(default=list)
    kinds = serializers.ListField(child=serializers.SlugField(), default=list)
    groups = IdListField(default=list)
    people = IdListField(default=list)
    except_units = IdListField(default=list)


class MessagePersonOut(Drawn[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(source="display_name")


class AudienceKeptOut(Drawn[Audience]):
    all_units = serializers.BooleanField()
    units = serializers.ListField(child=serializers.UUIDField())
    kinds = serializers.ListField(child=serializers.CharField())
    groups = serializers.ListField(child=serializers.UUIDField())
    people = serializers.ListField(child=serializers.UUIDField())
    except_units = serializers.ListField(child=serializers.UUIDField())


class AudienceOut(AudienceKeptOut):
    people_named = serializers.SerializerMethodField()

    @extend_schema_field(MessagePersonOut(many=True))
    def get_people_named(self, audience: Audience) -> list[dict[str, Any]]:
        return [MessagePersonOut(one).data for one in selectors.people_chosen(audience)]


class RecipientCountsOut(Drawn[None]):
    units = serializers.IntegerField()
    people = serializers.IntegerField()
    named = serializers.CharField(help_text="Słowami: „30 przedszkoli i 2 osoby”")
    after_do = serializers.CharField(help_text="To samo po „do”")
    undo_seconds = serializers.IntegerField(
        help_text="Przez ile sekund po wysłaniu można je cofnąć; 0: wcale"
    )
    acceptance = serializers.ChoiceField(
        choices=AcceptanceRule.Chain.choices, help_text="Kto musi zaakceptować taką wiadomość"
    )
