"""People, roles and assignments as files: what the screen shows, and an entry of the log."""

import io

import openpyxl
import pytest
from django.utils import timezone

from accounts import selectors, services
from accounts.models import Assignment, Role
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
LISTS = ("people", "roles", "assignments")


@pytest.fixture
def administrator():
    return person_with(
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ROLES,
        first_name="Adam",
        last_name="Administrator",
    )


def rows(answer):
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def url(name):
    return f"{API}{name}/export/"


def test_people_are_exported_with_their_places_and_roles(administrator, api):
    unit = UnitFactory(short_name="SP nr 2")
    head = person_with(
        Directory.VIEW_UNITS,
        first_name="Łucja",
        last_name="Żak",
        email="zak@example.org",
        phone="+48 600 000 001",
        scope_kind="unit",
        scope_id=unit.pk,
    )
    MembershipFactory(person=head, unit=unit)
    role = head.assignments.get().role

    header, first, second = rows(api(administrator).get(url("people")))

    assert header == [
        "Nazwisko", "Imię", "E-mail", "Telefon", "Miejsce", "Role", "Konto", "Drugi składnik",
        "Ostatnie logowanie", "Konto założono",
    ]  # fmt: skip
    assert first[:2] == ["Administrator", "Adam"]
    assert second[:9] == [
        "Żak", "Łucja", "zak@example.org", "+48 600 000 001", "SP nr 2", role.name, "czynne",
        "nie", None,
    ]  # fmt: skip


def test_people_are_exported_as_filtered_and_ordered(administrator, api):
    for name in ("Nowak", "Nowacka", "Lis"):
        PersonFactory(last_name=name)
    PersonFactory(last_name="Nowicki", is_active=False)

    _, *found = rows(
        api(administrator).get(
            url("people"), {"search": "now", "is_active": True, "ordering": "-sort_key"}
        )
    )

    assert [row[0] for row in found] == ["Nowak", "Nowacka"]


def test_roles_are_exported_with_what_they_permit(administrator, api):
    Role.objects.create(
        name="Czyta",
        description="Tylko czyta.",
        permissions=[str(Directory.VIEW_UNITS), str(Directory.CHANGE_UNITS)],
        requires_mfa=True,
    )

    header, *found = rows(api(administrator).get(url("roles")))
    [first] = [row for row in found if row[0] == "Czyta"]

    assert header == [
        "Rola", "Opis", "Wymaga drugiego składnika", "Liczba osób", "Uprawnienia",
    ]  # fmt: skip
    assert first == [
        "Czyta", "Tylko czyta.", "tak", 0, "Przeglądanie jednostek; Zmienianie jednostek",
    ]  # fmt: skip


def test_assignments_are_exported_as_filtered(administrator, api):
    unit = UnitFactory(short_name="SP nr 2")
    head = person_with(Directory.VIEW_UNITS, last_name="Żak", scope_kind="unit", scope_id=unit.pk)
    today = timezone.localdate()
    Assignment.objects.filter(person=head).update(valid_from=today, valid_to=today)

    header, *found = rows(api(administrator).get(url("assignments"), {"scope_kind": "unit"}))

    assert header == [
        "Osoba", "E-mail", "Rola", "Gdzie", "Obowiązuje od", "Obowiązuje do", "Obowiązuje dziś",
        "Nadano",
    ]  # fmt: skip
    [row] = found
    assert row[:4] == ["Anna Żak", head.email, f"Rola {head.pk}", "SP nr 2"]
    assert (row[4].date(), row[5].date(), row[6]) == (today, today, "tak")


def test_taking_a_list_is_an_entry_that_says_which_part(administrator, api):
    PersonFactory(last_name="Nowak")

    rows(api(administrator).get(url("people"), {"search": "nowak", "is_active": "true"}))

    entry = Entry.objects.get(actor_id=administrator.pk)
    assert (entry.actor_id, entry.right) == (administrator.pk, "accounts.manage_people")
    assert (entry.target_type, entry.target_label) == ("accounts.person", "lista: osoby")
    assert entry.after == {"export": {"search": "nowak", "is_active": "true"}, "rows": 1}


def test_a_units_head_takes_only_the_own_unit_away(api):
    own, other = UnitFactory(), UnitFactory()
    head = person_with(Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=own.pk)
    for unit, name in ((own, "Nasza"), (other, "Obca")):
        person = person_with(
            Directory.VIEW_UNITS, last_name=name, scope_kind="unit", scope_id=unit.pk
        )
        MembershipFactory(person=person, unit=unit)
    browser = api(head)

    _, *people = rows(browser.get(url("people")))
    _, *assignments = rows(browser.get(url("assignments")))

    assert [row[0] for row in people] == ["Nasza"]
    assert sorted(row[0] for row in assignments) == sorted(["Anna Nasza", head.display_name])


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_see_a_list_may_not_take_it(name, api):
    reader = person_with(Directory.VIEW_UNITS)
    answer = api(reader).get(url(name))

    assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
    assert [one.outcome for one in Entry.objects.filter(actor_id=reader.pk)] == ["refused"]
    assert api().get(url(name)).status_code == 401


def test_the_services_themselves_ask_for_the_right(administrator):
    nobody = PersonFactory()
    for export, found in (
        (services.export_people, {"people": selectors.people_visible_to(administrator)}),
        (services.export_roles, {"roles": selectors.roles_visible_to(administrator)}),
        (
            services.export_assignments,
            {"assignments": selectors.assignments_visible_to(administrator)},
        ),
    ):
        with pytest.raises(MissingPermission):
            export(actor=nobody, query={}, **found)


@pytest.mark.parametrize("name", LISTS)
def test_exports_count_towards_the_hourly_limit(name, administrator, api, settings):
    settings.RATE_LIMITS = {"upload": 1, "export": 1}
    browser = api(administrator)

    rows(browser.get(url(name)))
    assert browser.get(url("people")).status_code == 429


@pytest.mark.parametrize("name", LISTS)
def test_a_file_has_a_name_and_a_type(name, administrator, api):
    answer = api(administrator).get(url(name))

    expected = {"people": "osoby", "roles": "role", "assignments": "nadane-role"}[name]
    assert answer["Content-Disposition"] == f'attachment; filename="{expected}.xlsx"'
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    rows(answer)


def test_a_name_that_begins_like_a_formula_stays_a_text(administrator, api):
    PersonFactory(last_name="=1+1", first_name="=HYPERLINK(1)")

    found = rows(api(administrator).get(url("people")))

    assert ["=1+1", "=HYPERLINK(1)"] in [row[:2] for row in found]


def test_nothing_of_the_other_city_is_in_it(administrator, api, in_south):
    with in_south():
        PersonFactory(last_name="Południowa")

    for name in LISTS:
        assert "Południowa" not in str(rows(api(administrator).get(url(name))))


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("listed", [("people", 11), ("roles", 9), ("assignments", 10)])
def test_a_list_of_any_length_takes_the_same_queries(
    listed, count, administrator, api, django_assert_num_queries
):
    name, queries = listed
    for unit in UnitFactory.create_batch(count):
        person = person_with(Directory.VIEW_UNITS, scope_kind="unit", scope_id=unit.pk)
        MembershipFactory(person=person, unit=unit)
    browser = api(administrator)
    rows(browser.get(url(name)))

    # city, session, person, its limit, rights; the list and what stands
    # beside its rows; a savepoint, the entry, the savepoint's end
    with django_assert_num_queries(queries):
        rows(browser.get(url(name)))
