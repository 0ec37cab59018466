"""What lists of procedures tell over HTTP, to whom, and at how many queries."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with
from units.models import Unit

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures/procedures/"


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


def test_drafts_stand_before_what_is_published(maker, browser, clerk, boss):
    published = [made.published(name=f"A {number}") for number in range(3)]
    draft = designing.add_procedure(actor=maker, name="Żłobki, szkic", draft={})

    rows = browser.get(URL, {"archived": "false"}).json()["results"]

    assert [row["id"] for row in rows] == [str(draft.pk), *(str(one.pk) for one in published)]
    assert rows[0]["is_published"] is False
    assert browser.get(f"{URL}{draft.pk}/").json()["problems"]


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
