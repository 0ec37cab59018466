"""What the list may be narrowed by; each name is a query parameter."""

from typing import cast

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters

from todo import registry, selectors
from todo.models import Group, Waiting


class WaitingFilters(filters.FilterSet):
    module = filters.CharFilter(method="of_module", help_text="Etykieta modułu")
    code = filters.CharFilter(field_name="code", help_text="Rodzaj, jak w odpowiedzi")
    group = filters.ChoiceFilter(
        choices=[(one, one) for one in selectors.GROUPS], method="in_group"
    )
    search = filters.CharFilter(method="matching")

    def of_module(self, rows: QuerySet[Waiting], _name: str, label: str) -> QuerySet[Waiting]:
        kinds = [one for one in registry.kinds_here() if registry.module_of(one.code) == label]
        return rows.filter(code__in=[one.code for one in kinds])

    def in_group(self, rows: QuerySet[Waiting], _name: str, group: str) -> QuerySet[Waiting]:
        return rows.filter(selectors.in_group(cast("Group", group), timezone.now()))

    def matching(self, rows: QuerySet[Waiting], _name: str, text: str) -> QuerySet[Waiting]:
        return selectors.matching(rows, text)
