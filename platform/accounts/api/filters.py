"""What a list may be narrowed by; each name is a query parameter."""

from typing import ClassVar, cast
from uuid import UUID

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from accounts import selectors
from accounts.models import (
    Assignment,
    AssignmentQuerySet,
    Joining,
    JoiningQuerySet,
    Motion,
    MotionQuerySet,
    Person,
    Substitution,
)


class PersonFilters(filters.FilterSet):
    search = filters.CharFilter(method="matching")
    role = filters.UUIDFilter(method="with_role")
    unit = filters.UUIDFilter(method="of_unit")

    class Meta:
        model = Person
        fields = ["is_active"]

    def matching(self, people: QuerySet[Person], _name: str, text: str) -> QuerySet[Person]:
        return selectors.people_matching(people, text)

    def of_unit(self, people: QuerySet[Person], _name: str, unit: UUID) -> QuerySet[Person]:
        seen = selectors.people_of_unit(cast("Person", self.request.user), unit)
        return people.filter(pk__in=seen.values("pk"))

    def with_role(self, people: QuerySet[Person], _name: str, role: UUID) -> QuerySet[Person]:
        held = selectors.roles_seen(cast("Person", self.request.user)).filter(role=role)
        return people.filter(pk__in=held.values("person"))


class AssignmentFilters(filters.FilterSet):
    in_force = filters.BooleanFilter(method="counting_today")
    scope_id = filters.UUIDFilter()

    class Meta:
        model = Assignment
        fields = ["person", "role", "scope_kind"]

    def counting_today(
        self,
        assignments: AssignmentQuerySet,
        _name: str,
        is_in_force: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Assignment]:
        in_force = assignments.in_force()
        return in_force if is_in_force else assignments.exclude(pk__in=in_force.values("pk"))


class SubstitutionFilters(filters.FilterSet):
    ends_after = filters.DateFilter("ends_on", lookup_expr="gte")

    class Meta:
        model = Substitution
        fields = ["person", "substitute"]


class JoiningFilters(filters.FilterSet):
    is_open = filters.BooleanFilter(method="waiting_now")

    class Meta:
        model = Joining
        fields: ClassVar[list[str]] = []

    def waiting_now(
        self,
        joinings: JoiningQuerySet,
        _name: str,
        is_open: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Joining]:
        waiting = joinings.open_now()
        return waiting if is_open else joinings.exclude(pk__in=waiting.values("pk"))


class MotionFilters(filters.FilterSet):
    is_open = filters.BooleanFilter(method="waiting_now")

    class Meta:
        model = Motion
        fields: ClassVar[list[str]] = ["kind", "person"]

    def waiting_now(
        self,
        motions: MotionQuerySet,
        _name: str,
        is_open: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Motion]:
        waiting = motions.open_now()
        return waiting if is_open else motions.exclude(pk__in=waiting.values("pk"))
