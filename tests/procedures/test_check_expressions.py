"""What publishing refuses in expressions: conditions, deadlines, limits."""

import pytest

from forms import definition as forms
from tests.procedures.documents import FORMS, form, grant, in_grant
from tests.procedures.test_check import faults, stages_and_paths


@pytest.mark.parametrize(
    "condition",
    [
        "kwota >",
        "nieznane = 1",
        "kwota + 1",
        "ocena.punkty > 1",
        "ocena.nieznany > 1",
        "decyzja.numer > 3",
        'sprawa.runda = "raz"',
        'jednostka.kolor = "zielony"',
        'z_tabeli("limity", "kwota") > 3',
    ],
)
def test_conditions_mean_something(condition):
    spoilt = grant()
    spoilt["transitions"][8]["condition"] = condition
    [fault] = faults(spoilt, tables={})
    assert fault[:2] == ("ocena", "transitions/8/condition")


@pytest.mark.parametrize(
    "condition",
    [
        "kwota > 1000 i sprawa.runda < 3",
        "ocena.wynik >= 50 lub podzial.kwota = puste",
        'jednostka.kind = "szkoła" i decyzja.data > 2026-01-01',
        'z_tabeli("limity", "kwota") > 3',
    ],
)
def test_conditions_see_the_form_the_stages_and_the_unit(condition):
    spoilt = grant()
    spoilt["transitions"][8]["condition"] = condition
    assert faults(spoilt, tables={"limity": ["kwota"]}) == []


def test_a_name_that_means_two_things_is_refused_where_it_is_used():
    spoilt, found = in_grant("formalna")
    found["form"] = "notatka"
    known = {**FORMS, "notatka": forms.read(form(("uwagi", "long_text", {})))}
    assert faults(spoilt, forms=known) == []
    spoilt["transitions"][3]["condition"] = 'formalna.uwagi = "źle"'
    assert stages_and_paths(spoilt, forms=known) == [("formalna", "transitions/3/condition")]


def test_a_stage_is_not_called_as_something_that_conditions_know():
    spoilt, found = in_grant("korekta")
    found["key"] = "kwota"
    for one in spoilt["transitions"]:
        one["from"] = "kwota" if one["from"] == "korekta" else one["from"]
        one["to"] = "kwota" if one["to"] == "korekta" else one["to"]
    assert stages_and_paths(spoilt) == [("kwota", "stages/2/key")]


def test_deadlines_say_until_when():
    spoilt, found = in_grant("formalna")
    found["deadline"] = {}
    assert stages_and_paths(spoilt) == [("formalna", "stages/1/deadline")]
    found["deadline"] = {"until": "kwota"}
    assert stages_and_paths(spoilt) == [("formalna", "stages/1/deadline/until")]
    found["deadline"] = {"until": "2026-12-31"}
    assert faults(spoilt) == []


def test_limits_are_judged_without_the_form():
    limits = {
        "per_unit": "kwota",
        "opens_at": "jutro",
        "closes_at": "2026-12-15T23:59:59",
        "test_of_overdue": "sprawy.zalegle",
    }
    assert stages_and_paths({**grant(), "limits": limits}) == [
        ("", "limits/per_unit"),
        ("", "limits/test_of_overdue"),
        ("", "limits/opens_at"),
    ]
    limits = {
        "per_unit": 'jeżeli(jednostka.kind = "MDK", 6, 3)',
        "opens_at": "2026-11-15",
        "closes_at": "2026-12-15T12:00",
        "test_of_overdue": "sprawy.zalegle > 0",
    }
    assert faults({**grant(), "limits": limits}) == []
    limits["closes_at"] = "2026-11-14"
    assert stages_and_paths({**grant(), "limits": limits}) == [("", "limits/closes_at")]
