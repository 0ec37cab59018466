"""A list that is asked for nothing but its page is in its own order, with nothing composed anew.

What else is said is heeded or refused, and never passed over.
"""

import pytest

from budget import services as budget
from budget.models import Classification
from modules.directory.permissions import Permission
from opium import prepared
from opium.models import filled
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.messaging import clerk, draft

pytestmark = pytest.mark.django_db
UNITS = "/api/v1/directory/units/"


def names(answer):
    return [one["short_name"] for one in answer.json()["results"]]


def test_pages_alone_are_asked_by_what_was_composed_before(api, monkeypatch):
    for name in ("SP nr 2", "SP nr 1", "SP nr 10"):
        UnitFactory(short_name=name)
    browser = api(person_with(Permission.VIEW_UNITS))
    in_order = ["SP nr 1", "SP nr 2", "SP nr 10"]
    assert names(browser.get(UNITS, {"page_size": 3})) == in_order

    monkeypatch.setattr(prepared, "stood_in", None)  # composing again would fail
    assert names(browser.get(UNITS, {"page_size": 3, "page": 1})) == in_order


def test_whatever_else_is_said_is_heeded(api):
    for name in ("SP nr 2", "SP nr 1", "LO nr 1"):
        UnitFactory(short_name=name)
    browser = api(person_with(Permission.VIEW_UNITS))
    assert names(browser.get(UNITS, {"search": "LO"})) == ["LO nr 1"]
    assert names(browser.get(UNITS, {"ordering": "-short_name", "page_size": 2})) == [
        "SP nr 2",
        "SP nr 1",
    ]


def refused(browser, **query):
    answer = browser.get(UNITS, query)
    assert answer.status_code == 400
    return {one["field"]: one["detail"] for one in answer.json()["errors"]}


def test_what_a_list_does_not_know_is_refused_and_does_not_show_everything(api):
    browser = api(person_with(Permission.VIEW_UNITS))
    known = "group, is_open, kind, ordering, search"
    assert refused(browser, knd="szkola-podstawowa") == {
        "knd": f"Tej listy nie można tak zawęzić. Można podać: {known}."
    }
    assert refused(browser, is_open="moze") == {"is_open": "Podaj „true” albo „false”."}
    told = "Tej listy nie można tak ułożyć. Można według: short_name, kind, closed_on;"
    for wrong in ("name", "--kind", "kind,nip", "pk"):
        assert refused(browser, ordering=wrong) == {"ordering": f"{told} minus z przodu odwraca."}


def test_a_record_is_found_whatever_else_its_address_says(api):
    unit = UnitFactory()
    browser = api(person_with(Permission.VIEW_UNITS))
    assert browser.get(f"{UNITS}{unit.pk}/", {"from": "search"}).status_code == 200


def test_equal_rows_keep_the_lists_own_order(api):
    for name in ("SP nr 2", "SP nr 10", "SP nr 1"):
        UnitFactory(short_name=name)
    browser = api(person_with(Permission.VIEW_UNITS))
    found = names(browser.get(UNITS, {"ordering": "-kind"}))
    assert found == ["SP nr 1", "SP nr 2", "SP nr 10"]


def test_words_are_ordered_as_poles_order_them(api):
    author = clerk()
    for subject in ("Zebranie", "Łąka", "Ankieta 10", "Ankieta 2", "Ława"):
        draft(author, subject=subject)
    found = api(author).get("/api/v1/messaging/messages/", {"ordering": "subject"}).json()
    assert [one["subject"] for one in found["results"]] == [
        "Ankieta 2",
        "Ankieta 10",
        "Ława",
        "Łąka",
        "Zebranie",
    ]


def test_rows_that_stood_before_their_order_get_it_from_the_migration(city):
    for number, name in enumerate(("Łąka", "Zebranie", "Ankieta")):
        budget.add_classification(
            actor=SYSTEM, year=2031, chapter="80101", paragraph=str(4210 + number), name=name
        )
    Classification.objects.update(sort_key="")

    filled(Classification.objects.all(), "sort_key")

    in_order = Classification.objects.order_by("sort_key").values_list("name", flat=True)
    assert list(in_order) == ["Ankieta", "Łąka", "Zebranie"]
