"""What publishing refuses; each fault names its stage."""

from procedures.checking import check, start_of
from procedures.definition import read
from tests.procedures.documents import (
    FORMS,
    document,
    end,
    grant,
    in_grant,
    known_forms,
    stage,
    way,
)


def faults(given, **world):
    found = check(read(given), **{**known_forms(), **world})
    return [(one.stage, one.path, one.sentence) for one in found]


def stages_and_paths(given, **world):
    return [(named, path) for named, path, _ in faults(given, **world)]


def test_a_whole_procedure_has_no_faults():
    everybody = dict.fromkeys(("referent", "kierownik", "komisja", "prezydent"), True)
    assert faults(grant(), functions=everybody, letters=(), effects=(), tables={}) == []


def test_a_procedure_without_stages_is_refused():
    assert [path for _, path, _ in faults(document([], []))] == ["stages", "stages"]


def test_a_kind_that_code_does_not_know_is_refused():
    spoilt, found = in_grant("korekta")
    found["kind"] = "nieznany"
    [fault] = faults(spoilt)
    assert fault == (
        "korekta",
        "stages/2/kind",
        "Nie ma rodzaju etapu „nieznany”. Wybierz inny.",
    )


def test_a_matter_begins_in_exactly_one_submission():
    spoilt, found = in_grant("korekta")
    found["kind"] = "submission"
    for one in spoilt["transitions"]:
        one["on"] = {"corrected": "submitted", "timeout": "withdrawn"}.get(one["on"], one["on"])
    [fault] = faults(spoilt)
    assert fault[:2] == ("korekta", "stages/2/kind")
    assert "złożeniem jest już „Złożenie wniosku”" in fault[2]


def test_without_a_submission_nobody_can_begin():
    stages = [stage("decyzja", "decision", "referent"), end()]
    ways = [way("decyzja", "granted", "koniec"), way("decyzja", "refused", "koniec")]
    [fault] = faults(document(stages, ways))
    assert fault[:2] == ("", "stages")
    assert faults(document(stages, ways, applicant="office")) == []
    assert start_of(read(document(stages, ways, applicant="office"))).key == "decyzja"


def test_every_stage_is_reached():
    spoilt = grant()
    spoilt["stages"].append(stage("zapomniany", "execution", "referent", name="Zapomniany"))
    spoilt["transitions"].append(way("zapomniany", "executed", "przyznane"))
    assert faults(spoilt) == [
        (
            "zapomniany",
            "stages/9",
            "Do tego etapu nie prowadzi żadna droga. Dodaj przejście albo usuń etap.",
        )
    ]


def test_an_end_is_reached_from_every_stage():
    stages = [
        stage("zlozenie", "submission", "applicant"),
        stage("a", "execution", "referent"),
        stage("b", "execution", "referent"),
        end(),
    ]
    ways = [
        way("zlozenie", "submitted", "a"),
        way("zlozenie", "withdrawn", "koniec"),
        way("a", "executed", "b"),
        way("b", "executed", "a"),
    ]
    found = faults(document(stages, ways))
    assert [(named, path) for named, path, _ in found] == [("a", "stages/1"), ("b", "stages/2")]
    assert {sentence for _, _, sentence in found} == {
        (
            "Z tego etapu nie da się dojść do zamknięcia sprawy. "
            "Dodaj przejścia do etapu rodzaju „Zakończenie”."
        )
    }


def test_each_outcome_that_needs_a_way_has_one():
    spoilt, _ = in_grant("decyzja")
    spoilt["transitions"] = [one for one in spoilt["transitions"] if one["on"] != "refused"]
    assert faults(spoilt) == [
        (
            "decyzja",
            "stages/5",
            "Nie wiadomo, co dalej po wyniku „odmówiono”. Dodaj przejście po tym wyniku.",
        )
    ]


def test_the_last_way_of_an_outcome_has_no_condition():
    spoilt = grant()
    last = next(one for one in spoilt["transitions"] if one["key"] == "za_malo")
    last["condition"] = "ocena.wynik < 50"
    [fault] = faults(spoilt)
    assert fault[:2] == ("ocena", "transitions/9/condition")
    assert "sprawa nie miałaby dokąd pójść" in fault[2]


def test_a_way_after_one_without_a_condition_is_never_taken():
    spoilt = grant()
    spoilt["transitions"][8]["condition"] = ""
    [fault] = faults(spoilt)
    assert fault[:2] == ("ocena", "transitions/8/condition")


def test_ways_lead_from_and_to_stages_on_outcomes_that_are_there():
    spoilt = grant()
    spoilt["transitions"] += [
        way("zlozenie", "submitted", "nigdzie", key="a", condition="tak"),
        way("znikad", "submitted", "formalna", key="b"),
        way("formalna", "approved", "decyzja", key="c"),
        way("przyznane", "executed", "odmowa", key="d"),
    ]
    found = dict.fromkeys(stages_and_paths(spoilt))
    for expected in (
        ("zlozenie", "transitions/14/to"),
        ("znikad", "transitions/15/from"),
        ("formalna", "transitions/16/on"),
        ("przyznane", "transitions/17/from"),
    ):
        assert expected in found


def test_time_cannot_bring_what_has_no_deadline():
    spoilt, found = in_grant("korekta")
    found["deadline"] = None
    [fault] = faults(spoilt)
    assert fault[:2] == ("korekta", "transitions/7/on")


def test_a_circle_that_turns_by_itself_is_refused():
    stages = [
        stage("zlozenie", "submission", "applicant"),
        stage("a", "correction", "applicant", deadline={"days": 1}),
        stage("b", "settlement", "referent", deadline={"days": 1}),
        end(),
    ]
    ways = [
        way("zlozenie", "submitted", "a"),
        way("a", "corrected", "koniec"),
        way("a", "timeout", "b"),
        way("b", "settled", "koniec"),
        way("b", "timeout", "a"),
    ]
    found = stages_and_paths(document(stages, ways))
    assert found == [("a", "stages/1"), ("b", "stages/2")]
    ways[-1]["to"] = "koniec"
    assert faults(document(stages, ways)) == []


def test_money_that_may_run_out_needs_a_way_without_it():
    spoilt = grant()
    spoilt["transitions"] = [one for one in spoilt["transitions"] if one["on"] != "none"]
    [fault] = faults(spoilt)
    assert fault[:2] == ("podzial", "stages/4")


def test_a_stage_that_grants_money_says_from_which_pot():
    spoilt, found = in_grant("podzial")
    found["parameters"] = {"requested": "kwota"}
    assert stages_and_paths(spoilt) == [("podzial", "stages/4/parameters/pots")]
    spoilt, found = in_grant("decyzja")
    found["parameters"] = {"with_amount": True}
    assert stages_and_paths(spoilt) == [("decyzja", "stages/5/parameters/pots")]


def test_pots_that_a_stage_names_are_in_the_budget():
    given, found = in_grant("podzial")
    assert stages_and_paths(given, pots={}) == [("podzial", "stages/4/parameters/pots")]
    assert faults(given, pots={"granty": [2026]}) == []
    found["parameters"]["year"] = "2027"
    [(_, path, sentence)] = faults(given, pots={"granty": [2026]})
    assert path == "stages/4/parameters/pots"
    assert sentence.startswith("W budżecie na 2027 r. nie ma puli „granty”.")
    assert faults(given, pots={"granty": [2026, 2027]}) == []


def test_a_stage_that_nobody_may_act_on_is_refused():
    spoilt, found = in_grant("decyzja")
    found["function"] = ""
    assert faults(spoilt) == [
        (
            "decyzja",
            "stages/5/function",
            "W tym etapie nikt nie może działać. Wskaż funkcję, która go prowadzi.",
        )
    ]


def test_the_applicant_does_not_judge_their_own_matter():
    spoilt, found = in_grant("decyzja")
    found["function"] = "applicant"
    assert stages_and_paths(spoilt) == [("decyzja", "stages/5/function")]


def test_functions_are_those_of_the_procedure():
    spoilt, found = in_grant("decyzja")
    found["function"] = "nikt"
    _, checked = in_grant("formalna")
    spoilt["stages"][1] = checked
    checked["deadline"]["escalate_to"] = "ktos"
    spoilt["stages"][3]["parameters"]["closed_by"] = "zapomniana"
    assert sorted(stages_and_paths(spoilt)) == [
        ("decyzja", "stages/5/function"),
        ("formalna", "stages/1/deadline/escalate_to"),
        ("ocena", "stages/3/parameters"),
    ]


def test_every_function_is_bound():
    bound = {"referent": True, "kierownik": True, "komisja": False}
    assert faults(grant(), functions=bound) == [
        (
            "ocena",
            "stages/3/function",
            (
                "Nikt z prawem „Prowadzenie spraw” nie pełni funkcji „Komisja” (kod: komisja). "
                "Przypisz jej osobę albo rolę, która ma to prawo."
            ),
        ),
        (
            "decyzja",
            "stages/5/function",
            (
                "Nikt z prawem „Prowadzenie spraw” nie pełni funkcji „Prezydent” (kod: prezydent). "
                "Przypisz jej osobę albo rolę, która ma to prawo."
            ),
        ),
    ]


def test_approvers_in_parameters_are_bound_too():
    stages = [
        stage("zlozenie", "submission", "applicant"),
        stage(
            "zgoda",
            "approval",
            "referent",
            parameters={"approvers": [{"id": "1", "function": "dyrektor"}]},
        ),
        end(),
    ]
    ways = [way("zlozenie", "submitted", "zgoda"), way("zgoda", "approved", "koniec")]
    given = document(stages, ways, functions=("referent", "dyrektor"))
    bound = {"referent": True, "dyrektor": False}
    assert stages_and_paths(given, functions=bound) == [("zgoda", "stages/1/parameters")]


def test_every_form_is_published():
    only = {"karta": FORMS["karta"]}
    [first, *_] = stages_and_paths(grant(), form=None, forms=only)
    assert first == ("zlozenie", "form")
    spoilt, found = in_grant("formalna")
    found["form"] = "notatka"
    assert ("formalna", "stages/1/form") in stages_and_paths(spoilt)


def test_parameters_are_those_of_the_kind():
    spoilt, found = in_grant("ocena")
    found["parameters"] = {"points": "punkty", "quorum": "0", "kolor": "zielony"}
    assert stages_and_paths(spoilt) == [
        ("ocena", "stages/3/parameters/kolor"),
        ("ocena", "stages/3/parameters/quorum"),
    ]


def test_parameters_name_questions_that_are_numbers():
    spoilt, found = in_grant("ocena")
    found["parameters"] = {"points": "oceny"}
    spoilt["stages"][4]["parameters"]["requested"] = "tytul"
    assert stages_and_paths(spoilt) == [
        ("ocena", "stages/3/parameters/points"),
        ("podzial", "stages/4/parameters/requested"),
    ]


def test_letters_and_effects_are_there():
    spoilt, found = in_grant("decyzja")
    found["letters"] = ["decyzja"]
    spoilt["transitions"][0]["effects"] = [
        {"kind": "letter", "template": "wezwanie"},
        {"kind": "letter"},
        {"kind": "notify", "who": "nikt", "sentence": ""},
        {"kind": "budget.reserve"},
    ]
    assert faults(spoilt)[0][:2] == ("zlozenie", "transitions/0/effects")
    world = {"letters": ["decyzja"], "effects": []}
    assert stages_and_paths(spoilt, **world) == [("zlozenie", "transitions/0/effects")] * 5
    spoilt["transitions"][0]["effects"] = [
        {"kind": "letter", "template": "decyzja"},
        {"kind": "notify", "who": "applicant", "sentence": "Dziękujemy."},
        {"kind": "budget.reserve", "pot": "x"},
    ]
    assert faults(spoilt, letters=["decyzja"], effects=["budget.reserve"]) == []


def test_others_see_parts_that_there_are():
    spoilt, found = in_grant("formalna")
    found["visible_to"] = {"applicant": ["stage", "wszystko"], "ktos": ["stage"]}
    assert stages_and_paths(spoilt) == [
        ("formalna", "stages/1/visible_to/applicant"),
        ("formalna", "stages/1/visible_to/ktos"),
    ]


def test_a_key_of_an_act_is_no_key_of_a_way():
    spoilt = grant()
    spoilt["transitions"][8]["key"] = "give_score"
    assert stages_and_paths(spoilt) == [("ocena", "transitions/8/key")]


def test_the_class_is_in_the_file_plan():
    given = {**grant(), "class": "WES.4424"}
    assert stages_and_paths(given, classes=["WES.512"]) == [("", "class")]
    assert faults(given, classes=["WES.4424"]) == []


def test_what_an_unpublished_form_asks_is_not_called_unknown():
    """The form is told to be unpublished; its questions are then nobody's fault."""
    spoilt, _ = in_grant("podzial")
    spoilt["transitions"][0] = {**spoilt["transitions"][0], "condition": ""}
    [only] = [
        one
        for one in faults(spoilt, form=None, forms={"karta": FORMS["karta"]})
        if "pytania" in one[2] or "publik" in one[2]
    ]
    assert only == (
        "zlozenie",
        "form",
        "Formularz wnioskodawcy nie jest opublikowany. Opublikuj go albo wskaż inny.",
    )


def test_a_card_that_nobody_has_published_is_told_once():
    found = faults(grant(), forms={})
    assert [one for one in found if one[0] == "ocena"] == [
        (
            "ocena",
            "stages/3/form",
            "Formularz tego etapu nie jest opublikowany. Opublikuj go albo wskaż inny.",
        )
    ]


def test_a_condition_may_read_what_an_unpublished_form_will_ask():
    stages = [
        stage("zlozenie", "submission", "applicant"),
        stage("ocena", "formal_check", "referent", form="notatka"),
        end(),
        end("inaczej"),
    ]
    ways = [
        way("zlozenie", "submitted", "ocena"),
        way("ocena", "complete", "koniec", condition='kwota > 5 i ocena.stan = "dobry"'),
        way("ocena", "complete", "inaczej"),
        way("ocena", "rejected", "inaczej"),
    ]
    given = document(stages, ways, form="wniosek")
    assert stages_and_paths(given, form=None, forms={}) == [
        ("zlozenie", "form"),
        ("ocena", "stages/1/form"),
    ]


def test_points_without_any_card_are_told():
    spoilt, found = in_grant("ocena")
    found["form"] = ""
    assert [one[2] for one in faults(spoilt) if one[0] == "ocena"] == [
        "Pytanie „punkty” ma stać w formularzu tego etapu, a tego nie wskazano. Wskaż go."
    ]
