"""Procedures as their documents, for tests: a grant with everything, and pieces to build others."""

import copy
from datetime import date

from forms import definition as forms
from procedures.definition import read

TODAY = date(2026, 11, 23)


def stage(key, kind, function="", **rest):
    return {"key": key, "kind": kind, "name": rest.pop("name", key), "function": function, **rest}


def way(source, outcome, target, **rest):
    key = rest.pop("key", f"{outcome}_{target}")
    label = rest.pop("label", f"{source}: {outcome}")
    return {"key": key, "from": source, "on": outcome, "to": target, "label": label, **rest}


def end(key="koniec", meaning="positive", **rest):
    return stage(key, "closing", parameters={"meaning": meaning}, **rest)


def document(stages, transitions, functions=("referent",), **rest):
    named = [{"key": key, "name": key.capitalize()} for key in functions]
    return {
        "format": 1,
        "name": "Próbna",
        "functions": named,
        "stages": stages,
        "transitions": transitions,
        **rest,
    }


def form(*questions, title="Wniosek"):
    asked = [
        {"key": key, "type": kind, "label": key.capitalize(), **rest}
        for key, kind, rest in questions
    ]
    section = {"key": "czesc", "title": "Część", "questions": asked}
    return {"format": 1, "title": title, "sections": [section]}


APPLICATION = form(
    ("tytul", "short_text", {"required": True}), ("kwota", "money", {"required": True})
)
SCORE_CARD = form(("punkty", "number", {"required": True}), title="Karta oceny")

GRANT = document(
    [
        stage("zlozenie", "submission", "applicant", name="Złożenie wniosku"),
        stage(
            "formalna",
            "formal_check",
            "referent",
            name="Ocena formalna",
            parameters={"checklist": [{"id": "1", "point": "Podpis dyrektora"}]},
            deadline={"days": 7, "counted": "working", "escalate_to": "kierownik"},
        ),
        stage("korekta", "correction", "applicant", name="Korekta", deadline={"days": 7}),
        stage(
            "ocena",
            "scoring",
            "komisja",
            name="Ocena komisji",
            form="karta",
            parameters={"points": "punkty"},
        ),
        stage(
            "podzial",
            "allocation",
            "kierownik",
            name="Podział środków",
            parameters={"requested": "kwota", "pots": [{"id": "1", "pot": "granty"}]},
        ),
        stage("decyzja", "decision", "prezydent", name="Decyzja"),
        end("przyznane", name="Przyznane"),
        end("odmowa", "negative", name="Odmowa"),
        end("wycofane", "withdrawn", name="Wycofane"),
    ],
    [
        way("zlozenie", "submitted", "formalna", label="Złóż wniosek", tone="positive"),
        way("zlozenie", "withdrawn", "wycofane", label="Wycofaj"),
        way("formalna", "complete", "ocena", label="Przekaż do oceny"),
        way(
            "formalna",
            "incomplete",
            "korekta",
            label="Wezwij do poprawy",
            condition="sprawa.runda <= 2",
            reason="optional",
        ),
        way("formalna", "incomplete", "odmowa", label="Odrzuć po dwóch wezwaniach"),
        way("formalna", "rejected", "odmowa", label="Odrzuć", tone="negative", reason="required"),
        way("korekta", "corrected", "formalna", label="Złóż poprawiony"),
        way("korekta", "timeout", "odmowa", label="Nie poprawiono w terminie"),
        way("ocena", "scored", "podzial", key="dalej", condition="ocena.wynik >= 50"),
        way("ocena", "scored", "odmowa", key="za_malo", label="Za mało punktów"),
        way("podzial", "allocated", "decyzja", label="Przyznaj kwotę"),
        way("podzial", "none", "odmowa", label="Bez środków"),
        way("decyzja", "granted", "przyznane", label="Przyznaj"),
        way("decyzja", "refused", "odmowa", label="Odmów", reason="required"),
    ],
    functions=("referent", "kierownik", "komisja", "prezydent"),
    name="Grant oświatowy",
    noun="wniosek",
    form="wniosek",
)
FORMS = {"wniosek": forms.read(APPLICATION), "karta": forms.read(SCORE_CARD)}


def grant():
    """A copy of the grant, to be spoilt."""
    return copy.deepcopy(GRANT)


def in_grant(key, place="stages"):
    """The grant, and the stage in it, both to be spoilt."""
    spoilt = grant()
    return spoilt, next(one for one in spoilt[place] if one["key"] == key)


def known_forms():
    return {"form": FORMS["wniosek"], "forms": FORMS}


def procedure(given):
    return read(given)
