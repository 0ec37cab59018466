"""Nagroda dla ucznia: zarządzenie 218/2017; the sum is the tariff of the best achievement."""

import pytest

from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "nagroda_dla_ucznia"
PUPIL = {
    "first_name": "Jan",
    "last_name": "Kos",
    "birth_date": "2010-03-02",
    "class": "1a",
}


def achieved(*rows):
    return [
        {"konkurs": "Olimpiada", "szczebel": level, "wynik": result, "data_wyniku": "2026-04-10"}
        for level, result in rows
    ]


def application(*rows, **answers):
    return {
        "uczen_dane": PUPIL,
        "pelnoletni": False,
        "opiekun": "Maria Kos",
        "rachunek": "PL61109010140000071219812874",
        "osiagniecia": achieved(*(rows or [("ogolnopolski", "laureat")])),
        "zaswiadczenia": "zaswiadczenie.pdf",
        "zgoda": "zgoda.pdf",
        **answers,
    }


@pytest.fixture
def call(office, committee):
    procedure = office.switches_on(POT)
    return office.opens(procedure, POT, per_person=1, person_questions=["rachunek"])


def test_a_laureate_gets_the_tariff_of_the_best_achievement_once_two_members_agree(
    office, committee, school, call
):
    won = application(("wojewodzki", "laureat"), ("ogolnopolski", "finalista"))
    case = school.submits(call, **won)
    wanted = {"sekcje": ["osiagniecia_ucznia"], "wezwanie": "Zaświadczenie jest nieczytelne."}
    office.clerk.presses("incomplete", case, **wanted)
    school.corrects(case, osiagniecia=achieved(("ogolnopolski", "laureat")))
    assert stands(office.checks(case)) == ("komisja_ustala", "")

    assert stands(committee.votes(case, "approved")) == ("komisja_ustala", "")
    assert stands(committee.votes(case, None, "approved")) == ("decyzja", "")
    more = {"numer": "218", "data": "2026-06-03", "kwota": "2000.01"}
    assert "wyższa niż wnioskowana" in office.mayor.is_refused("granted", case, **more)
    page = office.mayor.presses("granted", case, **{**more, "kwota": "2000.00"})
    assert stands(page) == ("zakonczone", "positive")


def test_the_committee_may_return_an_application_to_the_formal_check(
    office, committee, school, call
):
    case = school.submits(call, **application())
    office.checks(case)
    page = committee.votes(case, "returned", reason="Sprawdźcie rok olimpiady.")
    assert stands(page) == ("ocena_formalna", "")
    office.clerk.presses("rejected", case, "Olimpiada z innego roku.")
    assert office.clerk.sees(case)["meaning"] == "negative"


def test_a_finalist_of_the_voivodeship_has_no_tariff_and_a_minor_needs_consent(school, call):
    case = school.begins(call)
    answers = application(("wojewodzki", "finalista"))
    del answers["zgoda"]
    drawn = school.fills_in(case, **answers)
    assert {one["path"] for one in drawn["errors"]} == {"osiagniecia", "zgoda"}


def test_one_pupil_is_rewarded_once_in_a_call_whichever_school_applies(school, schools, call):
    school.submits(call, **application())
    other = schools("SP nr 9", "szkola_druga")
    case = other.begins(call)
    other.fills_in(case, **application())
    assert "Dla tej samej osoby złożono już" in other.is_refused("submitted", case)
