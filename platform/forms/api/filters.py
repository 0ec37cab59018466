"""What a list may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from forms import selectors
from forms.models import Form


class FormFilters(filters.FilterSet):
    is_archived = filters.BooleanFilter()
    search = filters.CharFilter(method="matching")

    def matching(self, forms: QuerySet[Form], _name: str, text: str) -> QuerySet[Form]:
        return forms.filter(pk__in=selectors.forms_matching(forms, text))
