"""Procedures over HTTP: each verb, whom it serves, the other city."""

import json
from uuid import uuid4

import pytest

from procedures.models import Procedure
from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.files import uploaded_and_read

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/procedures/"
KINDS, EFFECTS = "/api/v1/procedures/kinds/", "/api/v1/procedures/effects/"


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
    file = uploaded_and_read(maker, "grant.json", exported.content, designing.PURPOSE)
    brought = browser.post(f"{URL}import/", {"file": str(file.pk)}, format="json")
    assert (brought.status_code, brought.json()["name"]) == (201, "Grant")
    assert json.loads(exported.content)["kind"] == "opium.procedure"
    missing = browser.post(f"{URL}import/", {"file": str(uuid4())}, format="json")
    assert missing.status_code == 422


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
    assert len(kinds) == 16
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


def test_kinds_come_as_they_do_in_the_life_of_a_matter(api):
    found = api(person_with(Permission.MANAGE_PROCEDURES)).get(KINDS)

    labels = [one["label"] for one in found.json()]
    assert labels[:2] == ["Złożenie", "Ocena formalna"]
    assert labels[-1] == "Zakończenie"
