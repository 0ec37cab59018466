"""A regulation that the catalogue does not know: scholarships by points in three categories.

Two scholarships in each category; the sum by bands of points; each pupil once. Table, form,
procedure, call, ranking, decision and payment are made over the API alone, as a city would.
"""

import pytest

from tests.factories import procedures as made
from tests.factories.forms import question, section
from tests.modules.applications.types.conftest import CALLS, told
from tests.procedures.test_real_regulations import chosen, formed, proceeded, tabled

pytestmark = pytest.mark.django_db
POT = "stypendia"
CATEGORIES = {"nauka": "nauka", "sport": "sport", "sztuka": "sztuka"}
ACCOUNT = "61 1090 1014 0000 0712 1981 2874"
PAYER = {
    "payer_name": "Gmina Północ",
    "payer_address": "ul. Ratuszowa 1, 85-100 Północ",
    "payer_account": "PL27 1140 2004 0000 3002 0135 5387",
}
RULES = {
    "order": [{"by": "punkty"}],
    "lists": "kategoria",
    "limits": [{"by": "kategoria", "most": 2}],
    "amount": {"way": "asked", "by": "kwota"},
    "asked": "kwota",
    "pots": [{"code": POT}],
}


@pytest.fixture
def procedure(office):
    city = office.admin.browser
    rows = [(["0"], None, {"kwota": 0}), (["20"], None, {"kwota": 200})]
    rows.append((["50"], None, {"kwota": 350}))
    keys = [(1, ("Od punktów", "from"))]
    tabled(city, "stypendium", keys, [("kwota", "money")], rows)
    achievements = question(
        "osiagniecia",
        "table",
        required=True,
        options={
            "max_rows": 10,
            "columns": [
                question("konkurs", required=True),
                question("punkty", "number", required=True, options={"min": "0", "decimals": 0}),
            ],
        },
    )
    form = formed(
        city,
        "Wniosek o stypendium",
        [
            section(
                "dane",
                question("uczen", required=True),
                question("urodzenie", "date", required=True),
                question("rachunek", "iban", required=True),
                chosen("kategoria", CATEGORIES, required=True),
                achievements,
                question("punkty", "number", compute="suma(najlepsze(3, osiagniecia.punkty))"),
                question("kwota", "money", compute='z_tabeli("stypendium", "kwota", punkty)'),
            )
        ],
        checks=[
            {
                "rule": "wiek(urodzenie) < 20",
                "sentence": "Stypendium jest dla uczniów do 20 lat.",
                "at": "urodzenie",
            }
        ],
    )
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent"),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "koniec", key="przyznaj", condition="punkty >= 20"),
        made.way("ocena", "complete", "odmowa", key="za_malo"),
        made.way("ocena", "rejected", "odmowa"),
    ]
    made.holder("referent", office.clerk.person)
    office.keeps_pot(POT, "1000.00")
    document = made.document(stages, ways, form=form, name="Stypendia")
    return proceeded(city, document)


def pupil(name, category, *points, **answers):
    return {
        "uczen": name,
        "urodzenie": "2010-05-05",
        "rachunek": ACCOUNT,
        "kategoria": category,
        "osiagniecia": [{"konkurs": f"K{n}", "punkty": str(p)} for n, p in enumerate(points)],
        **answers,
    }


def test_the_two_best_of_each_category_get_the_sum_of_their_band_and_are_paid_once(
    office, school, procedure
):
    call = office.opens(procedure, POT, per_person=1, person_questions=["uczen", "urodzenie"])
    pupils = {
        "Ola": pupil("Ola", "nauka", 30, 20, 10, 10),
        "Jan": pupil("Jan", "nauka", 25),
        "Ewa": pupil("Ewa", "nauka", 20),
        "Zoja": pupil("Zoja", "sport", 20, 2),
        "Adam": pupil("Adam", "sztuka", 5),
    }
    cases = {name: school.submits(call, **answers) for name, answers in pupils.items()}
    for name, case in cases.items():
        office.clerk.presses("za_malo" if name == "Adam" else "przyznaj", case)
    again = school.begins(call)
    school.fills_in(again, **pupil("ola", "sport", 40))
    assert "Dla tej samej osoby złożono już" in school.is_refused("submitted", again)

    sums = office.ranks(call, **RULES)
    assert {name: sums.get(case) for name, case in cases.items()} == {
        "Ola": "350.00",
        "Jan": "200.00",
        "Ewa": "0.00",
        "Zoja": "200.00",
        "Adam": None,
    }
    decided = office.awards(decision="15/2026", decided_on="2026-04-01")
    assert decided["total"] == "750.00"

    asked = {"account": "rachunek", "name": "uczen", "title": "Stypendium", **PAYER}
    payments = f"/api/v1/applications/recommendations/{decided['id']}/payments/"
    office.director.sends(payments, **asked, paid_on="2026-04-10")
    again = office.director.browser.post(payments, {**asked, "paid_on": "2026-04-10"}, "json")
    assert told(again, (409,))["code"] == "nothing_to_pay"
    figures = office.finance.reads(f"{CALLS}{call}/figures/")
    assert (figures["money"]["granted"], figures["pots"][0]["left"]) == ("750.00", "250.00")


def test_who_is_twenty_already_is_refused(office, school, procedure):
    call = office.opens(procedure, POT)
    case = school.begins(call)
    school.fills_in(case, **pupil("Ola", "nauka", 30, urodzenie="2005-01-01"))
    assert "do 20 lat" in school.is_refused("submitted", case)


def test_a_tie_at_the_last_prize_is_asked_and_nothing_is_recommended(office, school, procedure):
    call = office.opens(procedure, POT)
    for name in ("A", "B", "C"):
        office.clerk.presses("przyznaj", school.submits(call, **pupil(name, "nauka", 30)))
    office.ranks(call, **RULES)
    refused = office.recommends(status=(409,))
    assert refused["code"] == "tie_at_line"
