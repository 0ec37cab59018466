"""Bydgoskie Granty Oświatowe, as zarządzenie 581/2020 has them: limits, points, money, report."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "bydgoskie_granty_oswiatowe"
RULES = {
    "order": [{"by": "ocena_komisji.wynik"}, {"by": "zlozono", "direction": "rising"}],
    "thresholds": [{"by": "ocena_komisji.wynik", "least": 50}],
    "amount": {"way": "asked", "by": "wnioskowana"},
    "asked": "wnioskowana",
    "beyond": "part",
    "at_line": "all",
}


def application(amount="3000", **answers):
    return {
        "koordynator_nazwisko": "Anna Nowak",
        "koordynator_email": "anna@example.org",
        "tytul": "Teatr w szkole",
        "bkmo": False,
        "rodzaj": "artystyczny",
        "opis": "Uczniowie wystawią sztukę.",
        "cele": "Kontakt ze sztuką.",
        "odbiorcy": "Klasy 4-8.",
        "uczestnicy": "40",
        "poza_placowka": True,
        "termin": {"from": "2026-12-01", "to": "2027-03-31"},
        "koniec_projektu": "2027-03-31",
        "harmonogram": [{"dzialanie": "Próby", "od": "2026-12-01", "do": "2027-03-01"}],
        "budzet": [{"pozycja": "Stroje", "ilosc": "10", "cena": "400", "z_dotacji": amount}],
        "rezultaty_opis": "Premiera.",
        "skan": "skan.pdf",
        **answers,
    }


REPORT = {
    "opis_realizacji": "Wystawiono sztukę.",
    "liczba_uczestnikow": "42",
    "data_zakonczenia": "2027-03-31",
    "wydano": "2900",
}


@pytest.fixture
def procedure(office, committee):
    return office.switches_on(POT)


def decided(office, case, amount):
    """The sum, the recommendation and the mayor's decision."""
    office.finance.presses("allocated", case, kwota=amount)
    office.director.presses("recommended", case, uzasadnienie="Wysoka ocena komisji.")
    return office.mayor.presses("granted", case, numer="ZP.581.2026", data="2026-12-20")


@pytest.mark.parametrize("seats", [5])
def test_a_grant_goes_by_a_correction_five_scores_and_the_mayors_decision_to_its_settlement(
    office, committee, procedure, school
):
    call = office.opens(procedure, POT, per_unit=3)
    case = school.submits(call, **application("2900"))

    wanted = {"sekcje": ["finanse_projektu"], "wezwanie": "Popraw kosztorys."}
    assert stands(office.clerk.presses("incomplete", case, **wanted)) == ("korekta", "")
    other = [{"pozycja": "Stroje", "ilosc": "10", "cena": "400", "z_dotacji": "3000"}]
    assert stands(school.corrects(case, budzet=other)) == ("ocena_formalna", "")
    assert stands(office.checks(case)) == ("ocena_komisji", "")

    committee.scores(case, 80, 71)
    assert "2 z 3" in office.clerk.is_refused("na_liste", case)
    committee.scores(case, None, None, 62, 50, 95)
    page = office.clerk.presses("na_liste", case)
    assert (stands(page), fact(page, "wynik")) == (("podzial", ""), "71,6")

    [amount] = office.ranks(call, **RULES, pots=[{"code": POT, "amount": "2999.99"}]).values()
    assert amount == "2999.99"
    assert "wyższa niż wnioskowana" in office.finance.is_refused("allocated", case, kwota="3000.01")
    assert stands(decided(office, case, amount)) == ("realizacja", "")
    told = {one["label"]: one["value"] for one in school.sees(case)["findings"]}
    assert told["Numer decyzji"] == "ZP.581.2026"
    assert [one["name"] for one in office.clerk.sees(case)["letters"]] == [
        "Zawiadomienie o rozstrzygnięciu",
        "Wezwanie do poprawy",
    ]

    school.presses("executed", case, data="2027-03-31")
    assert "Nie ma jeszcze sprawozdania" in office.clerk.is_refused("settled", case, kwota="2900")
    school.reports(case, **REPORT)
    page = office.clerk.presses("settled", case, kwota="2900.00", zwrot="99.99")
    assert stands(page) == ("zakonczone", "positive")
    money = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")["money"]
    assert [money[one] for one in ("asked", "granted", "settled", "returned")] == [
        *("3000.00", "2999.99", "2900.00", "99.99")
    ]


def fact(page, code):
    [value] = [one["value"] for one in page["findings"] if one["code"].endswith(code)]
    return value


def test_the_money_goes_down_the_ranking_and_who_is_below_fifty_points_gets_none(
    office, committee, procedure, schools
):
    three = [(schools(f"SP nr {points}"), points) for points in (70, 90, 49)]
    call = office.opens(procedure, POT, per_unit=3)
    cases = []
    for school, points in three:
        case = school.submits(call, **application("3000"))
        office.checks(case)
        committee.scores(case, points, points, points)
        cases.append(case)
    second, first, below = cases
    for case in (second, first):
        office.clerk.presses("na_liste", case)
    assert stands(office.clerk.presses("pod_kreska", below)) == ("odrzucone", "negative")

    sums = office.ranks(call, **RULES, pots=[{"code": POT, "amount": "4000.00"}])
    assert sums == {first: "3000.00", second: "1000.00"}
    assert stands(decided(office, first, sums[first])) == ("realizacja", "")
    office.finance.presses("allocated", second, kwota=sums[second])
    refusal = office.director.presses("not_recommended", second, "Za mała kwota na projekt.")
    assert stands(refusal) == ("podzial", "")
    page = office.finance.presses("none", second, "Środki wyczerpano.")
    assert stands(page) == ("odrzucone", "negative")
    money = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")["money"]
    assert (money["granted"], money["reserved"]) == ("3000.00", "0.00")


def test_a_member_scores_alone_and_never_the_project_of_their_own_school(
    office, committee, procedure, school, schools
):
    call = office.opens(procedure, POT, per_unit=3)
    first, second, third, *_ = committee.members
    third.belongs_to(school)
    case = school.submits(call, **application())
    office.checks(case)

    committee.scores(case, 80)
    assert second.sees(case)["votes"] == []
    assert [one["points"] for one in first.sees(case)["votes"]] == ["80.00"]
    assert third.browser.get(f"/api/v1/procedures/cases/{case}/").status_code == 404


def test_units_may_hand_in_as_many_as_their_kind_and_a_few_chosen_more(
    office, committee, procedure, schools
):
    numbers = {"szkola": 3, "poradnia": 6, "bursa": 6}
    palace = schools("Pałac Młodzieży", "palac")
    brand = schools("SP z marką kulturalną", "szkola2")
    call = office.opens(
        procedure,
        POT,
        per_unit=3,
        per_kind=[{"kind": kind, "number": number} for kind, number in numbers.items()]
        + [{"kind": "palac", "number": 10}],
        extra=[{"unit": str(brand.unit.pk), "number": 2}],
    )

    def left(school):
        [opening] = school.reads("/api/v1/applications/openings/")
        [place] = opening["places"]
        return place["limit"]

    others = [schools(f"Pierwsza {kind}", kind) for kind in numbers]
    assert [left(one) for one in others] == [3, 6, 6]
    assert (left(palace), left(brand)) == (10, 5)
    for _ in range(5):
        brand.begins(call)
    assert "(5 z 5" in brand.cannot_begin(call)


def test_nothing_is_taken_after_the_closing_second_and_an_overdue_report_bars_the_next_call(
    office, committee, procedure, school
):
    call = office.opens(procedure, POT, days=5, per_unit=3)
    case = school.submits(call, **application())
    late = school.begins(call)
    school.fills_in(late, **application())
    office.checks(case)
    committee.scores(case, 60, 60, 60)
    office.clerk.presses("na_liste", case)
    decided(office, case, "3000.00")
    school.presses("executed", case, data="2027-03-31")

    with time_machine.travel(timezone.now() + timedelta(days=5)):
        school.signs_in()
        assert "Nabór zakończył się" in school.is_refused("submitted", late)
        assert school.sees(late)["stage"]["key"] == "zlozenie"
    next_call = office.opens(procedure, POT, title="Następny", days=90, per_unit=3)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        school.signs_in()
        assert "Najpierw złóż to, co zaległe: 1 zaległe sprawozdanie" in school.cannot_begin(
            next_call
        )
        school.reports(case, **REPORT)
        assert school.begins(next_call)
