import pytest

from accounts.models import Assignment, Role
from procedures.permissions import Permission
from procedures.services.steps import telling
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory
from tests.procedures.test_what_a_case_costs import substitute_of
from todo import selectors as todo

pytestmark = pytest.mark.django_db


def test_who_plays_the_functions_is_asked_in_four_queries_for_one_and_for_thirty(
    case, clerk, django_assert_num_queries
):
    case = made.fresh(case)
    with django_assert_num_queries(4):
        assert telling.players(case, ["referent"]) == {"referent": [clerk]}

    codes = [f"funkcja_{number}" for number in range(30)]
    people = [made.officer(code) for code in codes for _ in range(2)]
    without_the_right = PersonFactory()
    made.holder(codes[0], without_the_right)

    with django_assert_num_queries(4):
        found = telling.players(case, codes)
    assert {code: set(found[code]) for code in codes} == {
        code: set(people[2 * number : 2 * number + 2]) for number, code in enumerate(codes)
    }


def test_thirty_players_by_one_role_with_substitutes_cost_one_query_more(
    case, django_assert_num_queries
):
    role = Role.objects.create(name="Komisja", permissions=[Permission.ACT_IN_CASE])
    made.holder("komisja", None, role=role)
    people = PersonFactory.create_batch(30)
    for one in people:
        Assignment.objects.create(person=one, role=role)
    substitute = substitute_of(people[0])
    case = made.fresh(case)

    with django_assert_num_queries(5):
        found = telling.players(case, ["komisja"])["komisja"]

    assert set(found) == {substitute, *people[1:]}


def test_whom_a_row_of_a_unit_means_costs_the_same_for_one_and_for_thirty(
    procedure, head, unit, django_assert_num_queries
):
    case = made.opened(procedure, head, unit)
    [row] = made.waiting(case)
    with django_assert_num_queries(3):
        assert todo.people_behind(row) == [head]

    colleagues = [made.head_of(unit) for _ in range(29)]
    MembershipFactory(person=PersonFactory(), unit=unit)

    [row] = made.waiting(case)
    with django_assert_num_queries(3):
        assert set(todo.people_behind(row)) == {head, *colleagues}
