"""A head sees a person as a colleague; how somebody signs in is for the office and the person."""

import io

import openpyxl
import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts import services
from accounts.errors import NoFactorLoss
from accounts.models import Assignment, FactorLoss, Person, Role, Session
from accounts.permissions import Permission
from modules.directory.permissions import Permission as Directory
from opium.permissions import MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
PHONE = "52 111 22 33"
URL = f"{API}people/"
IN_A_LIST = ("phone", "last_login", "has_second_factor")
ON_THE_PAGE = (*IN_A_LIST, "factors", "newest_factor_at", "lost_factor_at", "must_enrol")


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 2")


@pytest.fixture
def head(unit):
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        scope_kind="unit",
        scope_id=unit.pk,
        last_name="Kierująca",
        phone="52 999 99 99",
    )
    MembershipFactory(person=head, unit=unit)
    return head


@pytest.fixture
def office():
    return person_with(Permission.MANAGE_PEOPLE)


@pytest.fixture
def ala(ala, unit, api, enrol):
    """Somebody of the head's unit of whom there is everything to know."""
    enrol(api(ala))
    FactorLoss.objects.create(person=ala)
    Person.objects.filter(pk=ala.pk).update(phone=PHONE, last_login=timezone.now())
    MembershipFactory(person=ala, unit=unit)
    return Person.objects.get(pk=ala.pk)


def row_of(browser, person, **query):
    [row] = [
        one for one in browser.get(URL, query).json()["results"] if one["id"] == str(person.pk)
    ]
    return row


def page_of(browser, person):
    return browser.get(f"{URL}{person.pk}/").json()


def sheet(answer):
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_head_sees_a_colleague_and_nothing_of_how_the_person_signs_in(ala, head, api):
    browser = api(head)
    row, page = row_of(browser, ala), page_of(browser, ala)

    assert {name: row[name] for name in IN_A_LIST} == dict.fromkeys(IN_A_LIST)
    assert {name: page[name] for name in ON_THE_PAGE} == dict.fromkeys(ON_THE_PAGE)
    for shown in (row, page):
        assert (shown["name"], shown["email"], shown["is_active"], shown["closed_at"]) == (
            "Ala Nowak",
            "ala@example.org",
            True,
            None,
        )
        assert [home["name"] for home in shown["homes"]] == ["SP nr 2"]
    assert page["can"] == ["change", "sign_out", "close", "recover"]


@pytest.mark.parametrize(
    "right", [Permission.MANAGE_PEOPLE, Permission.MANAGE_ROLES, Permission.VIEW_RIGHTS]
)
def test_whoever_oversees_the_citys_accounts_sees_it_whole(ala, api, right):
    browser = api(person_with(right))
    row, page = row_of(browser, ala), page_of(browser, ala)

    assert (row["phone"], row["has_second_factor"]) == (PHONE, True)
    assert (page["phone"], page["factors"], page["must_enrol"]) == (PHONE, ["totp"], False)
    told = ("last_login", "newest_factor_at", "lost_factor_at")
    assert [name for name in told if page[name] is None] == []


def test_a_head_sees_the_own_account_whole_among_the_others(ala, head, api):
    browser = api(head)

    for shown in (row_of(browser, head), page_of(browser, head)):
        assert (shown["phone"], shown["has_second_factor"]) == ("52 999 99 99", False)
    assert api(ala).get(f"{API}account/").json()["phone"] == PHONE


def test_the_same_right_in_the_whole_city_and_a_wider_one_in_a_unit_add_nothing(ala, unit, api):
    everywhere = person_with(Permission.MANAGE_UNIT_PEOPLE)
    narrow = person_with(
        Permission.MANAGE_UNIT_PEOPLE,
        Permission.VIEW_RIGHTS,
        Permission.MANAGE_PEOPLE,
        scope_kind="unit",
        scope_id=unit.pk,
    )
    for who in (everywhere, narrow):
        page = page_of(api(who), ala)
        assert {name: page[name] for name in ON_THE_PAGE} == dict.fromkeys(ON_THE_PAGE)


def test_neither_an_order_nor_a_version_tells_a_head_what_is_withheld(ala, head, unit, office, api):
    never = person_with(last_name="Aaron")
    MembershipFactory(person=never, unit=unit)

    def asked(who, order):
        return api(who).get(URL, {"ordering": order, "unit": str(unit.pk)})

    by_office = asked(office, "last_login").json()["results"]
    assert by_office[0]["name"].split()[-1] == "Nowak"
    for order in ("last_login", "-last_login"):
        refused = asked(head, order)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "ordering")
    by_name = asked(head, "sort_key").json()["results"]
    assert [one["name"].split()[-1] for one in by_name] == ["Aaron", "Kierująca", "Nowak"]
    before = page_of(api(head), ala)["version"]
    Person.objects.filter(pk=ala.pk).update(phone="1")
    assert page_of(api(head), ala)["version"] == before


def test_the_list_that_a_head_takes_away_has_no_such_columns(ala, head, office, api):
    header, *found = sheet(api(head).get(f"{URL}export/"))
    assert header == ["Nazwisko", "Imię", "E-mail", "Miejsce", "Role", "Konto"]
    assert ["Nowak", "Ala", "ala@example.org", "SP nr 2", "", "czynne"] in found

    header, *found = sheet(api(office).get(f"{URL}export/"))
    [row] = [dict(zip(header, one, strict=True)) for one in found if one[0] == "Nowak"]
    assert (row["Telefon"], row["Drugi składnik"]) == (PHONE, "tak")
    assert None not in (row["Ostatnie logowanie"], row["Konto założono"])


def test_a_head_ends_every_session_of_a_colleague_but_looks_at_none(ala, head, office, api):
    session = Session.objects.filter(person=ala).first()
    sessions = f"{URL}{ala.pk}/sessions/"

    assert len(api(office).get(sessions).json()) == 1
    assert api(head).get(sessions).status_code == 403
    assert api(head).delete(f"{sessions}{session.id}/").status_code == 403
    assert Session.objects.filter(person=ala).exists()
    assert api(head).delete(sessions).status_code == 204
    assert not Session.objects.filter(person=ala).exists()


def test_a_head_decides_of_no_report_that_a_head_does_not_see(ala, head, office):
    with pytest.raises(MissingPermission):
        services.refuse_factor_loss(actor=head, person=ala)
    services.refuse_factor_loss(actor=office, person=ala)
    with pytest.raises(MissingPermission):
        services.refuse_factor_loss(actor=head, person=ala)
    with pytest.raises(NoFactorLoss):
        services.refuse_factor_loss(actor=office, person=ala)
    assert Authenticator.objects.filter(user=ala, type="totp").exists()


def test_a_head_overwrites_no_telephone_unseen(ala, head, api):
    browser = api(head)

    assert browser.patch(f"{URL}{ala.pk}/", {"phone": "1"}).status_code == 403
    answer = browser.patch(f"{URL}{ala.pk}/", {"last_name": "Nowa"})
    assert (answer.status_code, answer.json()["name"], answer.json()["phone"]) == (
        200,
        "Ala Nowa",
        None,
    )
    assert Person.objects.get(pk=ala.pk).phone == PHONE


@pytest.fixture
def elsewhere(ala):
    """Ala works in a second unit as well, with a role there and one in the whole city."""
    other = UnitFactory(short_name="SP nr 9")
    MembershipFactory(person=ala, unit=other)
    for name, kind, place in (("Komisja", "city", None), ("Skarbnik", "unit", other.pk)):
        role = Role.objects.create(name=name, permissions=[])
        Assignment.objects.create(person=ala, role=role, scope_kind=kind, scope_id=place)
    return other


def test_a_head_sees_neither_roles_nor_places_of_a_colleague_elsewhere(
    ala, head, elsewhere, office, api
):
    here = Role.objects.create(name="Nauczyciel", permissions=[])
    place = head.assignments.get().scope_id
    Assignment.objects.create(person=ala, role=here, scope_kind="unit", scope_id=place)

    def told(who):
        shown = [row_of(api(who), ala), page_of(api(who), ala)]
        return [
            (
                [one["role"]["name"] for one in row["roles"]],
                [home["name"] for home in row["homes"]],
            )
            for row in shown
        ]

    assert told(head) == [(["Nauczyciel"], ["SP nr 2"])] * 2
    assert told(office) == [(["Komisja", "Nauczyciel", "Skarbnik"], ["SP nr 2", "SP nr 9"])] * 2
    _, *found = sheet(api(head).get(f"{URL}export/"))
    assert ["Nowak", "Ala", "ala@example.org", "SP nr 2", "Nauczyciel", "czynne"] in found


def test_no_filter_tells_a_head_what_a_colleague_has_elsewhere(ala, head, elsewhere, office, api):
    role = Role.objects.get(name="Skarbnik")

    def found(who, **query):
        return api(who).get(URL, query).json()["count"]

    assert (found(office, role=str(role.pk)), found(head, role=str(role.pk))) == (1, 0)
    assert (found(office, unit=str(elsewhere.pk)), found(head, unit=str(elsewhere.pk))) == (1, 0)
    assert found(head, unit=str(head.assignments.get().scope_id)) == 2


def test_a_head_sees_the_own_roles_wherever_they_are(head, elsewhere, api):
    role = Role.objects.get(name="Komisja")
    Assignment.objects.create(person=head, role=role, scope_kind="city")
    roles = [one["role"]["name"] for one in row_of(api(head), head)["roles"]]
    assert "Komisja" in roles


def test_the_directory_tells_telephones_of_the_units_that_one_may_view_and_no_others(
    ala, head, elsewhere, api
):
    stranger = PersonFactory(phone="52 333 33 33")
    MembershipFactory(person=stranger, unit=elsewhere)

    def phones(who):
        answer = api(who).get("/api/v1/directory/people/").json()["results"]
        return {one["phone"] for one in answer}

    assert phones(head) == set()  # the right over people is none over the directory
    viewer = person_with(
        Directory.VIEW_UNITS, scope_kind="unit", scope_id=head.assignments.get().scope_id
    )
    assert phones(viewer) == {PHONE, "52 999 99 99"}
