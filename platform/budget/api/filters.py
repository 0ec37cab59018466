"""What the lists may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from budget import selectors
from budget.models import Classification, Entry, Pot


class PotFilters(filters.FilterSet):
    year = filters.NumberFilter(field_name="year")
    code = filters.CharFilter(field_name="code")
    parent = filters.UUIDFilter(field_name="parent")
    is_part = filters.BooleanFilter(field_name="parent", lookup_expr="isnull", exclude=True)
    search = filters.CharFilter(method="matching")

    class Meta:
        model = Pot
        fields: tuple[str, ...] = ()

    def matching(self, pots: QuerySet[Pot], _name: str, text: str) -> QuerySet[Pot]:
        return selectors.pots_matching(pots, text)


class EntryFilters(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=Entry.Kind.choices)
    owner = filters.UUIDFilter(field_name="owner_id")

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()


class ClassificationFilters(filters.FilterSet):
    year = filters.NumberFilter(field_name="year")
    is_active = filters.BooleanFilter(field_name="is_active")
    search = filters.CharFilter(method="matching")

    class Meta:
        model = Classification
        fields: tuple[str, ...] = ()

    def matching(
        self, positions: QuerySet[Classification], _name: str, text: str
    ) -> QuerySet[Classification]:
        return selectors.classifications_matching(positions, text)
