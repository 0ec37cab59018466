from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from accounts import selectors as accounts
from modules.directory import selectors
from units.models import UnitQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


class UnitFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label="nazwa, numer RSPO albo ulica")
    kind = django_filters.CharFilter(field_name="kind__code", label="kod rodzaju")
    group = django_filters.UUIDFilter(field_name="groups", label="grupa")
    is_open = django_filters.BooleanFilter(method="open_or_closed", label="czynna")

    def matching(self, units: UnitQuerySet, name: str, value: str) -> UnitQuerySet:
        return selectors.units_matching(units, value)

    def open_or_closed(self, units: UnitQuerySet, name: str, value: Any) -> UnitQuerySet:
        return units.open_now() if value else units.closed_now()


class PersonFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label="imię, nazwisko albo e-mail")
    group = django_filters.UUIDFilter(method="in_group", label="grupa")
    ids = django_filters.CharFilter(method="chosen", label="te osoby (powtarzane)")

    def matching(self, people: "QuerySet[Person]", name: str, value: str) -> "QuerySet[Person]":
        return accounts.people_matching(people, value)

    def in_group(self, people: "QuerySet[Person]", name: str, value: UUID) -> "QuerySet[Person]":
        groups = selectors.groups_visible_to(self.request.user).filter(pk=value)
        return people.filter(pk__in=groups.values("people"))

    @extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
    def chosen(self, people: "QuerySet[Person]", name: str, value: str) -> "QuerySet[Person]":
        try:
            ids = [UUID(one) for one in self.data.getlist("ids")]
        except ValueError as wrong:
            raise ValidationError({"ids": ["To nie jest identyfikator."]}) from wrong
        return people.filter(pk__in=ids)


class GroupFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="nazwa")
