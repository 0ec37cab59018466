"""What the list may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from procedures.models import LetterTemplate
from procedures.selectors import templates


class LetterTemplateFilters(filters.FilterSet):
    search = filters.CharFilter(method="matching")

    def matching(
        self, rows: QuerySet[LetterTemplate], _name: str, text: str
    ) -> QuerySet[LetterTemplate]:
        return templates.templates_matching(rows, text)
