"""The rules of a call on the wire: the same shape goes in and comes out."""

from rest_framework import serializers

from modules.applications.models.committees import PART_CHOICES

MOST_ROUNDS, MOST_NUMBER, MOST_UNITS, MOST_QUESTIONS = 50, 10_000, 20_000, 5
MOST_APPROVERS = 8
MOST_COMMITTEES, MOST_MEMBERS, MOST_PHASES = 20, 100, 10
KEY = r"^[a-z][a-z0-9_]{0,39}$"
CODE = r"^[a-z][a-z0-9_]*$"


def number(**rest: object) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=MOST_NUMBER, **rest)  # type: ignore[arg-type]  # DRF's own keywords


class OwnDeadlineShape(serializers.Serializer[None]):
    """Until when units of these kinds, or people who apply for themselves, may hand in."""

    kinds = serializers.ListField(child=serializers.SlugField(), default=list)
    people = serializers.BooleanField(default=False)
    closes_at = serializers.DateTimeField(allow_null=True, default=None)


class RoundShape(serializers.Serializer[None]):
    """A window; `closes_at` is the first moment when it is too late."""

    key = serializers.RegexField(KEY)
    name = serializers.CharField(max_length=100)
    opens_at = serializers.DateTimeField(allow_null=True, default=None)
    closes_at = serializers.DateTimeField(allow_null=True, default=None)
    pots = serializers.ListField(
        child=serializers.RegexField(CODE, max_length=60), default=list, max_length=50
    )
    own_deadlines = OwnDeadlineShape(many=True, default=list)


class EligibleShape(serializers.Serializer[None]):
    """Who may apply: everything named, together, but the excepted units; `kinds` are codes."""

    all_units = serializers.BooleanField(default=False)
    units = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=MOST_UNITS
    )
    kinds = serializers.ListField(child=serializers.SlugField(), default=list)
    groups = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=MOST_UNITS
    )
    except_units = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=MOST_UNITS
    )


class KindLimitShape(serializers.Serializer[None]):
    kind = serializers.SlugField()
    number = number()


class ExtraLimitShape(serializers.Serializer[None]):
    unit = serializers.UUIDField()
    number = number()


class CallLimitsShape(serializers.Serializer[None]):
    """How many applications; null is as many as one likes."""

    per_unit = number(allow_null=True, default=None)
    per_kind = KindLimitShape(many=True, default=list)
    extra = ExtraLimitShape(many=True, default=list)
    per_person = number(allow_null=True, default=None)
    person_questions = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=MOST_QUESTIONS
    )


class CommitteeMemberShape(serializers.Serializer[None]):
    """A seat; `to_at` is the first moment when it counts no more. `name` is told, never taken."""

    person = serializers.UUIDField()
    name = serializers.CharField(max_length=201, allow_blank=True, default="")
    part = serializers.ChoiceField(choices=PART_CHOICES, default="member")
    from_at = serializers.DateTimeField(allow_null=True, default=None)
    to_at = serializers.DateTimeField(allow_null=True, default=None)


class CommitteePhaseShape(serializers.Serializer[None]):
    """What is hidden from whoever scores; without `from_at` from the publication on."""

    from_at = serializers.DateTimeField(allow_null=True, default=None)
    to_at = serializers.DateTimeField(allow_null=True, default=None)
    hides_applicant = serializers.BooleanField(default=False)
    hides_members = serializers.BooleanField(default=False)


class CommitteeShape(serializers.Serializer[None]):
    """Who scores in place of a function's holders; `each_to` null: every member everything."""

    key = serializers.RegexField(KEY)
    name = serializers.CharField(max_length=200)
    function = serializers.CharField(max_length=60, allow_blank=True, default="")
    rounds = serializers.ListField(
        child=serializers.RegexField(KEY), default=list, max_length=MOST_ROUNDS
    )
    each_to = serializers.IntegerField(
        min_value=1, max_value=MOST_MEMBERS, allow_null=True, default=None
    )
    members = serializers.ListField(
        child=CommitteeMemberShape(), default=list, max_length=MOST_MEMBERS
    )
    phases = serializers.ListField(
        child=CommitteePhaseShape(), default=list, max_length=MOST_PHASES
    )


class CallRulesShape(serializers.Serializer[None]):
    description = serializers.CharField(
        max_length=20_000, allow_blank=True, default="", trim_whitespace=False
    )
    rounds = RoundShape(many=True, default=list)
    audience = EligibleShape(default=dict)
    limits = CallLimitsShape(default=dict)
    approvers = serializers.ListField(
        child=serializers.RegexField(CODE, max_length=60),
        default=list,
        max_length=MOST_APPROVERS,
        help_text="Kody funkcji, które kolejno zatwierdzają rekomendację",
    )
    blocks_overdue = serializers.BooleanField(
        default=True, help_text="Czy zaległe sprawozdanie wstrzymuje składanie wniosków"
    )
    committees = serializers.ListField(
        child=CommitteeShape(), default=list, max_length=MOST_COMMITTEES
    )

    def validate_committees(self, committees: list[dict[str, object]]) -> list[dict[str, object]]:
        keys = [one["key"] for one in committees]
        if len(set(keys)) != len(keys):
            message = "Dwie komisje mają ten sam klucz. Usuń jedną i dodaj ją na nowo."
            raise serializers.ValidationError(message)
        return committees

    def validate_rounds(self, rounds: list[dict[str, object]]) -> list[dict[str, object]]:
        if len(rounds) > MOST_ROUNDS:
            message = f"Nabór może mieć najwyżej {MOST_ROUNDS} tur."
            raise serializers.ValidationError(message)
        keys = [one["key"] for one in rounds]
        if len(set(keys)) != len(keys):
            message = "Dwie tury mają ten sam klucz. Usuń jedną i dodaj ją na nowo."
            raise serializers.ValidationError(message)
        return rounds
