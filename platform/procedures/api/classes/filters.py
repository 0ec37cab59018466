"""What the list may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from procedures.models import CaseClass
from procedures.selectors import class_list


class ClassFilters(filters.FilterSet):
    search = filters.CharFilter(method="matching")

    def matching(self, rows: QuerySet[CaseClass], _name: str, text: str) -> QuerySet[CaseClass]:
        return class_list.classes_matching(rows, text)
