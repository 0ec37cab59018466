import json

import pytest

from procedures.definition import Unreadable, read, write
from tests.procedures.documents import end, grant, stage, way


def faults(document):
    with pytest.raises(Unreadable) as refusal:
        read(document)
    return [(one.path, one.stage, str(one)) for one in refusal.value.faults]


def test_what_was_read_is_written_the_same():
    written = write(read(grant()))

    assert read(written) == read(grant())
    assert write(read(written)) == written
    assert json.loads(json.dumps(written)) == written


def test_absent_members_have_their_defaults():
    procedure = read({"name": "Krótka", "stages": [{"key": "a", "kind": "closing", "name": "A"}]})

    [only] = procedure.stages
    assert (procedure.noun, procedure.applicant, procedure.form) == ("sprawa", "unit", "")
    assert (only.deadline, only.letters, only.parameters, only.x) == (None, (), {}, 0)


def test_an_unknown_member_is_refused_with_its_path():
    document = grant()
    document["stages"][1]["deadline"]["dni"] = 7
    document["kolor"] = "zielony"

    assert faults(document) == [
        (
            "stages/1/deadline/dni",
            "formalna",
            "Etap „Ocena formalna” › Termin: Nie ma pola „dni”. Usuń je albo popraw jego nazwę.",
        ),
        ("kolor", "", "Nie ma pola „kolor”. Usuń je albo popraw jego nazwę."),
    ]


@pytest.mark.parametrize(
    ("spoil", "path", "stage_key"),
    [
        (lambda given: given.update(name=" "), "name", ""),
        (lambda given: given.update(applicant="ktoś"), "applicant", ""),
        (lambda given: given.update(stages="etapy"), "stages", ""),
        (lambda given: given["stages"].append("etap"), "stages/9", ""),
        (lambda given: given["stages"][0].update(key="Złożenie"), "stages/0/key", ""),
        (lambda given: given["stages"][1].update(deadline=7), "stages/1/deadline", "formalna"),
        (
            lambda given: given["stages"][1]["deadline"].update(days=True),
            "stages/1/deadline/days",
            "formalna",
        ),
        (
            lambda given: given["stages"][1]["deadline"].update(remind_after=[0]),
            "stages/1/deadline/remind_after",
            "formalna",
        ),
        (lambda given: given["stages"][2].update(letters=[3]), "stages/2/letters", "korekta"),
        (
            lambda given: given["transitions"][0].update(label=""),
            "transitions/0/label",
            "zlozenie",
        ),
        (
            lambda given: given["transitions"][0].update(tone="pink"),
            "transitions/0/tone",
            "zlozenie",
        ),
        (lambda given: given["limits"].update(per_unit=3), "limits/per_unit", ""),
        (lambda given: given.update(format=2), "format", ""),
    ],
)
def test_a_wrong_shape_names_its_place(spoil, path, stage_key):
    document = {**grant(), "limits": {}}
    spoil(document)

    found = faults(document)
    assert (path, stage_key) in [(place, named) for place, named, _ in found]


def test_a_stage_without_a_key_is_called_by_its_name():
    document = grant()
    document["stages"][0]["key"] = "Zły klucz"

    [(path, _, sentence), *_] = faults(document)
    assert path == "stages/0/key"
    assert sentence.startswith("Etap „Złożenie wniosku”: Pole „key” ma być kluczem")


def test_every_fault_is_told_at_once():
    document = {
        "name": "",
        "stages": [stage("a", "closing", name="")],
        "transitions": [way("a", "x", "b", label="")],
    }
    assert [path for path, _, _ in faults(document)] == [
        "name",
        "stages/0/name",
        "transitions/0/label",
    ]


def test_two_things_of_one_key_are_refused():
    document = {
        "name": "Podwójna",
        "functions": [{"key": "f", "name": "F"}, {"key": "f", "name": "G"}],
        "stages": [end("a"), end("a")],
        "transitions": [way("a", "x", "b", key="k"), way("a", "y", "b", key="k")],
    }
    assert [path for path, _, _ in faults(document)] == [
        "stages/1/key",
        "functions/1/key",
        "transitions/1/key",
    ]


@pytest.mark.parametrize("nonsense", [None, [], "tekst", 3, {"stages": {"a": 1}}])
def test_nonsense_is_refused_and_never_breaks(nonsense):
    assert faults(nonsense)


def test_a_function_bears_the_code_that_a_city_gave_it():
    given = {
        "name": "A",
        "functions": [{"key": "Kierownik-referatu", "name": "Kierownik"}],
        "stages": [{"key": "a", "kind": "approval", "name": "A", "function": "Kierownik-referatu"}],
    }
    procedure = read(given)
    assert procedure.stages[0].function == procedure.functions[0].key == "Kierownik-referatu"
    given["functions"][0]["key"] = "kierownik referatu"
    with pytest.raises(Unreadable, match="ma być kodem funkcji"):
        read(given)
