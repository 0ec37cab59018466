"""What the page of a case says that it has come to, and why it stands where it does."""

import pytest

from tests.factories import forms
from tests.factories import procedures as made

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/cases/"
SUM = "4\u00a0000,00\u00a0zł"
ASKED = "5\u00a0000,00\u00a0zł"


def grant(**decision):
    """A grant that a clerk checks, finance divides and a boss decides upon."""
    application = forms.published(
        forms.question("tytul", required=True), forms.question("kwota", "money", required=True)
    )
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent", deadline={"days": 7, "pauses": True}),
        made.stage("poprawa", "correction", "applicant", deadline={"days": 5}),
        made.stage(
            "podzial",
            "allocation",
            "kierownik",
            parameters=made.from_pots("granty", requested="kwota"),
        ),
        made.stage("decyzja", "decision", "dyrektor", **decision),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "podzial"),
        made.way("ocena", "incomplete", "poprawa"),
        made.way("poprawa", "corrected", "ocena"),
        made.way("podzial", "allocated", "decyzja"),
        made.way("decyzja", "granted", "koniec"),
        made.way("decyzja", "refused", "odmowa"),
    ]
    return made.published(stages, ways, form=application)


@pytest.fixture
def director():
    return made.officer("dyrektor")


@pytest.fixture
def page(api):
    def of(person, case):
        return api(person).get(f"{URL}{case.pk}/").json()

    return of


def told(page):
    return {one["label"]: one["value"] for one in page["findings"]}


@pytest.fixture
def allocated(head, unit, clerk, boss):
    """A case of such a grant in which four thousand were divided out."""

    def of(procedure):
        case = made.submitted(procedure, head, unit, kwota="5000")
        case = made.perform(case, clerk, "complete", data={})
        return made.perform(case, boss, "allocated", data={"kwota": "4000"})

    return of


DECIDED = {"numer": "DEC/7", "data": "2026-11-20", "uzasadnienie": "Dobry pomysł."}


def test_the_applicant_learns_the_sum_the_number_the_day_and_the_reasons_once_it_is_decided(
    head, allocated, director, page, api
):
    case = allocated(grant())
    assert told(page(head, case)) == {"Wnioskowana kwota": ASKED}
    assert told(page(director, case)) == {"Wnioskowana kwota": ASKED, "Przyznana kwota": SUM}

    case = made.perform(case, director, "granted", data=DECIDED)

    assert told(page(head, case)) == {
        "Wnioskowana kwota": ASKED,
        "Przyznana kwota": SUM,
        "Numer decyzji": "DEC/7",
        "Data decyzji": "20.11.2026",
        "Uzasadnienie": "Dobry pomysł.",
    }
    why = page(head, case)["why"]
    assert (why["sentence"], why["by"]) == ("Dobry pomysł.", "Dyrektor wydziału")
    last = api(head).get(f"{URL}{case.pk}/events/").json()[-1]
    assert {one["label"] for one in last["details"]} == {
        "Numer decyzji",
        "Data decyzji",
        "Uzasadnienie",
    }


def test_a_city_that_shows_nothing_of_its_decision_keeps_the_sum_and_the_reasons_to_itself(
    head, allocated, director, page
):
    case = allocated(grant(visible_to={"applicant": ["stage"]}))
    case = made.perform(case, director, "granted", data=DECIDED)

    assert told(page(head, case)) == {"Wnioskowana kwota": ASKED}
    assert page(head, case)["why"] is None
    assert told(page(director, case))["Przyznana kwota"] == SUM


def test_what_was_refused_in_the_end_names_no_sum(head, allocated, director, page):
    case = allocated(grant())
    case = made.perform(case, director, "refused", data={**DECIDED, "uzasadnienie": "Za drogo."})

    assert "Przyznana kwota" not in told(page(head, case))
    assert "Przyznana kwota" not in told(page(director, case))
    assert page(head, case)["why"]["sentence"] == "Za drogo."


def test_a_call_for_correction_says_whose_move_it_is_until_when_and_why(head, unit, clerk, page):
    case = made.submitted(grant(), head, unit, kwota="5000")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Brakuje podpisu."})

    for person in (head, clerk):
        seen = page(person, case)
        assert seen["ball"]["side"] == "applicant"
        assert seen["ball"]["is_paused"] is True
        assert seen["ball"]["due_at"] is not None
        assert seen["why"]["sentence"] == "Brakuje podpisu."

    case = made.perform(case, head, "corrected")
    assert page(head, case)["why"] is None
    assert page(head, case)["ball"]["is_paused"] is False


def test_a_step_that_was_taken_back_explains_nothing(head, unit, clerk, page):
    case = made.submitted(grant(), head, unit, kwota="5000")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Pomyłka."})
    made.steps.undo(actor=clerk, case=case)

    assert page(clerk, case)["why"] is None
    assert page(head, case)["why"] is None


def test_the_applicant_never_reads_the_offices_name_of_the_step_that_called_for_a_correction(
    head, unit, clerk, page, api
):
    case = made.submitted(grant(), head, unit, kwota="5000")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Brakuje podpisu."})
    office = api(clerk).get(f"{URL}{case.pk}/events/").json()[-1]["sentence"]
    applicant = api(head).get(f"{URL}{case.pk}/events/").json()[-1]["sentence"]
    assert applicant != office

    assert page(clerk, case)["why"]["label"] == office
    assert page(head, case)["why"]["label"] == applicant


def test_the_applicant_reads_what_was_pressed_in_a_stage_that_is_shown(
    head, allocated, director, page
):
    case = made.perform(allocated(grant()), director, "granted", data=DECIDED)

    assert page(head, case)["why"]["label"] == page(director, case)["why"]["label"]
