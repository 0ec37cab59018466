"""Limits hold however many press at once, and for a person whoever applies for them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from modules.applications import services
from modules.applications.errors import PersonReached
from modules.applications.models import Application
from opium.errors import Conflict
from procedures.models import Case
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import again
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


def for_a_person(**limits):
    asked = forms.published(forms.question("tytul"), forms.question("pesel"))
    limits = {"per_person": 1, "person_questions": ["pesel"], **limits}
    return made.published(procedures.published(form=asked), made.rules(limits=limits))


def test_a_person_is_applied_for_once_however_they_are_written_and_whoever_applies(unit, head):
    call = for_a_person()
    other = UnitFactory()
    first = made.handed_in(call, head, unit, pesel="440514-01458")

    again_draft = made.begun(call, procedures.head_of(other), other)
    with pytest.raises(PersonReached, match=r"ile wolno \(1\)"):
        made.hand_in(again_draft, again_draft.case.opened_by, pesel="44051401458 ")
    assert made.again(again_draft).case.sheet.state == "draft"
    assert made.hand_in(again_draft, again_draft.case.opened_by, pesel="02070803628").submitted_at

    kept = made.again(first).person_digest
    assert len(kept) == 64
    assert "44051401458" not in kept


def test_another_city_tells_the_same_person_by_another_digest(unit, head, in_south):
    mine = made.handed_in(for_a_person(), head, unit, pesel="44051401458").person_digest
    with in_south():
        there = UnitFactory()
        theirs = made.handed_in(
            for_a_person(), procedures.head_of(there), there, pesel="44051401458"
        ).person_digest

    assert theirs
    assert theirs != mine


def at_once(city, number, work):
    """`work(n)` in so many threads with connections of their own; what each came to."""

    def attempt(one):
        try:
            with tenant_context(city):
                work(one)
        except Conflict:
            return "refused"
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(number) as pool:
        return sorted(pool.map(attempt, range(number)))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_last_application_at_once_one_gets_it(city):
    with tenant_context(city):
        unit = UnitFactory()
        people = [procedures.head_of(unit) for _ in range(8)]
        call = made.published(said=made.rules(limits={"per_unit": 2}))

    results = at_once(city, 8, lambda n: made.begun(call, people[n], unit))

    assert results == ["in"] * 2 + ["refused"] * 6
    with tenant_context(city):
        assert Application.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_exactly_the_limit_is_handed_in_when_all_press_at_once(city, clerk):
    with tenant_context(city):
        unit = UnitFactory()
        head = procedures.head_of(unit)
        call = made.published(said=made.rules(limits={"per_unit": 8}), actor=clerk)
        drafts = [made.begun(call, head, unit) for _ in range(8)]
        for one in drafts:
            procedures.answered(one.case, tytul="Teatr")
        services.change_call(
            actor=clerk, call=call, content={"rules": made.rules(limits={"per_unit": 3})}
        )
        services.publish_call(actor=clerk, call=call)

    def hand_in(number):
        steps.perform(actor=again(head), case=drafts[number].case, action="submitted")

    results = at_once(city, 8, hand_in)

    assert results == ["in"] * 3 + ["refused"] * 5
    with tenant_context(city):
        assert Case.objects.filter(stage="ocena").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_person_for_whom_two_units_apply_at_once_is_applied_for_once(city):
    with tenant_context(city):
        units = [UnitFactory() for _ in range(6)]
        call = for_a_person()
        drafts = []
        for unit in units:
            one = made.begun(call, procedures.head_of(unit), unit)
            procedures.answered(one.case, tytul="Teatr", pesel="44051401458")
            drafts.append(one)

    def hand_in(number):
        case = drafts[number].case
        steps.perform(actor=again(case.opened_by), case=case, action="submitted")

    assert at_once(city, 6, hand_in) == ["in"] + ["refused"] * 5
