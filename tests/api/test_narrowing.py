"""A list that is asked for nothing but its page is in its own order, with nothing composed anew."""

import pytest

from modules.directory.permissions import Permission
from opium import prepared
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

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
    assert names(browser.get(UNITS, {"search": "SP"})) == ["SP nr 1", "SP nr 2"]
    assert names(browser.get(UNITS, {"ordering": "-short_name", "page_size": 2})) == [
        "SP nr 2",
        "SP nr 1",
    ]
