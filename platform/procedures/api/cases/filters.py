"""What the lists may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from procedures.models import Case
from procedures.selectors import case_list


class CaseFilters(filters.FilterSet):
    procedure = filters.UUIDFilter(field_name="procedure")
    stage = filters.CharFilter(field_name="stage")
    state = filters.ChoiceFilter(choices=Case.State.choices)
    meaning = filters.ChoiceFilter(choices=Case.Meaning.choices)
    unit = filters.UUIDFilter(field_name="unit_id")
    side = filters.ChoiceFilter(choices=Case.Side.choices, field_name="ball_side")
    mine = filters.BooleanFilter(method="only_mine", help_text="Czeka na mnie albo jest moja")
    overdue = filters.BooleanFilter(method="only_overdue")
    search = filters.CharFilter(method="matching")

    def only_mine(
        self,
        cases: QuerySet[Case],
        _name: str,
        is_mine: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Case]:
        return case_list.only_mine(self.request.user, cases, is_mine=is_mine)

    def only_overdue(
        self,
        cases: QuerySet[Case],
        _name: str,
        is_overdue: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Case]:
        late = case_list.overdue()
        return cases.filter(late if is_overdue else ~late)

    def matching(self, cases: QuerySet[Case], _name: str, text: str) -> QuerySet[Case]:
        return case_list.cases_matching(cases, text)
