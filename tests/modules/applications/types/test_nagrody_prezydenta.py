"""Nagrody Prezydenta for teachers: art. 49 Karty Nauczyciela, Dz.U. 2023 poz. 1258 § 3.

No points: opinions, a vote of the committee, the mayor's sum.
"""

import pytest

from tests.modules.applications.types.conftest import stands

pytestmark = pytest.mark.django_db
POT = "nagrody_prezydenta"
TEACHER = {
    "first_name": "Ewa",
    "last_name": "Nowak",
    "birth_date": "1980-05-01",
    "birth_place": "Bydgoszcz",
}


def application(**answers):
    return {
        "nauczyciel_dane": TEACHER,
        "stanowisko": "nauczyciel matematyki",
        "funkcja_kierownicza": False,
        "staz_w_szkole": "12",
        "ocena_pracy": "wyrozniajaca",
        "ocena_data": "2025-06-10",
        "nagrody_lista": [{"nagroda": "Nagroda dyrektora", "data_nagrody": "2024-10-14"}],
        "osiagniecia": "Uczniowie zostali laureatami olimpiad.",
        "opinia_rady_data": "2025-09-10",
        "opinia_rady": "opinia.pdf",
        "skan": "skan.pdf",
        **answers,
    }


@pytest.fixture
def call(office, committee):
    return office.opens(office.switches_on(POT), POT, per_unit=5)


def at_the_vote(office, school, call, expert):
    """An application about which the union has given its opinion."""
    case = school.submits(call, **application())
    assert stands(office.checks(case)) == ("opinia", "")
    asked = {"osoba": str(expert.person.pk), "tresc": "Czy popierają Państwo nagrodę?"}
    office.section_head.presses("ask_opinion", case, **asked)
    expert.presses("give_opinion", case, opinia="za", uzasadnienie="Znamy jej pracę.")
    assert stands(office.section_head.presses("opinions_in", case)) == ("komisja_glosuje", "")
    return case


def test_a_teacher_gets_the_award_by_opinion_vote_recommendation_and_the_mayors_sum(
    office, committee, school, call, expert
):
    case = school.submits(call, **application(opinia_rady_data="2025-09-11"))
    wanted = {"sekcje": ["uzasadnienie_wniosku"], "wezwanie": "Opinia rady jest nieczytelna."}
    assert stands(office.clerk.presses("incomplete", case, **wanted)) == ("korekta", "")
    school.corrects(case, opinia_rady="czytelna.pdf")
    office.checks(case)
    office.section_head.presses("bez_opinii", case, "Związki nie wniosły uwag.")

    assert stands(committee.votes(case, "approved", "approved")) == ("komisja_glosuje", "")
    assert stands(committee.votes(case, None, None, "approved")) == ("rekomendacja", "")
    office.director.presses("recommended", case, uzasadnienie="Dorobek.")
    page = office.mayor.presses("granted", case, data="2026-10-14", kwota="5000.00")

    assert stands(page) == ("zakonczone", "positive")
    told = {one["code"]: one["value"] for one in school.sees(case)["findings"]}
    assert told["granted"] == "5\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}zł"
    figures = office.finance.reads(f"/api/v1/applications/calls/{call}/figures/")
    assert figures["money"]["granted"] == "5000.00"


def test_three_members_against_end_the_matter_and_fewer_do_not(
    office, committee, school, call, expert
):
    case = at_the_vote(office, school, call, expert)
    assert stands(committee.votes(case, "refused", "refused", reason="Za krótki staż.")) == (
        "komisja_glosuje",
        "",
    )
    page = committee.votes(case, None, None, "refused", reason="Za krótki staż.")
    assert stands(page) == ("odrzucone", "negative")


def test_the_opinion_of_the_teachers_council_is_of_the_past(office, school, call):
    case = school.begins(call)
    drawn = school.fills_in(case, **application(opinia_rady_data="2999-01-01"))
    assert [one["sentence"] for one in drawn["errors"]] == [
        "Data opinii rady pedagogicznej nie może być przyszła."
    ]
    assert "nie może być przyszła" in school.is_refused("submitted", case)
