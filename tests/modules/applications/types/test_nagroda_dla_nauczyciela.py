"""Nagroda dla nauczyciela za pracę z uczniem zdolnym: zarządzenie 218/2017; sums by points."""

import pytest

from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "nagroda_dla_nauczyciela"
RULES = {
    "order": [{"by": "ranking.wynik"}, {"by": "punkty_razem"}],
    "amount": {"way": "per_point", "points": "ranking.wynik", "amount": "40.00"},
}


def application(*results, **answers):
    return {
        "nauczyciel_dane": {"first_name": "Ewa", "last_name": "Nowak"},
        "przedmiot": "matematyka",
        "uczniowie": [
            {"uczen": f"U{number}", "konkurs": "Olimpiada", "szczebel": level, "wynik": result}
            for number, (level, result) in enumerate(results or [("ogolnopolski", "laureat")])
        ],
        "opis_pracy": "Koło olimpijskie.",
        "skan": "skan.pdf",
        **answers,
    }


@pytest.fixture
def call(office, committee):
    return office.opens(office.switches_on(POT), POT)


def test_teachers_are_paid_for_each_point_of_the_committees_median(
    office, committee, school, schools, call
):
    first = school.submits(call, **application(("miedzynarodowy", "laureat")))
    wanted = {"sekcje": ["uczniowie_nauczyciela"], "wezwanie": "Brak zaświadczenia."}
    office.clerk.presses("incomplete", first, **wanted)
    school.corrects(first, opis_pracy="Koło olimpijskie, 10 lat.")
    second = schools().submits(call, **application())
    for case, points in ((first, (50, 45, 10)), (second, (20, 25, 30))):
        assert stands(office.checks(case)) == ("ranking", "")
        committee.scores(case, *points)
        office.clerk.presses("scored", case)

    sums = office.ranks(call, **RULES, pots=[{"code": POT, "amount": "3000.00"}])
    assert sums == {first: "1800.00", second: "1000.00"}
    for case, amount in sums.items():
        office.finance.presses("allocated", case, kwota=amount)
        page = office.mayor.presses("granted", case, data="2026-06-03")
        assert stands(page) == ("zakonczone", "positive")
    figures = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")
    assert figures["money"]["granted"] == "2800.00"


def test_points_of_each_pupil_come_of_level_and_result_and_only_the_clerk_closes_the_scoring(
    office, committee, school, call
):
    case = school.begins(call)
    results = (("miedzynarodowy", "laureat"), ("wojewodzki", "finalista"))
    drawn = school.fills_in(case, **application(*results))
    assert drawn["questions"]["punkty_razem"]["value"] == "50"
    school.presses("submitted", case)
    office.checks(case)
    committee.scores(case, 30, 40, 50)
    assert "scored" not in committee.members[0].may(case)
    assert stands(office.clerk.presses("scored", case)) == ("podzial", "")
    assert stands(office.finance.presses("none", case)) == ("odrzucone", "negative")
