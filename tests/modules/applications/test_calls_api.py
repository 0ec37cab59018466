"""What the screens of calls say to the server, and what it answers."""

from uuid import uuid4

import pytest

from modules.applications.models import Application, Call
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
URL = "/api/v1/applications/"


def post(browser, path, body=None):
    return browser.post(
        f"{URL}{path}",
        body or {},
        content_type="application/json",
        headers={"Idempotency-Key": uuid4().hex},
    )


def patch(browser, call, body, version):
    return browser.patch(
        f"{URL}calls/{call}/", body, content_type="application/json", headers={"If-Match": version}
    )


def test_a_call_is_made_filled_in_and_published_as_the_screens_do_it(api, clerk, head, unit):
    made.in_city(made.POT)
    procedure = procedures.published()
    browser = api(clerk)
    body = {"procedure": str(procedure.pk), "title": "Granty", "year": 2026}
    call = post(browser, "calls/", body).json()
    assert {one["field"] for one in call["missing"]} == {"rules.rounds", "rules.audience"}
    assert call["can"] == ["change", "publish", "discard", "copy"]
    assert call["rules"]["limits"]["per_unit"] is None

    said = made.rules(limits={"per_unit": 2})
    changed = patch(browser, call["id"], {"rules": said}, call["version"])
    assert (changed.status_code, changed.json()["missing"]) == (200, [])
    late = patch(browser, call["id"], {"title": "Inny"}, call["version"])
    assert late.status_code == 409

    news = {"subject": "Nabór ruszył", "body": "Zapraszamy."}
    published = post(browser, f"calls/{call['id']}/publish/", {"announcement": news}).json()
    assert (published["state"], published["edition"], published["changes"]) == ("published", 1, [])
    [opening] = api(head).get(f"{URL}openings/").json()
    assert (opening["title"], opening["noun"]) == ("Granty", "wniosek")
    [place] = opening["places"]
    assert (place["unit"], place["left"], place["limit"]) == (str(unit.pk), 2, 2)


def test_the_rules_of_a_call_are_refused_where_they_make_no_sense(api, clerk):
    call = made.draft()
    browser = api(clerk)
    version = browser.get(f"{URL}calls/{call.pk}/").json()["version"]
    twice = made.rules(made.window(), made.window())

    wrong = patch(browser, call.pk, {"rules": twice}, version)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "rules.rounds")
    wrong = patch(browser, call.pk, {"rules": made.rules(limits={"per_unit": -1})}, version)
    assert wrong.json()["errors"][0]["field"] == "rules.limits.per_unit"


def test_a_head_begins_an_application_and_sees_it_among_their_own(api, head, unit):
    call = made.published(said=made.rules(limits={"per_unit": 1}))
    browser = api(head)
    body = {"call": str(call.pk), "unit": str(unit.pk), "title": "Teatr"}

    begun = post(browser, "own/", body)
    assert begun.status_code == 201
    refused = post(browser, "own/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "call_not_open")

    [row] = browser.get(f"{URL}own/").json()["results"]
    assert (row["id"], row["case"]) == (begun.json()["id"], begun.json()["case"])
    assert (row["title"], row["call"]["title"], row["is_draft"]) == ("Teatr", call.title, True)
    assert row["ball"]["side"] == "applicant"
    sheet = begun.json()["sheet"]
    assert (row["procedure"], row["sheet"]) == (str(call.procedure_id), sheet)
    [opening] = browser.get(f"{URL}openings/").json()
    assert opening["procedure"] == row["procedure"]


def test_the_own_list_names_the_step_that_takes_back_where_the_procedure_has_one(api, head, unit):
    call = made.published()
    made.begun(call, head, unit, title="Szkic")
    made.hand_in(made.begun(call, head, unit, title="Złożony"), head)
    gone = made.begun(call, head, unit, title="Wycofany")

    def told():
        rows = api(head).get(f"{URL}own/").json()["results"]
        return {row["title"]: row["withdrawal"] for row in rows}

    assert told() == {"Szkic": "withdrawn", "Złożony": "", "Wycofany": "withdrawn"}
    procedures.perform(gone.case, head, "withdrawn")
    assert told() == {"Szkic": "withdrawn", "Złożony": "", "Wycofany": ""}


def test_nobody_copies_the_application_of_somebody_else(api, head, unit):
    call = made.published()
    elsewhere = UnitFactory()
    theirs = made.begun(call, procedures.head_of(elsewhere), elsewhere)

    body = {"call": str(call.pk), "unit": str(unit.pk), "copied_from": str(theirs.pk)}
    assert post(api(head), "own/", body).status_code == 404
    assert Application.objects.count() == 1


def test_the_figures_of_a_call_are_those_of_its_cases_and_of_the_ledger(api, clerk, head, unit):
    call = made.published()
    made.begun(call, head, unit)
    made.handed_in(call, head, unit)
    gone = made.begun(call, head, unit)
    procedures.perform(gone.case, head, "withdrawn")

    told = api(clerk).get(f"{URL}calls/{call.pk}/figures/").json()

    assert (told["drafts"], told["handed_in"], told["withdrawn"]) == (1, 1, 1)
    assert {one["key"]: one["count"] for one in told["stages"]} == {"nabor": 1, "ocena": 1}
    assert told["money"]["asked"] == "0.00"
    [pot] = told["pots"]
    assert (pot["code"], pot["left"]) == (made.POT, "100000.00")
    [row] = api(clerk).get(f"{URL}calls/").json()["results"]
    assert (row["drafts"], row["handed_in"]) == (1, 1)


def test_a_draft_is_seen_by_whoever_runs_calls_alone_and_thrown_away_by_them(api, clerk):
    call = made.draft()
    watcher = person_with("applications.view_calls")

    assert api(watcher).get(f"{URL}calls/{call.pk}/").status_code == 404
    assert api(watcher).get(f"{URL}calls/").json()["results"] == []
    assert api(clerk).delete(f"{URL}calls/{call.pk}/").status_code == 204
    assert not Call.objects.exists()
