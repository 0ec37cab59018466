"""A regulation that the catalogue does not know: teachers' further training by semesters.

A part of the fee, by the form of study, up to a ceiling of each semester and of the person; two
rounds with a pot each; where a pot is too small, everybody is cut alike, to the grosz.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import procedures as made
from tests.factories.forms import question, section
from tests.modules.applications.types.conftest import CALLS
from tests.procedures.test_real_regulations import chosen, formed, proceeded, tabled

pytestmark = pytest.mark.django_db
WINTER, SUMMER = "doksztalcanie_zima", "doksztalcanie_lato"
FORMS = {"magisterskie": "magisterskie", "podyplomowe": "podyplomowe"}


@pytest.fixture
def procedure(office):
    city = office.admin.browser
    tabled(
        city,
        "doplaty",
        [(1, ("Forma studiów", "text"))],
        [("procent", "number"), ("pulap", "money")],
        [
            (["magisterskie"], None, {"procent": 50, "pulap": 1500}),
            (["podyplomowe"], None, {"procent": 80, "pulap": 2000}),
        ],
    )
    fees = question(
        "semestry",
        "table",
        required=True,
        options={
            "max_rows": 2,
            "columns": [
                question("czesne", "money", required=True),
                question(
                    "doplata",
                    "money",
                    compute='min(czesne * z_tabeli("doplaty", "procent", forma) / 100; '
                    'z_tabeli("doplaty", "pulap", forma))',
                ),
            ],
        },
    )
    form = formed(
        city,
        "Dopłata do czesnego",
        [
            section(
                "dane",
                question("nauczyciel", required=True),
                chosen("forma", FORMS, required=True),
                fees,
                question("razem", "money", compute="min(suma(semestry.doplata); 3000)"),
            )
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
    made.holder("referent", office.clerk.person)
    office.keeps_pot(WINTER, "2000.00")
    office.keeps_pot(SUMMER, "5000.00")
    return proceeded(city, made.document(stages, ways, form=form, name="Doskonalenie"))


def test_a_part_of_the_fee_is_paid_up_to_the_ceilings_and_all_are_cut_alike_to_the_pot(
    office, school, procedure
):
    now = timezone.now().replace(microsecond=0)
    summer = {
        "key": "lato",
        "name": "Semestr letni",
        "opens_at": (now + timedelta(days=60)).isoformat(),
        "closes_at": (now + timedelta(days=90)).isoformat(),
        "pots": [SUMMER],
    }
    once = {"per_person": 2, "person_questions": ["nauczyciel"]}
    call = office.opens(procedure, WINTER, more_rounds=[summer], **once)
    fees = {
        "Ewa": ("magisterskie", "2400", "4000"),
        "Jan": ("podyplomowe", "500"),
        "Iza": ("podyplomowe", "2000", "2000"),
    }
    cases = {}
    for name, (form, *paid) in fees.items():
        rows = [{"czesne": one} for one in paid]
        answers = {"nauczyciel": name, "forma": form, "semestry": rows}
        cases[name] = school.submits(call, **answers)
        office.clerk.presses("complete", cases[name])

    rules = {
        "order": [{"by": "zlozono", "direction": "rising"}],
        "amount": {"way": "asked", "by": "razem"},
        "asked": "razem",
        "proportional": True,
        "at_line": "all",
        "pots": [{"code": WINTER}],
    }
    sums = office.ranks(call, **rules)
    # 2,700, 400 and the ceiling of 3,000: 6,100 in all, of a pot of 2,000.
    assert {name: sums[case] for name, case in cases.items()} == {
        "Ewa": "885.24",
        "Jan": "131.15",
        "Iza": "983.61",
    }
    decided = office.awards(decision="7/2026", decided_on="2026-04-15")
    assert decided["total"] == "2000.00"
    pots = office.finance.reads(f"{CALLS}{call}/figures/")["pots"]
    assert {one["code"]: one["left"] for one in pots} == {WINTER: "0.00", SUMMER: "5000.00"}
