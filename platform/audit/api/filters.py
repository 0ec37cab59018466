from django.db.models import QuerySet
from django_filters import rest_framework as filters

from audit import selectors
from audit.models import Entry, Outcome


class EntryFilter(filters.FilterSet):
    search = filters.CharFilter(method="matching")
    actor = filters.UUIDFilter(field_name="actor_id")
    target = filters.CharFilter(field_name="target_id")
    deed = filters.CharFilter(method="of_deed")
    right = filters.CharFilter()
    outcome = filters.ChoiceFilter(choices=Outcome.choices)
    since = filters.DateFilter(field_name="at", lookup_expr="date__gte")
    until = filters.DateFilter(field_name="at", lookup_expr="date__lte")

    class Meta:
        model = Entry
        fields = ()

    def matching(self, entries: QuerySet[Entry], _name: str, text: str) -> QuerySet[Entry]:
        return selectors.entries_matching(entries, text)

    def of_deed(self, entries: QuerySet[Entry], _name: str, deed: str) -> QuerySet[Entry]:
        return selectors.entries_of_deed(entries, deed)
