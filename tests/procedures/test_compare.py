"""What changed between two procedures, in words."""

from dataclasses import replace

import pytest

from procedures.definition import Function, Limits, read
from procedures.differences import compare
from tests.procedures.documents import grant, stage, way


def sentences(change):
    given = grant()
    change(given)
    return [one.sentence for one in compare(read(grant()), read(given))]


def test_equal_procedures_differ_in_nothing():
    assert compare(read(grant()), read(grant())) == []


def test_where_stages_lie_on_the_board_is_no_difference():
    assert sentences(lambda given: given["stages"][0].update(x=100, y=40)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda given: given.update(name="Granty"),
            ["Nazwa procedury: było „Grant oświatowy”, jest „Granty”."],
        ),
        (
            lambda given: given.update(applicant="person"),
            ["Rodzaj wnioskodawcy: było „jednostka”, jest „osoba”."],
        ),
        (
            lambda given: given.update(limits={"closes_at": "2026-12-15"}),
            ["Koniec naboru: ustawiono „2026-12-15”."],
        ),
        (
            lambda given: given["functions"][0].update(name="Sprawdza"),
            ["Funkcja „Referent” nazywa się teraz „Sprawdza”."],
        ),
        (
            lambda given: given["stages"][1].update(name="Sprawdzenie"),
            ["Etap „Ocena formalna”: nazwa: było „Ocena formalna”, jest „Sprawdzenie”."],
        ),
        (
            lambda given: given["stages"][1]["deadline"].update(days=14, pauses=True),
            [
                "Etap „Ocena formalna”: termin: liczba dni: było „7”, jest „14”.",
                "Etap „Ocena formalna”: termin: wstrzymywanie: było „nie”, jest „tak”.",
            ],
        ),
        (
            lambda given: given["stages"][1].update(deadline=None),
            ["Etap „Ocena formalna”: usunięto termin."],
        ),
        (
            lambda given: given["stages"][3].update(parameters={"points": "inne"}),
            ["Etap „Ocena komisji”: ustawienia: zmieniono."],
        ),
        (
            lambda given: given["stages"].append(stage("nowy", "execution", name="Realizacja")),
            ["Dodano etap „Realizacja”."],
        ),
        (lambda given: given["stages"].pop(), ["Usunięto etap „Wycofane”."]),
        (
            lambda given: given["stages"].append(given["stages"].pop(6)),
            ["Zmieniono kolejność etapów."],
        ),
        (
            lambda given: given["transitions"][8].update(condition="ocena.wynik >= 60"),
            [
                (
                    "Etap „Ocena komisji”: przejście „ocena: scored”: warunek: było "
                    "„ocena.wynik >= 50”, jest „ocena.wynik >= 60”."
                )
            ],
        ),
        (
            lambda given: given["transitions"][10].update(to="odmowa"),
            [
                (
                    "Etap „Podział środków”: przejście „Przyznaj kwotę”: dokąd prowadzi: było "
                    "„Decyzja”, jest „Odmowa”."
                )
            ],
        ),
        (
            lambda given: given["transitions"][5].update(reason="none"),
            [
                (
                    "Etap „Ocena formalna”: przejście „Odrzuć”: uzasadnienie: było "
                    "„uzasadnienie wymagane”, jest „bez uzasadnienia”."
                )
            ],
        ),
        (
            lambda given: given["transitions"].pop(4),
            ["Etap „Ocena formalna”: usunięto przejście „Odrzuć po dwóch wezwaniach”."],
        ),
        (
            lambda given: given["transitions"].append(way("decyzja", "partly", "przyznane")),
            ["Etap „Decyzja”: dodano przejście „decyzja: partly”."],
        ),
        (
            lambda given: given["transitions"].insert(0, given["transitions"].pop(1)),
            ["Zmieniono kolejność, w której sprawdza się przejścia."],
        ),
    ],
)
def test_each_change_is_told_in_words(change, told):
    assert sentences(change) == told


def test_a_change_names_its_place_and_stage():
    given = grant()
    given["stages"][1]["deadline"]["days"] = 14
    given["transitions"][0]["label"] = "Wyślij"
    found = compare(read(grant()), read(given))
    assert [(one.kind, one.path, one.stage) for one in found] == [
        ("changed", "stages/formalna/deadline", "formalna"),
        ("changed", "transitions/zlozenie/submitted_formalna/label", "zlozenie"),
    ]


@pytest.mark.parametrize("member", ["description", "noun", "form", "class_symbol", "sources"])
def test_no_member_of_the_whole_is_forgotten(member):
    old = read(grant())
    new = replace(old, **{member: ("inne",) if member == "sources" else "inne"})
    assert [one.path for one in compare(old, new)] == [member]


def test_added_and_removed_functions_are_told():
    old = read(grant())
    new = replace(old, functions=(*old.functions[1:], Function("nowa", "Nowa")))
    assert [one.sentence for one in compare(old, new)] == [
        "Usunięto funkcję „Referent”.",
        "Dodano funkcję „Nowa”.",
    ]
    turned = replace(old, functions=tuple(reversed(old.functions)), limits=Limits("3"))
    assert [one.path for one in compare(old, turned)] == ["limits/per_unit", "functions"]
