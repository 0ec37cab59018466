"""Wyposażenie i modernizacja: an own contribution, a technical opinion, acceptance of the works."""

import pytest

from tests.factories.invoices import CITY, SELLER
from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "wyposazenie_i_modernizacja"


def application(amount="9000", **answers):
    return {
        "osoba_nazwisko": "Jan Lis",
        "osoba_email": "jan@example.org",
        "tytul": "Plac zabaw",
        "miejsce": "plac_zabaw",
        "zakres": "wyposazenie",
        "stan": "Zużyte urządzenia.",
        "uzytkownicy": "120",
        "zdjecia": "zdjecia.png",
        "budzet": [{"pozycja": "Huśtawki", "ilosc": "2", "cena": "5000", "z_dotacji": amount}],
        "oferty": "oferty.pdf",
        **answers,
    }


REPORT = {
    "opis_realizacji": "Zamontowano.",
    "liczba_uczestnikow": "120",
    "data_zakonczenia": "2027-03-01",
    "wydano": "9000",
    "po_zdjecia": "po.png",
}

INVOICE = {
    "number": "F/1",
    "seller_nip": SELLER,
    "seller_name": "Place zabaw sp. z o.o.",
    "buyer_nip": CITY,
    "issued_on": "2027-02-20",
    "gross": "10000.00",
}


@pytest.fixture
def call(office, committee):
    return office.opens(office.switches_on(POT), POT, per_unit=2)


def test_a_modernisation_goes_by_opinion_points_two_approvals_and_acceptance_to_settlement(
    office, committee, school, call, expert
):
    case = school.submits(call, **application(zakres="modernizacja", powierzchnia="50"))
    wanted = {"sekcje": ["potrzeba"], "wezwanie": "Dołącz zdjęcia stanu obecnego."}
    office.clerk.presses("incomplete", case, **wanted)
    school.corrects(case, stan="Pęknięte deski.")
    assert stands(office.checks(case)) == ("opinia_techniczna", "")
    asked = {"osoba": str(expert.person.pk), "tresc": "Czy ceny są realne?"}
    office.clerk.presses("ask_opinion", case, **asked)
    page = expert.presses("give_opinion", case, opinia="za", uzasadnienie="Tak.")
    assert office.clerk.sees(case)["stage"]["key"] == "ocena", page

    committee.scores(case, 30, 25)
    office.clerk.presses("scored", case)
    rules = {"order": [{"by": "ocena.wynik"}], "amount": {"way": "asked", "by": "wnioskowana"}}
    [amount] = office.ranks(call, **rules, pots=[{"code": POT}]).values()
    office.finance.presses("allocated", case, kwota=amount)
    assert stands(office.section_head.presses("approved", case)) == ("zatwierdzenie", "")
    back = office.director.presses("returned", case, "Za drogo.")
    assert stands(back) == ("podzial", "")
    office.finance.presses("allocated", case, kwota="8000.00")
    office.section_head.presses("approved", case)
    assert stands(office.director.presses("approved", case)) == ("realizacja", "")

    school.presses("executed", case, data="2027-03-01")
    office.clerk.presses("not_accepted", case, "Brak atestu.", uwagi="Brak atestu.")
    school.presses("executed", case, data="2027-03-05")
    assert stands(office.clerk.presses("accepted", case)) == ("rozliczenie", "")
    school.reports(case, **REPORT)
    invoices = f"/api/v1/invoices/about/procedures.case/{case}/"
    [line] = school.reads(invoices)["lines"]
    assert (line["name"], line["planned"]) == ("Huśtawki", "9000.00")
    [bought] = school.sends(invoices, **INVOICE, shares=[{"line": line["key"], "amount": "8000"}])[
        "invoices"
    ]
    assert "czekają na urząd" in office.finance.is_refused("settled", case)
    office.finance.sends(f"/api/v1/invoices/{bought['id']}/accept/")
    page = office.finance.presses("settled", case)
    assert stands(page) == ("zakonczone", "positive")
    money = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")["money"]
    assert [money[one] for one in ("asked", "granted", "settled", "returned")] == [
        *("9000.00", "8000.00", "8000.00", "0.00")
    ]


def test_equipment_needs_no_technical_opinion(office, school, call):
    case = school.submits(call, **application())
    assert stands(office.checks(case)) == ("ocena", "")


def test_less_than_a_tenth_of_own_money_is_refused_with_the_per_cent(school, call):
    case = school.begins(call)
    school.fills_in(case, **application("9500"))
    assert "Wkład własny wynosi 5%" in school.is_refused("submitted", case)
