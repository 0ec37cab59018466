"""What presses, of many people at once: the same rows as each one's own list, at one's price."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role, Substitution
from procedures.permissions import Permission as Procedures
from tests.factories import messaging
from tests.factories import procedures as cases
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory
from todo.models import Waiting
from todo.selectors import pressing_for, todo_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOON = NOW + timedelta(days=3)
WEEK = NOW + timedelta(days=7)


@pytest.fixture
def everybody(case, clerk, boss, head, unit):
    """A city in which every way of being waited for is there, with rows that are due soon."""
    section = SectionFactory()
    replaced, stand_in, unsafe = messaging.head_of(unit), PersonFactory(), messaging.head_of(unit)
    today = timezone.localdate()
    Substitution.objects.create(
        person=replaced, substitute=stand_in, starts_on=today, ends_on=today
    )
    Substitution.objects.create(person=boss, substitute=stand_in, starts_on=today, ends_on=today)
    Role.objects.filter(assignments__person=unsafe).update(requires_mfa=True)
    there = person_with(Procedures.ACT_IN_CASE, scope_kind="unit", scope_id=unit.pk)
    cases.holder("referent", None, role=there.assignments.get().role)
    of_section = cases.officer()
    cases.holder("kierownik", of_section, scope_kind="section", scope_id=section.pk)
    in_the_city = person_with(Procedures.OPEN_CASE)
    MembershipFactory(person=in_the_city, unit=unit)
    outsider = person_with(Procedures.OPEN_CASE, scope_kind="unit", scope_id=unit.pk)
    text = messaging.TEXT_ONLY
    messaging.sent(messaging.clerk(), [unit, UnitFactory()], [clerk, replaced], answer_request=text)
    second = cases.opened(case.procedure, head, unit, section_id=section.pk)
    cases.perform(cases.answered(second, tytul="X"), head, "submitted")
    cases.perform(second, clerk, "complete")
    cases.opened(case.procedure, head, unit)
    Waiting.objects.update(due_at=SOON)
    Waiting.objects.filter(code="procedures.act").first().excused.append(clerk.pk)
    return [
        *(clerk, boss, head, replaced, stand_in, unsafe, there, of_section),
        *(in_the_city, outsider, PersonFactory()),
    ]


def fresh(people):
    return [type(one).objects.get(pk=one.pk) for one in people]


def test_it_is_what_each_ones_own_list_says(everybody):
    together = pressing_for(fresh(everybody), WEEK)

    alone = {one.pk: list(todo_of(one)) for one in fresh(everybody)}
    assert together == alone
    assert {len(rows) for rows in alone.values()} == {0, 1, 2}
    assert {row.code for rows in alone.values() for row in rows} == {
        "messaging.answer",
        "procedures.act",
        "procedures.apply",
    }


def test_what_is_due_later_or_never_does_not_press(everybody):
    first, *_ = rows = list(todo_of(everybody[0]))
    Waiting.objects.filter(pk__in=[one.pk for one in rows]).update(due_at=None)
    Waiting.objects.filter(pk=first.pk).update(due_at=WEEK + timedelta(seconds=1))

    assert pressing_for(fresh(everybody[:1]), WEEK)[everybody[0].pk] == []


def test_many_people_cost_as_many_queries_as_few(everybody, unit, django_assert_num_queries):
    few = fresh(everybody)
    many = [*few, *(cases.head_of(unit) for _ in range(20)), *(cases.officer() for _ in range(20))]
    # the rows; absences; roles and factors; homes; functions, who plays them by a role, their roles
    for people in (few, many):
        with django_assert_num_queries(8):
            pressing_for(people, WEEK)
