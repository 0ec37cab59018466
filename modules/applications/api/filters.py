"""What a list may be narrowed by; each name is a query parameter."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from modules.applications import selectors
from modules.applications.models import Call
from procedures.selectors import case_list

if TYPE_CHECKING:
    from procedures.models import Case


class CallFilters(filters.FilterSet):
    state = filters.ChoiceFilter(choices=Call.State.choices)
    year = filters.NumberFilter(field_name="year")
    procedure = filters.UUIDFilter(field_name="procedure")
    is_test = filters.BooleanFilter(field_name="is_test")
    search = filters.CharFilter(method="matching")

    def matching(self, calls: QuerySet[Call], _name: str, text: str) -> QuerySet[Call]:
        return selectors.calls_matching(calls, text)


class ApplicationFilters(filters.FilterSet):
    standing = filters.ChoiceFilter(
        choices=[(name, name) for name in selectors.STATES],
        method="standing_so",
        help_text="Szkic, w toku, załatwiony pozytywnie, odmownie albo wycofany",
    )
    stage = filters.CharFilter(field_name="stage")
    round = filters.CharFilter(field_name="application__round")
    unit = filters.UUIDFilter(field_name="unit_id")
    side = filters.ChoiceFilter(choices=case_list.SIDES, field_name="ball_side")
    overdue = filters.BooleanFilter(method="only_overdue")
    search = filters.CharFilter(method="matching")

    def standing_so(self, cases: "QuerySet[Case]", _name: str, said: str) -> "QuerySet[Case]":
        return cases.filter(selectors.STATES[said])

    def only_overdue(
        self,
        cases: "QuerySet[Case]",
        _name: str,
        is_overdue: bool,  # noqa: FBT001  # django-filter's
    ) -> "QuerySet[Case]":
        late = case_list.overdue()
        return cases.filter(late if is_overdue else ~late)

    def matching(self, cases: "QuerySet[Case]", _name: str, text: str) -> "QuerySet[Case]":
        return case_list.cases_matching(cases, text)


class RegisterFilters(filters.FilterSet):
    year = filters.NumberFilter(field_name="application__call__year")
    procedure = filters.UUIDFilter(field_name="procedure")
    call = filters.UUIDFilter(field_name="application__call")
    unit = filters.UUIDFilter(field_name="unit_id")
    kind = filters.CharFilter(
        field_name="application__unit__kind__code", help_text="Kod rodzaju jednostki"
    )
    standing = filters.ChoiceFilter(
        choices=[(name, name) for name in selectors.STATES], method="standing_so"
    )
    side = filters.ChoiceFilter(choices=case_list.SIDES, field_name="ball_side")
    overdue = filters.BooleanFilter(method="only_overdue")
    unsettled = filters.BooleanFilter(
        method="only_unsettled", help_text="Przyznano więcej, niż rozliczono i zwrócono"
    )
    asked_from = filters.NumberFilter(field_name="asked", lookup_expr="gte")
    asked_to = filters.NumberFilter(field_name="asked", lookup_expr="lte")
    granted_from = filters.NumberFilter(field_name="granted", lookup_expr="gte")
    granted_to = filters.NumberFilter(field_name="granted", lookup_expr="lte")
    search = filters.CharFilter(method="matching")

    standing_so = ApplicationFilters.standing_so
    only_overdue = ApplicationFilters.only_overdue
    matching = ApplicationFilters.matching

    def only_unsettled(
        self,
        cases: "QuerySet[Case]",
        _name: str,
        is_unsettled: bool,  # noqa: FBT001  # django-filter's
    ) -> "QuerySet[Case]":
        return cases.filter(selectors.UNSETTLED if is_unsettled else ~selectors.UNSETTLED)


class OwnApplicationFilters(filters.FilterSet):
    standing = filters.ChoiceFilter(
        choices=[(name, name) for name in selectors.STATES], method="standing_so"
    )
    call = filters.UUIDFilter(field_name="application__call")
    search = filters.CharFilter(method="matching")

    def standing_so(self, cases: "QuerySet[Case]", _name: str, said: str) -> "QuerySet[Case]":
        return cases.filter(selectors.STATES[said])

    def matching(self, cases: "QuerySet[Case]", _name: str, text: str) -> "QuerySet[Case]":
        return case_list.cases_matching(cases, text)
