from django_filters import rest_framework as filters

from outbox.models import Job


class JobFilter(filters.FilterSet):
    city = filters.CharFilter(field_name="schema_name")
    task = filters.CharFilter()

    class Meta:
        model = Job
        fields = ()
