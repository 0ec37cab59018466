"""How a list is narrowed and ordered by query parameters."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

PAGING = frozenset({"page", "page_size"})


class Filters(DjangoFilterBackend):
    """Asks the view's filters only when the request says more than which page it wants.

    So a list is in its own order and narrowed by nothing unless somebody says so: no filter of ours
    does anything with a value that was not given.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        if PAGING.issuperset(request.query_params):
            return queryset
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found
