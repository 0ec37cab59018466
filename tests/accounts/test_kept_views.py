"""How somebody looks at lists is kept for that person alone, and goes with them."""

import json

import pytest

from accounts import selectors, services
from accounts.errors import TooManyViews
from accounts.models import KeptView
from accounts.permissions import Permission
from accounts.services.kept_views import MOST
from audit.models import Entry
from opium.errors import NotFound
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/account/views/"
LATE = {
    "screen": "procedures.cases",
    "name": "Moje po terminie",
    "columns": ["due", "-unit", "z_przyszlosci"],
    "ordering": "-due_at",
    "filters": {"overdue": "true", "nie_ma": "1"},
}


def test_what_was_kept_is_told_again_as_it_was_said(api):
    browser = api(PersonFactory())
    made = browser.post(URL, LATE)

    assert made.status_code == 201
    assert made.json() == {"id": made.json()["id"], **LATE}
    assert browser.get(URL).json() == [made.json()]


def test_a_view_of_the_same_name_takes_the_old_ones_place(api):
    browser = api(PersonFactory())
    first = browser.post(URL, LATE).json()["id"]

    again = browser.post(URL, {**LATE, "columns": ["stage"]})

    assert (again.json()["id"], again.json()["columns"]) == (first, ["stage"])
    other = browser.post(URL, {**LATE, "screen": "directory.units"}).json()["id"]
    usual = browser.post(URL, {"screen": "procedures.cases"}).json()
    assert (usual["name"], usual["columns"], usual["filters"]) == ("", [], {})
    assert [one["id"] for one in browser.get(URL).json()] == [first, other, usual["id"]]


def test_nobody_sees_or_takes_away_anothers(api):
    owner, other = PersonFactory(), person_with(*Permission)
    view = services.keep_view(actor=owner, screen="directory.units", name="Moje")

    assert api(other).get(URL).json() == []
    assert api(other).delete(f"{URL}{view.pk}/").status_code == 404
    with pytest.raises(NotFound):
        services.forget_view(actor=other, view=view)
    assert api(owner).delete(f"{URL}{view.pk}/").status_code == 204
    assert not KeptView.objects.exists()


def test_a_key_of_the_person_neither_reads_nor_keeps_them():
    person = PersonFactory()
    view = services.keep_view(actor=person, screen="directory.units", name="Moje")
    person.limits = frozenset(Permission)

    with pytest.raises(MissingPermission):
        selectors.own_views(person)
    with pytest.raises(MissingPermission):
        services.keep_view(actor=person, screen="directory.units")
    with pytest.raises(MissingPermission):
        services.forget_view(actor=person, view=view)


def test_they_go_with_their_person_and_no_others():
    person, other = PersonFactory(), PersonFactory()
    for one in (person, other):
        services.keep_view(actor=one, screen="directory.units", name="Moje")
    person.__class__.objects.filter(pk=person.pk).delete()

    assert [one.person_id for one in KeptView.objects.all()] == [other.pk]


def test_one_list_has_so_many_and_an_old_one_can_still_be_changed(api):
    person = PersonFactory()
    for number in range(MOST):
        services.keep_view(actor=person, screen="directory.units", name=f"Widok {number}")

    with pytest.raises(TooManyViews):
        services.keep_view(actor=person, screen="directory.units", name="Jeszcze jeden")
    services.keep_view(actor=person, screen="directory.units", name="Widok 3", columns=["kind"])
    services.keep_view(actor=person, screen="accounts.people", name="Widok 1")
    assert KeptView.objects.count() == MOST + 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("screen", "Nie tak!"),
        ("columns", ["x" * 61]),
        ("columns", ["x"] * 61),
        ("filters", {"x" * 61: "1"}),
        ("filters", {"x": "1" * 301}),
        *(("filters", {name: "1"}) for name in ("", "a\0b", "\ud800", "kind\n", "Nie tak!")),
        ("filters", {"\ud800": "1" * 301}),
    ],
)
def test_what_no_screen_says_is_refused_at_its_field(api, field, value):
    said = json.dumps({**LATE, field: value})
    answer = api(PersonFactory()).post(URL, said, content_type="application/json")

    assert answer.status_code == 400
    assert {one["field"].split(".")[0] for one in answer.json()["errors"]} == {field}


def test_the_log_tells_of_the_list_and_of_no_searched_word():
    person = PersonFactory()
    view = services.keep_view(actor=person, **{**LATE, "filters": {"search": "Kowalska"}})
    services.forget_view(actor=person, view=view)

    kept, forgotten = Entry.objects.filter(actor_id=person.pk).order_by("pk")
    assert (kept.deed, forgotten.deed) == ("accounts.keep_view", "accounts.forget_view")
    assert "Kowalska" not in str([kept.before, kept.after, forgotten.before, forgotten.after])
