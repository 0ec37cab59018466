"""What the lists may be narrowed by; each name is a query parameter."""

from typing import TYPE_CHECKING, cast

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from procedures.models import Case
from procedures.selectors import cases as selectors
from procedures.standing import Standing

if TYPE_CHECKING:
    from accounts.models import Person


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
        standing = Standing(cast("Person", self.request.user))
        mine = Q(standing.waited_for()) | standing.has()
        return cases.filter(mine if is_mine else ~mine)

    def only_overdue(
        self,
        cases: QuerySet[Case],
        _name: str,
        is_overdue: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Case]:
        late = selectors.overdue()
        return cases.filter(late if is_overdue else ~late)

    def matching(self, cases: QuerySet[Case], _name: str, text: str) -> QuerySet[Case]:
        return selectors.cases_matching(cases, text)
