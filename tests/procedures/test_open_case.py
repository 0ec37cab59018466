from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from audit.models import Entry
from forms.selectors import project_sheet
from opium.errors import Conflict
from opium.permissions import MissingPermission
from procedures.errors import (
    ApplicantMissing,
    ProcedureNotOpen,
    ProcedureNotPublished,
)
from procedures.models import Case, CaseClass, Event, Procedure
from procedures.services import steps
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory
from tests.factories.budget import in_city
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


def test_a_unit_opens_a_case_and_it_waits_for_the_application(procedure, head, unit):
    case = made.opened(procedure, head, unit)

    assert (case.stage, case.round, case.ball_side) == ("nabor", 1, "applicant")
    assert (case.unit_id, case.unit_name, case.applicant) == (unit.pk, "SP nr 7", None)
    assert (case.title, case.sign) == ("Grant, SP nr 7", "")
    assert (case.sheet.state, case.sheet.purpose) == ("draft", "application")
    event = Event.objects.get(case=case)
    assert (event.number, event.action, event.label) == (1, "open", "Założono sprawę")
    entry = Entry.objects.filter(target_id=str(case.pk)).latest("id")
    assert entry.right == "procedures.open_case"


def test_a_case_is_called_by_the_answer_that_names_it_once_that_is_handed_in(head, unit, clerk):
    asked = forms.published(forms.question("tytul", options={"names": True}), forms.AMOUNT)
    procedure = made.published(form=asked)
    case = made.answered(made.opened(procedure, head, unit), tytul="Ogród zmysłów")
    assert case.title == "Grant, SP nr 7"

    case = made.perform(case, head, "submitted")

    assert (case.title, case.search) == ("Ogród zmysłów", "ogrod zmyslow sp nr 7")
    assert {one.title for one in made.waiting(case)} == {"Ogród zmysłów"}
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})
    case = made.perform(made.answered(case, tytul=" Chór "), head, "corrected")
    assert case.title == "Chór"
    assert made.submitted(procedure, head, unit, tytul="").title == "Grant, SP nr 7"


def test_only_whoever_may_open_for_the_unit_does(procedure, unit):
    elsewhere = made.head_of(UnitFactory())

    for person in (elsewhere, PersonFactory(), made.officer("referent")):
        with pytest.raises(MissingPermission):
            made.opened(procedure, person, unit)
    assert not Case.objects.exists()


def test_the_form_names_the_unit_from_the_start_and_takes_no_other(head, unit):
    asked = forms.published(
        forms.question("tytul"), forms.question("placowka", "unit", prefill="unit")
    )
    case = made.opened(made.published(form=asked), head, unit)
    assert case.sheet.answers == {"placowka": str(unit.pk)}
    assert case.sheet.unit_id == unit.pk

    other = UnitFactory()
    case = made.answered(case, placowka=str(other.pk), tytul="Teatr")
    (error,) = project_sheet(case.sheet).questions["placowka"].errors
    assert error.startswith("Ta sprawa jest innej jednostki.")


def test_an_officer_opens_in_the_units_place(procedure, unit):
    officer = made.person_with(made.Permission.OPEN_CASE)

    assert made.opened(procedure, officer, unit).unit_id == unit.pk


def test_a_unit_has_to_be_named_and_known(procedure, head):
    for unit_id in (None, uuid4()):
        with pytest.raises(ApplicantMissing):
            steps.open_case(actor=head, procedure=procedure, unit_id=unit_id)


def test_a_procedure_that_was_never_published_opens_nothing(head, unit):
    with pytest.raises(ProcedureNotPublished):
        made.opened(Procedure.objects.create(name="Szkic"), head, unit)


def test_a_person_applies_for_themselves_and_nobody_else_sees_it():
    procedure = made.published(applicant="person")
    person = made.person_with(made.Permission.OPEN_CASE, scope_kind="unit", scope_id=uuid4())
    other = made.person_with(made.Permission.OPEN_CASE, scope_kind="unit", scope_id=uuid4())

    case = made.answered(made.opened(procedure, person), tytul="Nagroda")

    assert (case.applicant, case.unit_id) == (person, None)
    with pytest.raises(steps.performing.NotYourPart):
        steps.perform(actor=other, case=case, action="submitted")
    assert made.perform(case, person, "submitted").stage == "ocena"


def test_the_limit_of_cases_of_a_unit_holds(head, unit):
    procedure = made.published(limits={"per_unit": "2"})
    made.opened(procedure, head, unit)
    made.opened(procedure, head, unit)

    with pytest.raises(ProcedureNotOpen, match="2 z 2"):
        made.opened(procedure, head, unit)
    other = UnitFactory()
    made.opened(procedure, made.head_of(other), other)


def test_nothing_is_submitted_after_the_closing_second(head, unit):
    soon = timezone.localtime() + timedelta(seconds=2)
    procedure = made.published(limits={"closes_at": soon.strftime("%Y-%m-%dT%H:%M:%S")})
    case = made.answered(made.opened(procedure, head, unit), tytul="Teatr")
    past = timezone.localtime() - timedelta(hours=1)
    definition = {
        **procedure.draft,
        "limits": {"closes_at": past.strftime("%Y-%m-%dT%H:%M:%S")},
    }
    made.revised(procedure, definition)

    with pytest.raises(ProcedureNotOpen, match="Nabór zakończył się"):
        steps.perform(actor=head, case=case, action="submitted")
    assert made.fresh(case).sheet.state == "draft"


def test_a_sign_is_drawn_when_the_case_is_submitted_and_drafts_take_none(head, unit):
    CaseClass.objects.create(unit_symbol="WES", symbol="4424", name="Granty")
    procedure = made.published(**{"class": "WES.4424"})
    made.opened(procedure, head, unit)

    first, second = (made.submitted(procedure, head, unit) for _ in range(2))

    year = timezone.localdate().year
    assert (first.sign, second.sign) == (f"WES.4424.1.{year}", f"WES.4424.2.{year}")
    assert f"wes.4424.1.{year}" in first.search


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_last_case_at_once_get_one(city):
    with tenant_context(city):
        unit = UnitFactory()
        procedure = made.published(limits={"per_unit": "1"})
        people = [made.head_of(unit) for _ in range(8)]

    def attempt(person):
        try:
            with tenant_context(city):
                made.opened(procedure, person, unit)
        except Conflict:
            return "refused"
        finally:
            connection.close()
        return "opened"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(attempt, people))

    assert sorted(results) == ["opened"] + ["refused"] * 7


@pytest.mark.django_db(transaction=True)
def test_two_who_draw_on_one_pot_at_once_do_not_overdraw_it(city):
    with tenant_context(city):
        unit = UnitFactory()
        head = made.head_of(unit)
        stages = [
            made.stage("nabor", "submission", "applicant"),
            made.stage("podzial", "allocation", "kierownik", parameters=made.from_pots("granty")),
            made.end(),
            made.end("bez", "negative"),
        ]
        ways = [
            made.way("nabor", "submitted", "podzial"),
            made.way("podzial", "allocated", "koniec"),
            made.way("podzial", "none", "bez"),
        ]
        in_city("granty", "1000.00")
        procedure = made.published(stages, ways)
        cases = [made.submitted(procedure, head, unit) for _ in range(6)]
        boss = made.officer("kierownik")

    def allocate(case):
        try:
            with tenant_context(city):
                steps.perform(actor=boss, case=case, action="allocated", data={"kwota": "400.00"})
        except Conflict as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "allocated"

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(allocate, cases))

    assert results.count("allocated") == 2
    assert sum("zostało 200,00" in one for one in results) == 4
