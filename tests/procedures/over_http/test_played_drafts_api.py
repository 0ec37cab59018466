"""A draft is played over HTTP with invented people."""

import pytest

from procedures.models import Procedure

pytestmark = pytest.mark.django_db


def test_a_draft_is_played_with_invented_people(browser, at):
    begun = browser.post(f"{at}simulate/", {"steps": []}, format="json").json()
    assert (begun["stage"], begun["is_over"], begun["faults"]) == ("nabor", False, [])
    [submit, withdraw] = begun["choices"]
    assert (submit["as"], submit["action"], submit["kind"]) == (
        "Anna Nowak",
        "submitted",
        "transition",
    )
    assert [one["key"] for one in submit["fields"]["sections"][0]["questions"]] == [
        "tytul",
        "kwota",
    ]
    assert withdraw["fields"] is None

    steps = [
        {"action": "submitted", "as": "Anna Nowak", "data": {"tytul": "Ogród"}},
        {"action": "complete", "as": "Piotr Wójcik", "data": {}},
    ]
    refused = browser.post(f"{at}simulate/", {"steps": steps}, format="json")
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "Krok 2: Piotr Wójcik nie ma teraz takiej czynności do wykonania.",
    )
    clerk = next(
        one["as"]
        for one in browser.post(f"{at}simulate/", {"steps": steps[:1]}, format="json").json()[
            "choices"
        ]
        if one["action"] == "complete"
    )
    steps[1]["as"] = clerk
    walked = browser.post(f"{at}simulate/", {"steps": steps}, format="json").json()
    assert walked["stage"] == "zgoda"
    assert {"sentence": "Etap „Zgoda” (zatwierdzenie). Kolej na: kierownik referatu."} in walked[
        "log"
    ]


def test_another_draft_may_be_played_and_is_not_kept(browser, at, grant):
    draft = {"name": "x", "stages": 3}
    walked = browser.post(f"{at}simulate/", {"draft": draft}, format="json").json()
    assert (walked["stage"], walked["choices"], walked["log"]) == ("", [], [])
    assert [one["path"] for one in walked["faults"]] == ["stages"]
    assert Procedure.objects.get().draft_version == grant.draft_version


def test_wrong_answers_of_a_step_are_named(browser, at):
    steps = [
        {"action": "submitted", "as": "Anna Nowak"},
        {"action": "incomplete", "as": "Maria Wiśniewska", "data": {}},
    ]
    refused = browser.post(f"{at}simulate/", {"steps": steps}, format="json").json()
    assert refused["code"] == "step_refused"
    assert [one["field"] for one in refused["errors"]] == ["data.wezwanie"]
