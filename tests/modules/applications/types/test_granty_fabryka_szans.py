"""Granty Fabryka Szans: one application a unit, the mayor grants a part, unused money returns."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from outbox import services as outbox
from outbox.models import Job
from procedures.services import steps
from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "granty_fabryka_szans"


def application(amount="5000", **answers):
    return {
        "koordynator_nazwisko": "Anna Nowak",
        "koordynator_email": "anna@example.org",
        "grupy": ["trudna_sytuacja"],
        "uczestnicy": "15",
        "diagnoza": "Dzieci po zajęciach zostają same.",
        "tytul": "Świetlica",
        "opis": "Zajęcia popołudniowe.",
        "koniec_projektu": "2027-03-31",
        "harmonogram": [{"dzialanie": "Zajęcia", "od": "2026-12-01", "do": "2027-03-01"}],
        "budzet": [{"pozycja": "Zajęcia", "ilosc": "50", "cena": "120", "z_dotacji": amount}],
        "skan": "skan.pdf",
        **answers,
    }


REPORT = {
    "opis_realizacji": "Odbyły się zajęcia.",
    "liczba_uczestnikow": "15",
    "data_zakonczenia": "2027-03-31",
    "wydano": "3800",
    "zmiana": "Lepsza frekwencja.",
}


@pytest.fixture
def call(office, committee):
    return office.opens(office.switches_on(POT), POT, per_unit=1)


def granted(office, committee, school, call):
    """An application that the mayor grants in part, as the ranking has it."""
    case = school.submits(call, **application())
    office.checks(case)
    committee.scores(case, 60, 50, 40)
    office.clerk.presses("scored", case)
    office.director.presses("recommended", case, uzasadnienie="Potrzebne.")
    part = {
        "numer": "7",
        "data": "2026-12-12",
        "kwota": "4000.00",
        "uzasadnienie": "Część zajęć finansuje MOPS.",
    }
    assert stands(office.mayor.presses("czesc", case, **part)) == ("realizacja", "")
    return case


def test_the_mayor_grants_a_part_and_what_was_not_spent_returns(office, committee, school, call):
    case = school.submits(call, **application("4900"))
    wanted = {"sekcje": ["koszty"], "wezwanie": "Popraw kosztorys."}
    office.clerk.presses("incomplete", case, **wanted)
    budget = [{"pozycja": "Zajęcia", "ilosc": "50", "cena": "120", "z_dotacji": "5000"}]
    school.corrects(case, budzet=budget)
    office.checks(case)
    committee.scores(case, 60, 50, 40)
    office.clerk.presses("scored", case)
    rules = {"order": [{"by": "ocena.wynik"}], "amount": {"way": "asked", "by": "wnioskowana"}}
    assert office.ranks(call, **rules, pots=[{"code": POT}]) == {case: "5000.00"}
    office.director.presses("recommended", case, uzasadnienie="Potrzebne.")
    part = {"numer": "7", "data": "2026-12-12", "kwota": "4000.00"}
    assert "„Uzasadnienie”" in office.mayor.is_refused("czesc", case, **part)
    page = office.mayor.presses("czesc", case, **part, uzasadnienie="Resztę finansuje MOPS.")
    assert stands(page) == ("realizacja", "")

    school.presses("executed", case, data="2027-03-31")
    school.reports(case, **REPORT)
    office.clerk.presses("incomplete", case, "Brak list obecności.", wezwanie="Dołącz listy.")
    school.reports(case, liczba_uczestnikow="14")
    page = office.clerk.presses("settled", case, kwota="3800.00", zwrot="200.00")
    assert stands(page) == ("zakonczone", "positive")
    money = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")["money"]
    assert [money[one] for one in ("asked", "granted", "settled", "returned")] == [
        *("5000.00", "4000.00", "3800.00", "200.00")
    ]


def test_who_gives_up_in_the_middle_pays_back_and_the_pot_has_its_money_again(
    office, committee, school, call
):
    case = granted(office, committee, school, call)
    assert stands(school.presses("abandoned", case, "Nie ma prowadzących.")) == ("zwrot", "")
    page = school.presses("executed", case, data="2027-01-10")
    assert stands(page) == ("odrzucone", "negative")
    figures = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")
    assert figures["money"]["granted"] == "0.00"


def test_a_report_that_never_comes_turns_the_grant_into_a_return(office, committee, school, call):
    case = granted(office, committee, school, call)
    school.presses("executed", case, data="2027-03-31")
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        steps.plan_time_decisions()
        for job in Job.objects.filter(task="procedures.let_time_decide", done_at=None):
            assert outbox.run_job(str(job.pk))
    assert stands(school.sees(case)) == ("zwrot", "")


def test_a_unit_has_one_application(office, school, call):
    school.begins(call)
    assert "(1 z 1" in school.cannot_begin(call)
