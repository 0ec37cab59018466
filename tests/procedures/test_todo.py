from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Substitution
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, again
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory
from todo.selectors import todo_of
from units.models import Unit

pytestmark = pytest.mark.django_db


def waiting_for(person):
    return [row.subject_id for row in todo_of(again(person))]


def test_the_list_holds_what_waits_for_ones_functions(case, clerk, boss, head):
    assert waiting_for(clerk) == [case.pk]
    assert waiting_for(boss) == []
    assert waiting_for(head) == []

    made.perform(case, clerk, "complete")

    assert waiting_for(clerk) == []
    assert waiting_for(boss) == [case.pk]


def test_the_applicants_side_is_waited_for_too(case, clerk, head, unit):
    colleague = made.head_of(unit)
    elsewhere = made.head_of(UnitFactory())
    made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})

    assert waiting_for(head) == waiting_for(colleague) == [case.pk]
    assert waiting_for(elsewhere) == []


def test_whoever_may_open_anywhere_is_not_flooded_with_every_units_matters(procedure, unit, head):
    made.opened(procedure, head, unit)
    everywhere = made.person_with(made.Permission.OPEN_CASE)

    assert waiting_for(everywhere) == []
    MembershipFactory(person=everywhere, unit=unit)
    assert len(waiting_for(everywhere)) == 1


def test_a_substitute_sees_the_matters_of_the_absent_and_in_whose_place(case, clerk):
    substitute = PersonFactory()
    today = timezone.localdate()
    Substitution.objects.create(person=clerk, substitute=substitute, starts_on=today, ends_on=today)

    [row] = todo_of(substitute)
    assert (row.subject_id, row.in_place_of_name) == (case.pk, "Ewa Lis")
    [own] = todo_of(clerk)
    assert own.in_place_of_name == ""


def test_a_substitute_of_a_substitute_sees_them_too(case, clerk):
    second, third = PersonFactory(), PersonFactory()
    today = timezone.localdate()
    for absent, present in ((clerk, second), (second, third)):
        Substitution.objects.create(
            person=absent, substitute=present, starts_on=today, ends_on=today
        )

    assert waiting_for(third) == [case.pk]
    assert waiting_for(second) == []


def test_a_function_held_for_a_unit_hides_that_unit_from_the_citys_holder(
    procedure, case, clerk, unit
):
    own = made.officer()
    made.holder("referent", own, scope_kind="unit", scope_id=unit.pk)
    other_unit = UnitFactory()
    other = made.submitted(procedure, made.head_of(other_unit), other_unit)

    assert waiting_for(own) == [case.pk]
    assert waiting_for(clerk) == [other.pk]


def test_a_function_held_by_a_role_counts_where_the_role_does(procedure, case, unit):
    there = made.person_with(made.Permission.ACT_IN_CASE, scope_kind="unit", scope_id=unit.pk)
    elsewhere = made.person_with(
        made.Permission.ACT_IN_CASE, scope_kind="unit", scope_id=UnitFactory().pk
    )
    for person in (there, elsewhere):
        made.holder("referent", None, role=person.assignments.get().role)

    assert waiting_for(there) == [case.pk]
    assert waiting_for(elsewhere) == []


def test_a_section_has_its_own_holder(procedure, head, unit, clerk):
    section = SectionFactory()
    own = made.officer()
    made.holder("referent", own, scope_kind="section", scope_id=section.pk)
    case = made.answered(made.opened(procedure, head, unit, section_id=section.pk), tytul="X")
    made.perform(case, head, "submitted")

    assert waiting_for(own) == [case.pk]
    assert waiting_for(clerk) == []


def test_the_nearest_term_comes_first_and_no_term_last(procedure, head, unit, clerk):
    cases = [made.submitted(procedure, head, unit) for _ in range(3)]
    now = timezone.now()
    for case, due in zip(
        cases, (None, now + timedelta(days=5), now + timedelta(days=1)), strict=True
    ):
        made.waiting(case).update(due_at=due)

    assert waiting_for(clerk) == [cases[2].pk, cases[1].pk, cases[0].pk]


def test_the_list_costs_as_many_queries_for_one_case_as_for_many(
    case, clerk, head, api, django_assert_num_queries
):
    client = api(clerk)
    client.get("/api/v1/todo/waiting/")
    with django_assert_num_queries(8):
        assert client.get("/api/v1/todo/waiting/").json()["count"] == 1
    unit = Unit.objects.get(pk=case.unit_id)
    for _ in range(7):
        made.submitted(case.procedure, head, unit)
    with django_assert_num_queries(8):
        assert client.get("/api/v1/todo/waiting/").json()["count"] == 8


def test_the_list_is_searched_narrowed_and_counted(procedure, head, unit, clerk, api):
    first = made.submitted(procedure, head, unit)
    other_unit = UnitFactory(short_name="MDK nr 3")
    second = made.submitted(procedure, made.head_of(other_unit), other_unit)
    late = timezone.now() - timedelta(days=1)
    made.waiting(first).update(due_at=late)
    client, url = api(clerk), "/api/v1/todo/waiting/"

    def found(**query):
        return [row["url"].rsplit("/", 1)[1] for row in client.get(url, query).json()["results"]]

    assert found(search="mdk 3") == [str(second.pk)]
    assert found(group="overdue") == [str(first.pk)]
    assert found(module="procedures") == [str(first.pk), str(second.pk)]
    assert found(module="messaging") == found(code="procedures.apply") == []
    assert client.get(f"{url}count/").json() == {
        "count": 2, "overdue": 1, "today": 0, "week": 0, "later": 1,
    }  # fmt: skip
    [row] = [one for one in client.get(url).json()["results"] if one["url"].endswith(str(first.pk))]
    assert row == row | {
        "what": "Sprawdź formalnie",
        "title": "Grant, SP nr 7",
        "details": "Grant · SP nr 7",
        "code": "procedures.act",
        "kind": "Krok w sprawie",
        "module": "Procedury",
        "group": "overdue",
        "in_place_of": None,
        "url": f"/procedures/cases/{first.pk}",
    }


def test_the_other_citys_list_is_empty(case, clerk, in_south, api):
    with in_south():
        stranger = made.officer("referent")
    answer = api(stranger, host="south.test").get("/api/v1/todo/waiting/")
    assert answer.json()["count"] == 0
