"""Where another person is signed in, and whether with a second factor."""

import pytest

from accounts import services
from accounts.models import Role, Session
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return person_with(Permission.MANAGE_PEOPLE)


def url(person, session=None):
    return f"{API}people/{person.pk}/sessions/" + (f"{session}/" if session else "")


def is_inside(browser):
    return browser.get(f"{API}session/").json()["person"] is not None


def deeds():
    return Entry.objects.exclude(after__has_key="viewed")


def test_whoever_manages_the_person_sees_the_browsers(ala, keeper, api, sign_in):
    phone = api()
    phone.credentials(HTTP_USER_AGENT="Telefon")
    sign_in(browser=phone)

    [shown] = api(keeper).get(url(ala)).json()

    assert (shown["agent"], shown["address"], shown["is_current"]) == (
        "Telefon",
        "127.0.0.1",
        False,
    )
    assert set(shown) == {"id", "address", "agent", "started_at", "seen_at", "is_current"}
    assert shown["id"] not in Session.objects.values_list("session_key", flat=True)


def test_looking_is_written_down_once_an_hour(ala, keeper, api):
    browser = api(keeper)
    for _ in range(2):
        browser.get(url(ala))

    entry = Entry.objects.get(actor_id=keeper.pk)
    assert (entry.actor_id, entry.target_id) == (keeper.pk, str(ala.pk))
    assert (entry.deed, entry.right, entry.after) == (
        "accounts.view_sessions",
        "accounts.manage_people",
        {"viewed": "sesje"},
    )


def test_one_browser_is_signed_out_at_once(ala, keeper, api, sign_in):
    stolen, kept = sign_in()[0], sign_in()[0]
    session = Session.objects.get(pk=stolen.session.session_key)

    answer = api(keeper).delete(url(ala, session.id))

    assert answer.status_code == 204
    assert (is_inside(stolen), is_inside(kept)) == (False, True)
    entry = deeds().latest("id")
    assert (entry.deed, entry.right, entry.target_id) == (
        "accounts.sign_out_person",
        "accounts.manage_people",
        str(ala.pk),
    )
    assert entry.after == {"session_ended": session.agent}
    again = api(keeper).delete(url(ala, session.id))
    assert (again.status_code, again.json()["code"]) == (404, "no_session")


def test_every_browser_is_signed_out_at_once(ala, keeper, api, sign_in):
    browsers = [sign_in()[0] for _ in range(3)]

    assert api(keeper).delete(url(ala)).status_code == 204

    assert [is_inside(one) for one in browsers] == [False] * 3
    assert deeds().latest("id").after == {"session_ended": "wszystkie"}


def test_ending_ones_own_leaves_the_browser_that_one_works_in(ala, api, sign_in):
    role = Role.objects.create(name="Konta", permissions=[str(Permission.MANAGE_PEOPLE)])
    ala.assignments.create(role=role)
    here, there = sign_in()[0], sign_in()[0]

    shown = here.get(url(ala)).json()
    assert sorted(one["is_current"] for one in shown) == [False, True]
    assert here.delete(url(ala)).status_code == 204

    assert (is_inside(here), is_inside(there)) == (True, False)


def test_a_units_head_signs_out_the_people_of_the_own_unit_alone(ala, api, sign_in):
    own, other = UnitFactory(), UnitFactory()
    head = person_with(Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=own.pk)
    stranger = person_with(Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=other.pk)
    MembershipFactory(person=ala, unit=own)
    browser, _ = sign_in()

    assert api(stranger).get(url(ala)).status_code == 404
    assert api(stranger).delete(url(ala)).status_code == 404
    assert is_inside(browser)
    assert api(head).get(url(ala)).status_code == 403
    assert api(head).delete(url(ala)).status_code == 204
    assert not is_inside(browser)


def test_who_sees_the_account_but_may_not_manage_it_neither_looks_nor_ends(ala, api, sign_in):
    auditor = person_with(Permission.VIEW_RIGHTS)
    browser, _ = sign_in()
    session = Session.objects.get(person=ala)

    for method, address in (
        ("get", url(ala)),
        ("delete", url(ala)),
        ("delete", url(ala, session.id)),
    ):
        assert getattr(api(auditor), method)(address).status_code == 403
    with pytest.raises(MissingPermission):
        services.sign_out_person(actor=auditor, person=ala)
    assert is_inside(browser)


def test_nobody_weaker_signs_an_administrator_out(keeper, api):
    administrator = person_with(Permission.MANAGE_ROLES)
    assert api(keeper).delete(url(administrator)).status_code == 403


def test_the_session_of_somebody_else_is_not_the_persons(ala, keeper, api, sign_in):
    browser, _ = sign_in()
    session = Session.objects.get(person=ala)

    assert api(keeper).delete(url(PersonFactory(), session.id)).status_code == 404
    assert is_inside(browser)


def test_the_account_tells_whether_there_is_a_second_factor(ala, keeper, api, sign_in, enrol):
    role = Role.objects.create(
        name="Silna", permissions=[str(Directory.VIEW_UNITS)], requires_mfa=True
    )
    ala.assignments.create(role=role)
    office = api(keeper)

    def shown():
        one = office.get(f"{API}people/{ala.pk}/").json()
        rows = office.get(f"{API}people/", {"search": "nowak"}).json()["results"]
        [row] = [row for row in rows if row["id"] == str(ala.pk)]
        return one["has_second_factor"], row["has_second_factor"], one["factors"], one["must_enrol"]

    assert shown() == (False, False, [], True)
    enrol(sign_in()[0])
    assert shown() == (True, True, ["totp"], False)


def test_the_screen_is_told_who_may_sign_out(ala, keeper, api):
    def can(who):
        return api(who).get(f"{API}people/{ala.pk}/").json()["can"]

    assert can(keeper) == ["change", "sign_out", "close", "recover"]
    assert can(person_with(Permission.VIEW_RIGHTS)) == []


def test_the_other_city_ends_nothing_here(ala, api, sign_in, in_south):
    browser, _ = sign_in()
    session = Session.objects.get(person=ala)
    with in_south():
        keeper = person_with(Permission.MANAGE_PEOPLE)
        twin = PersonFactory(pk=ala.pk)

    south = api(keeper, host="south.test")
    assert south.get(url(twin)).json() == []
    assert south.delete(url(twin)).status_code == 204
    assert south.delete(url(twin, session.id)).status_code == 404
    assert is_inside(browser)
