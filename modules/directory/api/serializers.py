from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from api.drawing import Drawn, DrawnModel
from api.versions import VersionField
from modules.directory.permissions import Permission
from modules.directory.services.register.names import OTHER, kind_code
from opium.permissions import may
from opium.prepared import beside
from units.models import Group, Membership, RegisterEntry, Section, Unit, UnitKind

ADDRESS = ["street", "building", "flat", "postal_code", "city"]
CONTACT = ["phone", "email", "website"]
NUMBERS = ["nip", "regon", "edoreczenia"]
MOST_MEMBERS = 5000


class UnitKindOut(DrawnModel[UnitKind]):
    """A kind with the number of its open units that the actor may see."""

    units = serializers.IntegerField(source="unit_count")
    also_called = serializers.ListField(child=serializers.CharField())

    version = VersionField("name", "name_plural", "position")

    class Meta:
        model = UnitKind
        fields = [
            "id",
            "code",
            "name",
            "name_plural",
            "also_called",
            "position",
            "units",
            "version",
        ]


class UnitKindIn(serializers.Serializer[UnitKind]):
    code = serializers.SlugField(max_length=40)
    name = serializers.CharField(max_length=100)
    name_plural = serializers.CharField(max_length=100)
    position = serializers.IntegerField(min_value=0, max_value=1000, default=0)


class UnitKindChangesIn(serializers.Serializer[UnitKind]):
    """The code stays as it is: audiences name it."""

    name = serializers.CharField(max_length=100, required=False)
    name_plural = serializers.CharField(max_length=100, required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)


class KindOfUnitOut(DrawnModel[UnitKind]):
    class Meta:
        model = UnitKind
        fields = ["code", "name"]


class UnitOut(DrawnModel[Unit]):
    """A row of the list of units."""

    kind = KindOfUnitOut()
    contains = serializers.SerializerMethodField(
        help_text="Kody rodzajów, których jednostki są jej częściami (zespół ma szkołę podstawową)."
    )
    rspo_numbers = serializers.SerializerMethodField()

    class Meta:
        model = Unit
        fields = [
            "id",
            "short_name",
            "name",
            "kind",
            "contains",
            *ADDRESS,
            *CONTACT,
            *NUMBERS,
            "rspo_numbers",
            "opened_on",
            "closed_on",
            "is_open",
        ]

    def get_contains(self, unit: Unit) -> list[str]:
        parts = [entry for entry in _entries(unit) if not entry.is_main]
        if not parts:
            return []
        codes = {kind_code(part.type, part.name) for part in parts if part.closed_on is None}
        return sorted(codes - {unit.kind.code, OTHER})

    def get_rspo_numbers(self, unit: Unit) -> list[str]:
        """The number of the whole unit first, then those of its parts."""
        entries = _entries(unit)
        return [entry.rspo for entry in sorted(entries, key=lambda entry: not entry.is_main)]


def _entries(unit: Unit) -> Iterable[RegisterEntry]:
    known = beside(unit, "entries")
    return unit.entries.all() if known is None else known


class RegisterEntryOut(Drawn[Any]):
    rspo = serializers.CharField()
    name = serializers.CharField()
    type = serializers.CharField()
    status = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    is_main = serializers.BooleanField()


class MemberOut(DrawnModel[Membership]):
    """Somebody who belongs to a unit or a section today."""

    id = serializers.UUIDField(source="person.pk")
    membership = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="person.display_name")
    email = serializers.EmailField(source="person.email")
    phone = serializers.CharField(source="person.phone")

    class Meta:
        model = Membership
        fields = ["id", "membership", "name", "email", "phone", "position"]


class UnitDetailsOut(UnitOut):
    """One unit's page."""

    entries = RegisterEntryOut(many=True)
    people = MemberOut(many=True, source="people_today")
    can = serializers.SerializerMethodField()
    version = VersionField(
        "kind_id", "short_name", "name", *ADDRESS, *CONTACT, *NUMBERS, "opened_on"
    )

    class Meta(UnitOut.Meta):
        fields = [*UnitOut.Meta.fields, "entries", "people", "can", "version"]

    def get_can(self, unit: Unit) -> list[str]:
        """What the actor may do here: change, change_contact, close."""
        actor = self.context["request"].user
        may_change = may(actor, Permission.CHANGE_UNITS, unit)
        verbs = {
            "change": may_change,
            "change_contact": may_change or may(actor, Permission.CHANGE_CONTACT, unit),
            "close": may_change and unit.closed_on is None,
        }
        return [verb for verb, allowed in verbs.items() if allowed]


class RegisterEntryIn(serializers.Serializer[Any]):
    rspo = serializers.RegexField(r"^[1-9][0-9]{0,11}$")
    name = serializers.CharField(max_length=500, required=False)
    type = serializers.CharField(max_length=150, required=False)


class UnitChangesIn(serializers.ModelSerializer[Unit]):
    """The fields to change; the rules about numbers and addresses are the service's."""

    kind = serializers.SlugField(required=False)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)

    class Meta:
        model = Unit
        fields = [
            "kind",
            "short_name",
            "name",
            *ADDRESS,
            *CONTACT,
            *NUMBERS,
            "opened_on",
        ]
        extra_kwargs = {
            "short_name": {"required": False},
            "name": {"required": False},
            "nip": {"max_length": 20},
            "regon": {"max_length": 20},
        }


class UnitIn(UnitChangesIn):
    kind = serializers.SlugField()
    entries = RegisterEntryIn(many=True, required=False)

    class Meta(UnitChangesIn.Meta):
        fields = [*UnitChangesIn.Meta.fields, "entries"]
        extra_kwargs = {
            "nip": {"max_length": 20},
            "regon": {"max_length": 20},
        }


class ClosingIn(serializers.Serializer[Unit]):
    closed_on = serializers.DateField(required=False)


class SectionOut(DrawnModel[Section]):
    class Meta:
        model = Section
        fields = ["id", "code", "name"]


class SectionIn(serializers.Serializer[Section]):
    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=200)


class HomeOut(Drawn[Any]):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()


class PersonOut(Drawn[Any]):
    """Somebody of the department or of a unit, and where they belong today."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="display_name")
    email = serializers.EmailField()
    phone = serializers.CharField()
    homes = serializers.SerializerMethodField()

    def get_homes(self, person: Any) -> list[dict[str, Any]]:
        homes = self.context["homes"].get(person.pk, [])
        return [dict(HomeOut(home).data) for home in homes]


class MembershipIn(serializers.Serializer[Membership]):
    """A person and either a unit or a section."""

    person = serializers.UUIDField()
    unit = serializers.UUIDField(required=False, allow_null=True)
    section = serializers.UUIDField(required=False, allow_null=True)
    position = serializers.CharField(max_length=100, required=False, allow_blank=True)
    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_to = serializers.DateField(required=False, allow_null=True)


class MembershipOut(DrawnModel[Membership]):
    class Meta:
        model = Membership
        fields = ["id", "person", "unit", "section", "position", "valid_from", "valid_to"]


class EndIn(serializers.Serializer[Membership]):
    valid_to = serializers.DateField(required=False)


class GroupOut(DrawnModel[Group]):
    """A named group; closed units stay in it, though no message reaches them."""

    units = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()
    unit_count = serializers.IntegerField()
    person_count = serializers.IntegerField()
    version = VersionField("name", "description", "units", "people")

    class Meta:
        model = Group
        fields = [
            "id",
            "name",
            "description",
            "units",
            "people",
            "unit_count",
            "person_count",
            "version",
        ]

    def get_units(self, group: Group) -> list[str]:
        return [str(unit.pk) for unit in group.units.all()]

    def get_people(self, group: Group) -> list[str]:
        return [str(person.pk) for person in group.people.all()]


class GroupChangesIn(serializers.Serializer[Group]):
    """`units` and `people` replace the whole list."""

    name = serializers.CharField(max_length=150, required=False)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    units = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_MEMBERS
    )
    people = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_MEMBERS
    )


class GroupIn(GroupChangesIn):
    name = serializers.CharField(max_length=150)
