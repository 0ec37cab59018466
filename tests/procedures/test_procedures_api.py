"""Procedures over HTTP: each verb, whom it serves, the other city, the number of queries."""

import copy
import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Permission as Accounts
from forms.permissions import Permission as Forms
from procedures.models import Procedure
from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.files import uploaded
from units.models import Unit

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/procedures/"
KINDS, EFFECTS = "/api/v1/procedures/kinds/", "/api/v1/procedures/effects/"


@pytest.fixture
def maker():
    return person_with(
        Permission.MANAGE_PROCEDURES,
        Forms.MANAGE_FORMS,
        Forms.VIEW_FORMS,
        Accounts.MANAGE_ROLES,
    )


@pytest.fixture
def browser(api, maker):
    return api(maker)


@pytest.fixture
def form():
    return forms.published()


@pytest.fixture
def grant(maker, form, clerk, boss):
    draft = made.document(*copy.deepcopy(made.SIMPLE), form=str(form.pk))
    return designing.add_procedure(actor=maker, name="Grant", draft=draft)


@pytest.fixture
def at(grant):
    return f"{URL}{grant.pk}/"


@pytest.fixture
def running(grant, maker, head, unit):
    designing.publish_procedure(actor=maker, procedure=grant)
    return made.submitted(grant, head, unit)


def test_a_procedure_is_begun_changed_and_read(browser):
    made_one = browser.post(URL, {"name": "Nagrody"}, format="json")
    assert made_one.status_code == 201
    assert made_one.json()["problems"][0]["sentence"].startswith("Procedura nie ma żadnego etapu")
    at = f"{URL}{made_one.json()['id']}/"

    draft = made.document(*made.SIMPLE, name="Nagrody")
    changed = browser.patch(at, {"draft": draft}, format="json")

    assert changed.status_code == 200
    read = browser.get(at).json()
    assert read == changed.json()
    assert (read["name"], read["noun"], read["draft_version"]) == ("Nagrody", "wniosek", 2)
    assert read["draft"] == draft
    assert read["revisions"] == []
    assert read["can"] == ["export", "copy", "change", "publish", "archive"]
    assert read["functions"] == [
        {
            "key": "kierownik",
            "name": "Kierownik referatu",
            "is_known": False,
            "is_played": False,
        },
        {
            "key": "referent",
            "name": "Referent prowadzący",
            "is_known": False,
            "is_played": False,
        },
    ]
    assert {
        "stage": "zgoda",
        "path": "stages/3/function",
        "where": "Etap „Zgoda” › Kto działa",
        "sentence": "Nikt z prawem „Prowadzenie spraw” nie pełni funkcji "
        "„Kierownik referatu” (kod: kierownik). "
        "Przypisz jej osobę albo rolę, która ma to prawo.",
    } in read["problems"]


def test_an_older_draft_is_a_conflict(browser, at):
    seen = {"HTTP_IF_MATCH": browser.get(at)["ETag"]}
    assert browser.patch(at, {"name": "A"}, format="json", **seen).status_code == 200
    refused = browser.patch(at, {"name": "B"}, format="json", **seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")


def test_missing_functions_are_added_on_request(browser):
    grant = designing.add_procedure(
        actor=person_with(Permission.MANAGE_PROCEDURES),
        name="Grant",
        draft=made.document(*made.SIMPLE),
    )
    added = browser.post(f"{URL}{grant.pk}/functions/")
    assert added.json() == {"added": ["Kierownik referatu", "Referent prowadzący"]}


def test_publishing_is_previewed_and_done(browser, at, running):
    draft = browser.get(at).json()["draft"]
    draft["stages"][1]["deadline"] = {"days": 14}
    browser.patch(at, {"draft": draft}, format="json")

    effects = browser.get(f"{at}effects/").json()
    assert effects == {
        "changes": [
            {
                "kind": "changed",
                "stage": "ocena",
                "path": "stages/ocena/deadline",
                "label": "Etap „Ocena”",
                "sentence": "Etap „Ocena”: dodano termin.",
            }
        ],
        "groups": [
            {
                "revision": 1,
                "stage": "ocena",
                "stage_name": "Ocena",
                "count": 1,
                "proposal": "ocena",
                "is_kept_in_place": True,
                "sentence": (
                    "Wydanie 1, etap „Ocena”: 1 sprawa. Sprawy pozostaną w etapie „Ocena”."
                ),
            }
        ],
    }
    undecided = browser.post(f"{at}publish/", {"moves": []}, format="json")
    assert (undecided.status_code, undecided.json()["code"]) == (409, "cases_undecided")

    move = {"revision": 1, "stage": "ocena", "choice": "move", "to": "ocena"}
    done = browser.post(f"{at}publish/", {"moves": [move]}, format="json")

    assert done.status_code == 200
    assert [one["number"] for one in done.json()["revisions"]] == [2, 1]
    assert made.fresh(running).revision.number == 2
    differences = browser.get(f"{at}differences/", {"older": 1, "newer": 2}).json()
    assert differences == effects["changes"]
    assert browser.get(f"{at}differences/", {"older": 2}).json() == []
    assert browser.get(f"{at}differences/", {"older": 9}).status_code == 404
    assert browser.get(f"{at}differences/", {"older": 1, "newer": "x"}).status_code == 400
    old = browser.get(f"{at}revisions/1/").json()
    assert (old["number"], old["definition"]["stages"][1]["deadline"]) == (1, None)
    assert browser.get(f"{at}revisions/3/").status_code == 404


def test_matters_left_behind_are_moved_later(browser, at, running):
    draft = browser.get(at).json()["draft"]
    draft["stages"][1]["deadline"] = {"days": 14}
    browser.patch(at, {"draft": draft}, format="json")
    keep = {"revision": 1, "stage": "ocena", "choice": "keep"}
    browser.post(f"{at}publish/", {"moves": [keep]}, format="json")

    [group] = browser.get(f"{at}effects/", {"of": "published"}).json()["groups"]
    assert (group["revision"], group["count"]) == (1, 1)
    moved = browser.post(f"{at}move/", {"moves": [{**keep, "choice": "move"}]}, format="json")
    assert moved.json() == {"moved": 1}
    assert browser.get(f"{at}effects/", {"of": "published"}).json()["groups"] == []


def test_a_faulty_draft_is_told_place_by_place(browser, at):
    draft = browser.get(at).json()["draft"]
    draft["stages"][3]["function"] = ""
    browser.patch(at, {"draft": draft}, format="json")
    refused = browser.post(f"{at}publish/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "procedure_faulty")
    [error] = refused.json()["errors"]
    assert error["field"] == "stages/3/function"
    assert error["detail"].startswith("Etap „Zgoda” › Kto działa: W tym etapie nikt")


def test_an_unreadable_draft_has_no_effects(browser, at):
    browser.patch(at, {"draft": {"stages": 1}}, format="json")
    refused = browser.get(f"{at}effects/")
    assert (refused.status_code, refused.json()["code"]) == (422, "procedure_faulty")


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


def test_a_procedure_is_copied_archived_and_carried(browser, at, maker):
    copied = browser.post(f"{at}copy/", {}, format="json")
    assert (copied.status_code, copied.json()["name"]) == (201, "Grant (kopia)")
    archived = browser.post(f"{at}archive/")
    assert (archived.json()["is_archived"], archived.json()["can"]) == (
        True,
        ["export", "copy", "restore"],
    )
    back = browser.post(f"{at}archive/", {"is_archived": False}, format="json")
    assert back.json()["is_archived"] is False

    exported = browser.get(f"{at}export/")
    assert exported["Content-Disposition"] == 'attachment; filename="Grant.json"'
    file = uploaded(maker, "grant.json", exported.content)
    brought = browser.post(f"{URL}import/", {"file": str(file.pk)}, format="json")
    assert (brought.status_code, brought.json()["name"]) == (201, "Grant")
    assert json.loads(exported.content)["kind"] == "opium.procedure"
    missing = browser.post(f"{URL}import/", {"file": str(uuid4())}, format="json")
    assert missing.status_code == 422


@pytest.mark.usefixtures("running")
def test_the_list_is_for_whoever_has_to_do_with_cases(api, browser, at, head, clerk):
    designing.add_procedure(actor=person_with(Permission.MANAGE_PROCEDURES), name="Szkic")
    [draft, grant] = browser.get(URL).json()["results"]
    assert (grant["name"], grant["number"], grant["open_cases"], grant["is_published"]) == (
        "Grant",
        1,
        1,
        True,
    )
    assert (draft["name"], draft["number"], draft["published_at"], draft["is_published"]) == (
        "Szkic",
        None,
        None,
        False,
    )
    [seen] = api(head).get(URL).json()["results"]
    assert (seen["name"], seen["open_cases"], seen["can"]) == ("Grant", None, ["start"])
    [seen] = api(clerk).get(URL).json()["results"]
    assert (seen["name"], seen["open_cases"], seen["can"]) == ("Grant", 1, [])
    assert api(PersonFactory()).get(URL).json()["results"] == []
    assert api().get(URL).status_code == 401

    browser.post(f"{at}archive/")
    assert api(head).get(URL).json()["results"] == []
    assert [one["name"] for one in browser.get(URL, {"archived": True}).json()["results"]] == [
        "Grant"
    ]
    assert [one["name"] for one in browser.get(URL, {"search": "szk"}).json()["results"]] == [
        "Szkic"
    ]


def test_a_start_tells_what_is_left(api, at, running, head, unit):
    start = api(head).get(f"{at}start/", {"unit": unit.pk}).json()
    assert start == {
        "may": True,
        "sentence": "",
        "limit": None,
        "used": 1,
        "opens_at": None,
        "closes_at": None,
        "applicant": "unit",
    }
    assert api(head).get(f"{at}start/", {"unit": uuid4()}).status_code == 403
    assert api(PersonFactory()).get(f"{at}start/").status_code == 404


READ = ["", "differences/?older=1", "effects/", "export/", "revisions/1/"]
WRITTEN = ["publish/", "move/", "simulate/", "copy/", "archive/", "functions/"]


def test_whoever_does_not_make_it_may_not_look_into_it(api, at, running, head, clerk):
    for person in (head, clerk, PersonFactory()):
        theirs = api(person)
        assert {theirs.get(f"{at}{path}").status_code for path in READ} == {404}
        assert {theirs.post(f"{at}{path}").status_code for path in WRITTEN} == {404}
        assert theirs.patch(at, {"name": "B"}).status_code == 404
        assert theirs.post(URL, {"name": "Moja"}).status_code == 403
        assert theirs.post(f"{URL}import/", {"file": uuid4()}).status_code == 403
        assert {theirs.get(path).status_code for path in (KINDS, EFFECTS)} == {403}


def test_the_other_city_sees_nothing(api, at, grant, in_south):
    with in_south():
        stranger = person_with(*Permission)
    theirs = api(stranger, host="south.test")
    assert theirs.get(URL).json()["results"] == []
    assert {theirs.get(f"{at}{path}").status_code for path in (*READ, "start/")} == {404}
    assert {theirs.post(f"{at}{path}").status_code for path in WRITTEN} == {404}
    with in_south():
        assert not Procedure.objects.exists()


def test_the_editor_learns_the_kinds_and_effects(browser):
    kinds = {one["code"]: one for one in browser.get(KINDS).json()}
    assert len(kinds) == 14
    assert kinds["decision"]["outcomes"][0] == {
        "code": "granted",
        "label": "przyznano",
        "is_positive": True,
        "is_required": True,
        "is_automatic": False,
    }
    assert {"key": "wynik", "type": "number"} in kinds["scoring"]["facts"]
    assert kinds["scoring"]["parameters"]["sections"][0]["questions"][0]["key"] == "points"
    assert {"code": "letter", "label": "Przygotuj pismo"} in browser.get(EFFECTS).json()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_as_many_queries_however_long(browser, maker, count):
    for number in range(count):
        made.published(name=f"Grant {number}", form=None)
    browser.get(URL)
    with CaptureQueriesContext(connection) as queries:
        assert len(browser.get(URL).json()["results"]) == count
    assert len(queries) == 5, [one["sql"] for one in queries]


@pytest.mark.parametrize("count", [1, 12])
def test_a_procedure_takes_as_many_queries_however_big(browser, grant, at, maker, count):
    draft = copy.deepcopy(grant.draft)
    for number in range(count):
        draft["functions"].append({"key": f"f{number}", "name": f"F {number}"})
        draft["stages"].append(
            made.stage(f"s{number}", "execution", f"f{number}", form=str(forms.published().pk))
        )
    designing.change_procedure(actor=maker, procedure=grant, draft=draft, draft_version=1)
    browser.get(at)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(at).status_code == 200
    assert len(queries) == 16, [one["sql"] for one in queries]


@pytest.mark.parametrize("count", [1, 8])
def test_the_effects_take_as_many_queries_however_many_matters(browser, at, running, head, count):
    for _ in range(count):
        made.submitted(running.procedure, head, Unit.objects.get())
    browser.get(f"{at}effects/")
    with CaptureQueriesContext(connection) as queries:
        [group] = browser.get(f"{at}effects/").json()["groups"]
    assert group["count"] == count + 1
    assert len(queries) == 8, [one["sql"] for one in queries]


def test_drafts_stand_before_what_is_published(maker, browser, clerk, boss):
    published = [made.published(name=f"A {number}") for number in range(3)]
    draft = designing.add_procedure(actor=maker, name="Żłobki, szkic", draft={})

    rows = browser.get(URL, {"archived": "false"}).json()["results"]

    assert [row["id"] for row in rows] == [str(draft.pk), *(str(one.pk) for one in published)]
    assert rows[0]["is_published"] is False
    assert browser.get(f"{URL}{draft.pk}/").json()["problems"]


def test_kinds_come_as_they_do_in_the_life_of_a_matter(api):
    found = api(person_with(Permission.MANAGE_PROCEDURES)).get(KINDS)

    labels = [one["label"] for one in found.json()]
    assert labels[:2] == ["Złożenie", "Ocena formalna"]
    assert labels[-1] == "Zakończenie"
