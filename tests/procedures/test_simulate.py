"""Walking through a procedure with invented people."""

import pytest

from procedures.simulation import Refused, Simulation
from tests.procedures.documents import (
    FORMS,
    GRANT,
    TODAY,
    document,
    end,
    in_grant,
    procedure,
    stage,
    way,
)


def begin(given=GRANT):
    return Simulation.begin(procedure(given), FORMS["wniosek"], FORMS, today=TODAY)


def offered(simulation, action=None):
    return [
        one
        for one in simulation.choices()
        if not one.blocked and (action is None or one.action == action)
    ]


def take(simulation, action, data=None, **rest):
    return simulation.take(offered(simulation, action)[0], data, **rest)


@pytest.fixture
def formal():
    """The grant, submitted."""
    return take(begin(), "submitted_formalna", {"tytul": "Ogród", "kwota": "1000.00"})


@pytest.fixture
def scoring(formal):
    return take(formal, "complete_ocena", {"punkt_1": True})


def score(simulation, *points):
    for each in points:
        simulation = take(simulation, "give_score", {"punkty": str(each)})
    return simulation


def test_the_whole_way_is_told_in_sentences(scoring):
    walked = take(score(scoring, 40, 60, 80), "za_malo")
    walked = take(walked, "allocated_decyzja", {"kwota": "900.00"})
    walked = take(walked, "granted_przyznane", {"numer": "1/2026", "data": "2026-11-23"})

    assert walked.is_over
    assert walked.choices() == []
    assert walked.log == (
        "Etap „Złożenie wniosku” (złożenie). Kolej na: wnioskodawca.",
        "Anna Nowak: „Złóż wniosek”.",
        "Etap „Ocena formalna” (ocena formalna). Kolej na: referent.",
        "Termin: 7 dni roboczych.",
        "Jan Kowalski: „Przekaż do oceny”.",
        "Etap „Ocena komisji” (ocena punktowa). Kolej na: komisja.",
        "Piotr Wójcik: „Oddaj ocenę”.",
        "Etap trwa dalej.",
        "Ewa Kamińska: „Oddaj ocenę”.",
        "Etap trwa dalej.",
        "Tomasz Lewandowski: „Oddaj ocenę”.",
        "Etap trwa dalej.",
        "Piotr Wójcik: „Oceniono”.",
        "Etap „Podział środków” (podział środków). Kolej na: kierownik.",
        "Maria Wiśniewska: „Przyznaj kwotę”.",
        "Etap „Decyzja” (decyzja). Kolej na: prezydent.",
        "Zofia Zielińska: „Przyznaj”.",
        "Etap „Przyznane”: sprawa się kończy (załatwiono pozytywnie).",
    )


def test_the_condition_chooses_the_way(scoring):
    assert take(score(scoring, 49, 49, 49), "za_malo").stage.key == "odmowa"
    assert take(score(scoring, 50, 50, 50), "za_malo").stage.key == "podzial"


def test_a_button_that_only_its_press_decides_promises_no_way(scoring):
    [button, *_] = offered(score(scoring, 1, 1, 1), "za_malo")
    assert (button.label, button.outcome) == ("Oceniono", "scored")


def test_a_condition_on_rounds_changes_the_button(formal):
    labels = []
    for _ in range(3):
        [button] = [one for one in offered(formal) if one.outcome == "incomplete"]
        labels.append(button.label)
        if button.label == "Wezwij do poprawy":
            formal = take(formal, button.action, {"wezwanie": "Brak podpisu"})
            formal = take(formal, "corrected_formalna")

    assert labels == ["Wezwij do poprawy"] * 2 + ["Odrzuć po dwóch wezwaniach"]


def test_what_a_kind_refuses_is_refused_with_its_sentence(formal):
    with pytest.raises(Refused, match="Punkt „Podpis dyrektora” nie jest spełniony"):
        take(formal, "complete_ocena", {"punkt_1": False})


def test_wrong_fields_are_refused_with_their_mistakes(formal):
    with pytest.raises(Refused) as refusal:
        take(formal, "complete_ocena", {})
    assert [one.path for one in refusal.value.mistakes] == ["punkt_1"]


def test_the_amount_is_bounded_by_what_was_asked_for(scoring):
    walked = take(score(scoring, 60, 60, 60), "za_malo")
    with pytest.raises(Refused, match="wyższa niż wnioskowana"):
        take(walked, "allocated_decyzja", {"kwota": "1000.01"})


def test_a_blocked_button_says_why_and_cannot_be_pressed(scoring):
    [first, *_] = [one for one in scoring.choices() if one.outcome == "scored"]
    assert first.blocked == "Oddano 0 z 3 potrzebnych ocen."
    with pytest.raises(Refused, match="Oddano 0 z 3"):
        scoring.take(first)


def test_time_may_pass(formal):
    walked = take(formal, "incomplete_korekta", {"wezwanie": "Popraw"})
    [late] = [one for one in offered(walked) if one.kind == "time"]
    assert late.who.name == "Upływ czasu"
    assert walked.take(late).stage.key == "odmowa"


def test_an_incomplete_form_is_let_through_and_told():
    walked = take(begin(), "submitted_formalna", {"tytul": ""})
    assert "Formularz nie jest wypełniony poprawnie" in walked.log[1]
    assert walked.stage.key == "formalna"


def test_a_missing_reason_is_let_through_and_told(formal):
    assert "trzeba by podać uzasadnienie" in take(formal, "rejected_odmowa").log[-3]
    walked = take(formal, "rejected_odmowa", reason="Po terminie")
    assert walked.log[-2] == "Jan Kowalski: „Odrzuć”. Uzasadnienie: Po terminie"


def test_the_form_of_the_stage_is_offered_with_nothing_required(scoring):
    [first, *_] = offered(scoring, "give_score")
    [question] = first.fields["sections"][0]["questions"]
    assert (question["key"], question["required"]) == ("punkty", False)


def test_where_nobody_present_can_act_somebody_else_comes(scoring):
    for _ in range(3):
        scoring = take(scoring, "declare_conflict")
    assert scoring.log[-1] == (
        "Nikt z obecnych nie ma już nic do zrobienia, więc dochodzi Marek Szymański (Komisja)."
    )
    assert take(score(scoring, 70), "za_malo").stage.key == "podzial"


def test_where_those_present_can_only_change_what_they_have_said_somebody_else_comes():
    given, scored = in_grant("ocena")
    scored["parameters"]["quorum"] = "2"
    walked = take(begin(given), "submitted_formalna", {"tytul": "Ogród", "kwota": "1000.00"})
    walked = take(walked, "complete_ocena", {"punkt_1": True})
    for action in ("declare_conflict", "declare_conflict", "abstain"):
        walked = take(walked, action)
    assert {one.action for one in offered(walked)} >= {"change_score", "give_score"}

    walked = score(walked, 70, 90)

    assert sum("dochodzi" in one for one in walked.log) == 2
    assert take(walked, "za_malo").stage.key == "podzial"


def test_opinions_are_asked_and_given():
    given = document(
        [
            stage("zlozenie", "submission", "applicant"),
            stage("opinia", "opinion", "referent"),
            end(),
        ],
        [way("zlozenie", "submitted", "opinia"), way("opinia", "opinions_in", "koniec")],
    )
    walked = take(begin(given), "submitted_opinia")
    whom = "00000000-0000-4000-8000-00000000abcd"
    walked = take(walked, "ask_opinion", {"pytana_jednostka": whom, "tresc": "Czy warto?"})
    [answer] = offered(walked, "give_opinion")
    assert answer.who.name == "Zapytana jednostka abcd"
    walked = walked.take(answer, {"opinia": "za", "uzasadnienie": "Warto."})
    assert take(walked, "opinions_in_koniec").is_over


def test_approvers_press_one_after_another():
    approvers = [{"id": "1", "function": "kierownik"}, {"id": "2", "function": "dyrektor"}]
    given = document(
        [
            stage("zlozenie", "submission", "applicant"),
            stage("zgoda", "approval", "kierownik", parameters={"approvers": approvers}),
            end(),
        ],
        [
            way("zlozenie", "submitted", "zgoda"),
            way("zgoda", "approved", "koniec", key="tak", label="Zatwierdź i zakończ"),
        ],
        functions=("kierownik", "dyrektor"),
    )
    walked = take(begin(given), "submitted_zgoda")
    [first] = offered(walked)
    walked = walked.take(first)
    [second] = offered(walked)
    assert (first.label, second.label) == ("Akceptuj", "Zatwierdź i zakończ")
    assert f"{first.who.name}: „Akceptuj”." in walked.log
    assert (first.who.function, second.who.function) == ("kierownik", "dyrektor")
    assert walked.take(second).is_over


def test_a_faulty_draft_is_played_as_far_as_it_goes():
    given = document(
        [stage("zlozenie", "submission", "applicant"), stage("dalej", "nieznany", "referent")],
        [way("zlozenie", "submitted", "dalej"), way("zlozenie", "withdrawn", "nigdzie")],
    )
    stuck = take(begin(given), "submitted_dalej")
    assert (stuck.stage.key, stuck.choices(), stuck.is_over) == ("dalej", [], False)
    assert stuck.log[-1] == "Etap „dalej”: nie ma rodzaju „nieznany”, więc sprawa utknęła."
    lost = take(begin(given), "withdrawn_nigdzie")
    assert lost.log[-1] == "Nie ma etapu „nigdzie”: sprawa utknęła."


def test_without_a_beginning_there_is_nothing_to_choose():
    nothing = begin(document([], []))
    assert (nothing.stage, nothing.choices(), nothing.log) == (None, [], ())


def test_effects_are_told():
    given = document(
        [stage("zlozenie", "submission", "applicant"), end()],
        [
            way(
                "zlozenie",
                "submitted",
                "koniec",
                effects=[
                    {"kind": "letter", "template": "decyzja"},
                    {"kind": "notify", "who": "referent", "sentence": "Gotowe."},
                    {"kind": "budget.reserve"},
                ],
            )
        ],
    )
    assert take(begin(given), "submitted_koniec").log[2:5] == (
        "Powstaje pismo ze wzoru „decyzja”.",
        "Powiadomienie dostaje referent: Gotowe.",
        "Skutek: budget.reserve.",
    )


def test_nothing_of_a_step_changes_the_simulation_before_it(formal):
    before = (formal.log, formal.stage, formal.choices())
    take(formal, "complete_ocena", {"punkt_1": True})
    assert (formal.log, formal.stage, formal.choices()) == before
