"""Two real regulations put into the product as a city would: through the API, not a line of code.

A scholarship by points in three categories, and money for teachers' further training by semesters
with a ceiling per person and per cent of the fee.
"""

import pytest
import time_machine

from accounts.permissions import Permission as Accounts
from forms.permissions import Permission as Forms
from procedures.permissions import Permission
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.factories.forms import question, section

pytestmark = pytest.mark.django_db
CALL = "2027-09-20 12:00"


@pytest.fixture
def city(api):
    """The browser of whoever sets the city's forms, tables and procedures up."""
    return api(
        person_with(
            Permission.MANAGE_PROCEDURES,
            Permission.VIEW_CASES,
            Forms.MANAGE_FORMS,
            Forms.VIEW_FORMS,
            Forms.MANAGE_DICTIONARIES,
            Accounts.MANAGE_ROLES,
        )
    )


def told(answer, status=(200, 201)):
    assert answer.status_code in status, answer.content.decode()
    return answer.json()


def tabled(city, key, keys, columns, rows):
    """A table with keys, filled in."""
    body = {
        "key": key,
        "name": key.capitalize(),
        "keys": [{"key": f"k{n}", "label": label, "type": kind} for n, (label, kind) in keys],
        "columns": [{"key": name, "label": name, "type": kind} for name, kind in columns],
    }
    table = told(city.post("/api/v1/forms/tables/", body, format="json"))
    address = f"/api/v1/forms/tables/{table['id']}/grid/"
    version = told(city.get(address))["version"]
    headers = {"HTTP_IF_MATCH": f'"{version}"'}
    given = [{"keys": k, "since": since, "values": values} for k, since, values in rows]
    return told(city.put(address, {"rows": given}, format="json", **headers))


def formed(city, name, sections, checks=()):
    """A published form; its problems would fail."""
    definition = {"format": 1, "title": name, "sections": sections, "checks": list(checks)}
    form = told(city.post("/api/v1/forms/forms/", {"name": name}, format="json"))
    address = f"/api/v1/forms/forms/{form['id']}/"
    headers = {"HTTP_IF_MATCH": f'"{form["version"]}"'}
    form = told(city.patch(address, {"draft": definition}, format="json", **headers))
    assert form["problems"] == []
    told(city.post(f"{address}publish/", {"draft_version": form["draft_version"]}, format="json"))
    return form["id"]


def proceeded(city, draft):
    """A published procedure."""
    given = told(
        city.post("/api/v1/procedures/procedures/", {"name": draft["name"]}, format="json")
    )
    address = f"/api/v1/procedures/procedures/{given['id']}/"
    headers = {"HTTP_IF_MATCH": f'"{given["version"]}"'}
    given = told(city.patch(address, {"draft": draft}, format="json", **headers))
    assert given["problems"] == []
    version = {"draft_version": given["draft_version"]}
    told(city.post(f"{address}publish/", version, format="json"))
    return given["id"]


def filed(browser, procedure, unit, answers):
    """A case with these answers: its sheet as it is drawn after the saving."""
    body = {"procedure": procedure, "unit": str(unit.pk), "title": "Wniosek"}
    case = told(browser.post("/api/v1/procedures/cases/", body, format="json"))
    [sheet] = case["sheets"]
    address = f"/api/v1/forms/sheets/{sheet['id']}/"
    version = told(browser.get(address))["version"]
    headers = {"HTTP_IF_MATCH": f'"{version}"'}
    saved = told(browser.patch(address, {"changes": answers}, format="json", **headers))
    return case["id"], saved["projection"]


def press(browser, case, action, **given):
    body = {"action": action, **given}
    return told(browser.post(f"/api/v1/procedures/cases/{case}/perform/", body, format="json"))


RANKS = {"krajowy": "krajowy", "wojewodzki": "wojewódzki", "gminny": "gminny"}
CATEGORIES = {"nauka": "nauka", "sport": "sport", "sztuka": "sztuka"}


def chosen(key, choices, **fields):
    listed = [{"key": one, "label": label} for one, label in choices.items()]
    return question(key, "single_choice", options={"choices": listed}, **fields)


ACHIEVEMENTS = question(
    "osiagniecia",
    "table",
    required=True,
    options={
        "max_rows": 40,
        "columns": [
            chosen("kategoria", CATEGORIES, required=True),
            chosen("ranga", RANKS, required=True),
            question("miejsce", "number", required=True, options={"min": "1", "decimals": 0}),
            question("dzien", "date", required=True),
            question(
                "punkty",
                "number",
                compute="jeżeli(rok_szkolny(dzien) = rok_szkolny() - 1; "
                'z_tabeli("punkty", "punkty", ranga, miejsce); 0)',
                options={"hidden": True},
            ),
        ],
    },
)


@pytest.fixture
def scholarship(city):
    """Three best achievements of the past school year in each category; the sum by bands."""
    tabled(
        city,
        "punkty",
        [(1, ("Ranga", "text")), (2, ("Miejsce od", "from"))],
        [("punkty", "number")],
        [
            (["krajowy", "1"], None, {"punkty": 30}),
            (["krajowy", "2"], "2027-09-01", {"punkty": 22}),
            (["krajowy", "2"], None, {"punkty": 20}),
            (["krajowy", "4"], None, {"punkty": 5}),
            (["gminny", "1"], None, {"punkty": 3}),
        ],
    )
    tabled(
        city,
        "stypendium",
        [(1, ("Od punktów", "from"))],
        [("kwota", "money")],
        [
            (["0"], None, {"kwota": 0}),
            (["20"], None, {"kwota": 200}),
            (["50"], None, {"kwota": 350}),
        ],
    )
    best = [
        question(
            f"punkty_{one}",
            "number",
            compute=f'suma(najlepsze(3, osiagniecia.punkty, osiagniecia.kategoria = "{one}"))',
        )
        for one in CATEGORIES
    ]
    form = formed(
        city,
        "Wniosek o stypendium",
        [
            section(
                "o_uczniu",
                question("uczen", required=True),
                question("urodzenie", "date", required=True),
            ),
            section(
                "o_wynikach",
                {**ACHIEVEMENTS, "help": "Z roku {nazwa_roku_szkolnego(rok_szkolny() - 1)}."},
                *best,
                question("finaly", "number", compute="ile_gdy(osiagniecia.miejsce <= 3)"),
                question(
                    "punkty", "number", compute="max(punkty_nauka, punkty_sport, punkty_sztuka)"
                ),
                question("kwota", "money", compute='z_tabeli("stypendium", "kwota", punkty)'),
            ),
        ],
        checks=[
            {
                "rule": "wiek(urodzenie) < 20",
                "sentence": "Stypendium jest dla uczniów do 20 lat.",
                "at": "urodzenie",
            },
            {
                "rule": "ile_gdy(rok_szkolny(osiagniecia.dzien) <> rok_szkolny() - 1) = 0",
                "sentence": "Liczą się osiągnięcia z minionego roku szkolnego.",
                "at": "osiagniecia",
            },
        ],
    )
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent"),
        made.stage("odwolanie", "appeal", "applicant", deadline={"days": 14}),
        made.stage("ponownie", "reconsideration", "referent"),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "koniec", key="przyznaj", condition="punkty >= 20"),
        made.way("ocena", "complete", "odwolanie", key="za_malo"),
        made.way("ocena", "rejected", "odwolanie", key="odrzuc"),
        made.way("odwolanie", "appealed", "ponownie"),
        made.way("odwolanie", "timeout", "odmowa"),
        made.way("ponownie", "changed", "koniec"),
        made.way("ponownie", "upheld", "odmowa"),
    ]
    for _ in range(2):
        made.officer("referent")
    limits = {"reference_day": "2027-09-15"}
    return proceeded(city, made.document(stages, ways, form=form, limits=limits, name="Stypendium"))


def achieved(*rows):
    names = ("kategoria", "ranga", "miejsce", "dzien")
    return [dict(zip(names, row, strict=True)) for row in rows]


def values(projection, *keys):
    return [projection["questions"][key]["value"] for key in keys]


@time_machine.travel(CALL)
def test_a_scholarship_counts_the_three_best_of_the_past_school_year_in_each_category(
    scholarship, head, unit, api
):
    rows = achieved(
        ("nauka", "krajowy", 1, "2026-10-10"),
        ("nauka", "krajowy", 2, "2027-05-05"),
        ("nauka", "krajowy", 3, "2027-05-06"),
        ("nauka", "gminny", 1, "2027-05-07"),
        ("sport", "krajowy", 1, "2027-01-01"),
        ("sport", "wojewodzki", 1, "2027-01-01"),
    )
    answers = {"uczen": "Ola", "urodzenie": "2010-01-01", "osiagniecia": rows}
    case, drawn = filed(api(head), scholarship, unit, answers)

    assert drawn["errors"] == []
    assert values(drawn, "punkty_nauka", "punkty_sport", "punkty_sztuka") == ["74", "30", "0"]
    assert values(drawn, "finaly", "punkty", "kwota") == ["6", "74", "350.00"]
    assert drawn["questions"]["osiagniecia"]["help"] == "Z roku 2026/2027."
    cells = drawn["questions"]["osiagniecia"]["rows"][0]["cells"]
    assert (cells["punkty"]["is_visible"], cells["punkty"]["value"]) == (False, None)
    press(api(head), case, "submitted")


@time_machine.travel(CALL)
def test_an_achievement_of_another_year_is_refused_whatever_year_it_is_now(
    scholarship, head, unit, api
):
    rows = achieved(("nauka", "krajowy", 1, "2027-09-10"))
    answers = {"uczen": "Ola", "urodzenie": "2007-09-15", "osiagniecia": rows}
    _, drawn = filed(api(head), scholarship, unit, answers)

    assert [(one["path"], one["sentence"]) for one in drawn["errors"]] == [
        ("urodzenie", "Stypendium jest dla uczniów do 20 lat."),
        ("osiagniecia", "Liczą się osiągnięcia z minionego roku szkolnego."),
    ]


@time_machine.travel(CALL)
def test_too_few_points_lead_to_an_appeal_that_another_officer_decides(
    scholarship, head, unit, api
):
    first, second = (one.person for one in made.Holder.objects.order_by("pk"))
    rows = achieved(("sztuka", "gminny", 1, "2027-02-02"))
    answers = {"uczen": "Jan", "urodzenie": "2012-01-01", "osiagniecia": rows}
    case, _ = filed(api(head), scholarship, unit, answers)
    press(api(head), case, "submitted")
    assert press(api(first), case, "za_malo")["stage"]["key"] == "odwolanie"
    press(api(head), case, "appealed", data={"uzasadnienie": "Konkurs był wojewódzki."})

    page = told(api(first).get(f"/api/v1/procedures/cases/{case}/"))
    assert all(one["blocked"] for one in page["actions"])
    data = {"data": "2027-10-01", "uzasadnienie": "Konkurs był gminny."}
    done = press(api(second), case, "upheld", data=data)
    assert (done["stage"]["key"], done["state"]) == ("odmowa", "closed")


@pytest.fixture
def training(city):
    """Fees by semesters: per cent and ceiling by the form of study and the degree, dated."""
    tabled(
        city,
        "pulapy",
        [(1, ("Forma studiów", "text")), (2, ("Stopień", "text"))],
        [("procent", "number"), ("pulap", "money")],
        [
            (["magisterskie", "mianowany"], None, {"procent": 50, "pulap": 1500}),
            (["magisterskie", "mianowany"], "2028-02-01", {"procent": 50, "pulap": 1800}),
            (["podyplomowe", "mianowany"], None, {"procent": 80, "pulap": 2000}),
        ],
    )
    fees = question(
        "semestry",
        "table",
        required=True,
        options={
            "max_rows": 4,
            "sums": ["doplata"],
            "columns": [
                question("od", "date", required=True),
                question("czesne", "money", required=True),
                question("semestr", "number", compute="semestr(od)"),
                question(
                    "pulap",
                    "money",
                    compute='z_tabeli_na(od, "pulapy", "pulap", forma, stopien)',
                    options={"hidden": True},
                ),
                question(
                    "procent",
                    "percent",
                    compute='z_tabeli_na(od, "pulapy", "procent", forma, stopien)',
                    options={"hidden": True},
                ),
                question(
                    "doplata",
                    "money",
                    compute="min(czesne * procent / 100; pulap)",
                ),
            ],
        },
    )
    forms_of_study = {"magisterskie": "magisterskie", "podyplomowe": "podyplomowe"}
    form = formed(
        city,
        "Wniosek o dopłatę do czesnego",
        [
            section(
                "o_nauczycielu",
                question("nauczyciel", required=True),
                chosen("forma", forms_of_study, required=True),
                chosen("stopien", {"mianowany": "mianowany", "dyplomowany": "dyplomowany"}),
            ),
            section(
                "o_czesnym",
                fees,
                question("razem", "money", compute="suma(semestry.doplata)"),
                question("zimowe", "number", compute="ile_gdy(semestry.semestr = 1)"),
                question("limit", "money", compute="min(razem; 3000)", label="Dopłata po limicie"),
            ),
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
        made.way("ocena", "complete", "koniec"),
        made.way("ocena", "rejected", "odmowa"),
    ]
    made.officer("referent")
    return proceeded(city, made.document(stages, ways, form=form, name="Dopłaty do czesnego"))


@time_machine.travel(CALL)
def test_further_training_is_paid_by_semesters_up_to_the_ceiling_of_their_day(
    training, head, unit, api
):
    rows = [{"od": "2027-10-01", "czesne": "2400"}, {"od": "2028-02-20", "czesne": "4000"}]
    answers = {
        "nauczyciel": "Ewa",
        "forma": "magisterskie",
        "stopien": "mianowany",
        "semestry": rows,
    }
    case, drawn = filed(api(head), training, unit, answers)

    assert drawn["errors"] == []
    cells = [row["cells"] for row in drawn["questions"]["semestry"]["rows"]]
    assert [one["doplata"]["value"] for one in cells] == ["1200.00", "1800.00"]
    assert [one["semestr"]["value"] for one in cells] == ["1", "2"]
    assert values(drawn, "razem", "zimowe", "limit") == ["3000.00", "1", "3000.00"]
    press(api(head), case, "submitted")


@time_machine.travel(CALL)
def test_a_degree_that_the_table_does_not_know_gets_nothing_by_accident(training, head, unit, api):
    answers = {
        "nauczyciel": "Ewa",
        "forma": "magisterskie",
        "stopien": "dyplomowany",
        "semestry": [{"od": "2027-10-01", "czesne": "2400"}],
    }
    _, drawn = filed(api(head), training, unit, answers)
    assert values(drawn, "razem", "limit") == ["0.00", "0.00"]
