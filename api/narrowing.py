"""How a list is narrowed and ordered by query parameters.

What a list does not know is refused with a sentence: a misspelt name would else show everything.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django_filters import filters
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

ORDERING = "ordering"
COLUMNS = "columns"
"""What an export may be told besides: the columns of the screen, as they stand there."""
PAGING = frozenset({"page", "page_size"})
ANSWERS = frozenset({"true", "false"})
UNKNOWN = "Tej listy nie można tak zawęzić. Można podać: {known}."
NO_ANSWER = "Podaj „true” albo „false”."
UNKNOWN_ORDER = "Tej listy nie można tak ułożyć. Można według: {known}; minus z przodu odwraca."
NO_ORDER = "Ta lista ma jeden układ i innego nie przyjmuje."


class Filters(DjangoFilterBackend):
    """Asks the view's filters only when the request says more than which page it wants.

    So a list is in its own order and narrowed by nothing unless somebody says so: no filter of ours
    does anything with a value that was not given. `asked_besides` of a view names the parameters
    that it reads itself.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        if PAGING.issuperset(request.query_params) or _is_of_one(view):
            return queryset
        self._refuse_the_unknown(request, view)
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found

    def _refuse_the_unknown(self, request: Request, view: APIView) -> None:
        shape = self.get_filterset_class(view, None)
        filters_of = dict(shape.base_filters) if shape else {}
        read = {*filters_of, *getattr(view, "asked_besides", ()), ORDERING}
        if getattr(view, "action", None) == "export":
            read.add(COLUMNS)
        unknown = sorted(request.query_params.keys() - read - PAGING)
        if unknown:
            told = UNKNOWN.format(known=", ".join(sorted(read)))
            raise ValidationError({name: [told] for name in unknown})
        for name, one in filters_of.items():
            value = request.query_params.get(name, "")
            if isinstance(one, filters.BooleanFilter) and value.lower() not in {"", *ANSWERS}:
                raise ValidationError({name: [NO_ANSWER]})


class Order(BaseFilterBackend):
    """Orders a list by the names that its view gives in `ordering_fields`, and by no other.

    A view gives columns by their own names, or names for columns; words that people read are
    ordered by the key beside them (`SortKeyField`). Rows that are equal in it keep the list's own
    order, which ends with their ids, so that no page repeats what another showed.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        wanted = request.query_params.get(ORDERING, "")
        if not wanted or _is_of_one(view):
            return queryset
        columns = orders_of(view)
        terms = []
        for name in wanted.split(","):
            minus, _, bare = name.strip().rpartition("-")
            if minus or bare not in columns:
                told = UNKNOWN_ORDER.format(known=", ".join(columns)) if columns else NO_ORDER
                raise ValidationError({ORDERING: [told]})
            terms.append(f"{'-' if name.strip() != bare else ''}{columns[bare]}")
        return queryset.order_by(*terms, *queryset.query.order_by)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """As the OpenAPI document tells it; a list of one order takes no such parameter."""
        columns = orders_of(view)
        told = f"Which order: {', '.join(columns)}; a minus in front reverses it"
        parameter = {
            "name": ORDERING,
            "required": False,
            "in": "query",
            "description": told,
            "schema": {"type": "string"},
        }
        return [parameter] if columns else []


def orders_of(view: APIView) -> Mapping[str, str]:
    """Each name that the view's list can be ordered by, and the column behind it."""
    given = getattr(view, "ordering_fields", ())
    return given if isinstance(given, Mapping) else {name: name for name in given}


def _is_of_one(view: APIView) -> bool:
    """Whether the address names a record, so that there is no list to narrow."""
    return getattr(view, "lookup_field", "pk") in view.kwargs
