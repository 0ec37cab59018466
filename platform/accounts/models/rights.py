from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts import scopes
from accounts.models.person import Person
from opium.models import Record, SortKeyField


class Role(Record):
    """A name for a set of permissions; each city has its own."""

    name = models.CharField("nazwa", max_length=100)
    description = models.CharField("opis", max_length=300, blank=True, default="")
    permissions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    requires_mfa = models.BooleanField("wymaga drugiego składnika", default=False)
    """Whether nobody may use it, or any other right, before having a second factor."""
    sort_key = SortKeyField(source="name")

    holder_count: int
    """Set by `selectors.roles_visible_to`: how many people have it today."""

    class Meta:
        verbose_name = "rola"
        verbose_name_plural = "role"
        constraints = [models.UniqueConstraint(fields=["name"], name="one_role_per_name")]

    def __str__(self) -> str:
        return self.name


class RoleOffer(Record):
    """What of a starting role this city has been given or asked about so far.

    It outlives the role: one that the city has deleted is not made again.
    """

    code = models.SlugField(max_length=60)
    role = models.OneToOneField(
        Role, on_delete=models.SET_NULL, related_name="offer", null=True, blank=True
    )
    offered = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        verbose_name = "rola początkowa"
        constraints = [models.UniqueConstraint(fields=["code"], name="one_offer_per_starting_role")]

    def __str__(self) -> str:
        return self.code


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date | None = None) -> "AssignmentQuerySet":
        """What counts that day, or today."""
        today = on or timezone.localdate()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
        )


class Assignment(Record):
    """A person holds a role somewhere, from a day to a day (both included)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments")
    scope_kind = models.CharField(max_length=20, default=scopes.CITY)
    scope_id = models.UUIDField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    scope_name: str
    """Set by `selectors.with_places`: what people call the place."""
    has_factor: bool
    """Set by `selectors.grants`: whether the person has a second factor."""

    class Meta:
        verbose_name = "nadana rola"
        verbose_name_plural = "nadane role"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "scope_kind", "scope_id"],
                name="one_assignment_per_scope",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="only_the_city_needs_no_place",
                condition=Q(scope_kind=scopes.CITY, scope_id=None)
                | (~Q(scope_kind=scopes.CITY) & Q(scope_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"

    @property
    def is_in_force(self) -> bool:
        today = timezone.localdate()
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or self.valid_to >= today
        )


class Function(Record):
    """A part that somebody plays in the city's procedures, such as „zatwierdza za referat”."""

    code = models.SlugField("kod", max_length=60)
    name = models.CharField("nazwa", max_length=150)
    description = models.CharField("opis", max_length=300, blank=True, default="")
    sort_key = SortKeyField(source="name")

    class Meta:
        verbose_name = "funkcja"
        constraints = [models.UniqueConstraint(fields=["code"], name="one_function_per_code")]

    def __str__(self) -> str:
        return self.name


class Holder(Record):
    """Who plays the function in the whole city or in one place: a person, or whoever has a role."""

    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="holders")
    scope_kind = models.CharField(max_length=20, default=scopes.CITY)
    scope_id = models.UUIDField(null=True, blank=True)
    scope_name: str
    """Set by `selectors.with_places`: what people call the place."""
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="holders", null=True, blank=True
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "przypisanie funkcji"
        constraints = [
            models.UniqueConstraint(
                fields=["function", "scope_kind", "scope_id", "role", "person"],
                name="no_holder_twice",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="holder_is_a_role_or_a_person",
                condition=Q(role=None, person__isnull=False) | Q(role__isnull=False, person=None),
            ),
            models.CheckConstraint(
                name="only_the_city_needs_no_place_to_hold",
                condition=Q(scope_kind=scopes.CITY, scope_id=None)
                | (~Q(scope_kind=scopes.CITY) & Q(scope_id__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}: {self.role or self.person}"


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    def in_force(self) -> "SubstitutionQuerySet":
        return self.in_force_on(timezone.localdate())

    def in_force_on(self, day: date) -> "SubstitutionQuerySet":
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Substitution(Record):
    """An absence from a day to a day (both included), and who takes the matters meanwhile."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    substitute = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="substitutions")
    starts_on = models.DateField("od")
    ends_on = models.DateField("do")
    reason = models.CharField("powód", max_length=200, blank=True, default="")

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "zastępstwo"
        constraints = [
            models.CheckConstraint(
                name="nobody_substitutes_themselves", condition=~Q(person=F("substitute"))
            ),
            models.CheckConstraint(
                name="substitution_ends_after_it_begins",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes = [models.Index(name="substitution_by_days", fields=["starts_on", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.person} → {self.substitute}"
