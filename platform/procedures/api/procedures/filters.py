"""What the list may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from procedures import selectors
from procedures.models import Procedure


class ProcedureFilters(filters.FilterSet):
    archived = filters.BooleanFilter(field_name="is_archived")
    search = filters.CharFilter(method="matching")

    def matching(
        self, procedures: QuerySet[Procedure], _name: str, text: str
    ) -> QuerySet[Procedure]:
        return selectors.procedures_matching(procedures, text)
