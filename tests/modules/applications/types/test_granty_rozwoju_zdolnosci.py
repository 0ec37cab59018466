"""Granty Rozwoju Zdolności: up to 3 000 zł, two juries that close alone, an appeal to the mayor."""

import pytest

from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "granty_rozwoju_zdolnosci"


def application(amount="2500", **answers):
    return {
        "nauczyciel_nazwisko": "Ewa Nowak",
        "nauczyciel_email": "ewa@example.org",
        "tytul": "Robotyka",
        "zdolnosci": ["techniczne"],
        "opis": "Koło robotyki.",
        "uczniowie_liczba": "20",
        "koniec_projektu": "2027-05-31",
        "harmonogram": [{"dzialanie": "Zajęcia", "od": "2026-12-01", "do": "2027-05-01"}],
        "budzet": [{"pozycja": "Zestawy", "ilosc": "5", "cena": "700", "z_dotacji": amount}],
        **answers,
    }


REPORT = {
    "opis_realizacji": "Zbudowano roboty.",
    "liczba_uczestnikow": "20",
    "data_zakonczenia": "2027-05-31",
    "wydano": "2500",
}


@pytest.fixture
def call(office, committee):
    return office.opens(office.switches_on(POT), POT, per_unit=3)


def scored(office, committee, school, call, points=(20, 20)):
    """An application that both juries have scored."""
    case = school.submits(call, **application())
    office.checks(case)
    for each in points:
        committee.scores(case, each, each, each)
    return case


def test_a_grant_goes_by_two_juries_and_an_agreement_to_its_settlement(
    office, committee, school, call
):
    case = school.submits(call, **application("2000"))
    wanted = {"sekcje": ["koszty"], "wezwanie": "Popraw kosztorys."}
    office.clerk.presses("incomplete", case, **wanted)
    budget = [{"pozycja": "Zestawy", "ilosc": "5", "cena": "700", "z_dotacji": "2500"}]
    school.corrects(case, budzet=budget)
    assert stands(office.checks(case)) == ("jury_przedmiotowe", "")
    assert stands(committee.scores(case, 20, 15, 22)) == ("jury_merytoryczne", "")
    committee.scores(case, 10, 12)
    committee.scores(case, None, None, 30)
    assert office.clerk.sees(case)["stage"]["key"] == "podzial"

    rules = {
        "order": [{"by": "jury_przedmiotowe.wynik"}, {"by": "jury_merytoryczne.wynik"}],
        "amount": {"way": "asked", "by": "wnioskowana"},
    }
    [amount] = office.ranks(call, **rules, pots=[{"code": POT}]).values()
    office.finance.presses("allocated", case, kwota=amount)
    office.director.presses("granted", case, numer="3", data="2026-12-10")
    page = office.director.presses("signed", case, numer="UM/3", data="2026-12-15")
    assert stands(page) == ("rozliczenie", "")
    school.reports(case, **REPORT)
    page = office.clerk.presses("settled", case, kwota="2500.00")
    assert stands(page) == ("zakonczone", "positive")


def test_both_juries_together_are_below_thirty_and_nothing_is_divided(
    office, committee, school, call
):
    case = scored(office, committee, school, call, points=(15, 14))
    assert stands(office.clerk.sees(case)) == ("odrzucone", "negative")


def test_more_than_three_thousand_is_refused(school, call):
    case = school.begins(call)
    school.fills_in(case, **application("3000.01"))
    assert "przekracza limit 3 000 zł" in school.is_refused("submitted", case)


def test_a_refused_school_appeals_and_the_mayor_sends_the_matter_back_to_the_money(
    office, committee, school, call
):
    case = scored(office, committee, school, call)
    office.finance.presses("allocated", case, kwota="2500.00")
    why = {"numer": "4", "data": "2026-12-10", "uzasadnienie": "Podobny projekt już jest."}
    assert stands(office.director.presses("refused", case, **why)) == ("odwolanie", "")
    figures = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")
    assert figures["money"]["granted"] == "0.00"
    for reader in (school, office.director):
        assert "granted" not in {one["code"] for one in reader.sees(case)["findings"]}

    school.presses("appealed", case, uzasadnienie="To inny projekt.")
    assert "changed" not in office.director.may(case)
    right = {"data": "2026-12-20", "uzasadnienie": "Projekt jest inny."}
    assert stands(office.mayor.presses("changed", case, **right)) == ("podzial", "")
    office.finance.presses("allocated", case, kwota="2400.00")
    page = office.director.presses("granted", case, numer="5", data="2026-12-28")
    assert stands(page) == ("umowa", "")


def test_an_appeal_that_the_mayor_does_not_share_ends_the_matter(office, committee, school, call):
    case = scored(office, committee, school, call)
    office.finance.presses("allocated", case, kwota="2500.00")
    why = {"numer": "4", "data": "2026-12-10", "uzasadnienie": "Brak środków."}
    office.director.presses("refused", case, **why)
    school.presses("appealed", case, uzasadnienie="Prosimy jeszcze raz.")
    upheld = {"data": "2026-12-20", "uzasadnienie": "Środków nie ma."}
    assert stands(office.mayor.presses("upheld", case, **upheld)) == ("odrzucone", "negative")
