"""A list is counted only where its page does not tell how many rows there are."""

import pytest

from accounts.models import Role
from accounts.permissions import Permission
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/roles/"
BEFORE = 4
"""Whose host it is, the session, its person, their rights."""


@pytest.fixture
def browser(api):
    """Of somebody who sees the roles, of which there are fifteen."""
    person = person_with(Permission.MANAGE_ROLES)
    for number in range(15 - Role.objects.count()):
        Role.objects.create(name=f"Rola {number}")
    return api(person)


@pytest.mark.parametrize(
    ("query", "shown", "queries"),
    [
        ("", 15, 1),
        ("?page_size=15", 15, 1),
        ("?page_size=7", 7, 2),
        ("?page_size=7&page=2", 7, 2),
        ("?page_size=7&page=3", 1, 1),
        ("?page_size=7&page=last", 1, 2),
    ],
)
def test_a_page_says_how_many_there_are(browser, django_assert_num_queries, query, shown, queries):
    browser.get(URL)
    with django_assert_num_queries(BEFORE + queries):
        answer = browser.get(f"{URL}{query}").json()
    assert (answer["count"], len(answer["results"])) == (15, shown)


@pytest.mark.parametrize("page", ["0", "-1", "4", "x", "", "1.5", "9" * 40])
def test_a_page_that_is_not_there_is_not_found(browser, page):
    assert browser.get(f"{URL}?page_size=7&page={page}").status_code == (404 if page else 200)


def test_pages_follow_one_another(browser):
    first = browser.get(f"{URL}?page_size=8").json()
    second = browser.get(first["next"]).json()
    assert second["next"] is None
    assert browser.get(second["previous"]).json() == first
    ids = [row["id"] for row in first["results"] + second["results"]]
    assert len(set(ids)) == 15


def test_an_empty_list_is_a_page(api):
    nobody = api(person_with(Permission.MANAGE_ROLES))
    answer = nobody.get("/api/v1/accounts/substitutions/").json()
    assert answer == {"count": 0, "next": None, "previous": None, "results": []}
