import io

import pytest
from openpyxl import Workbook, load_workbook

from accounts import services
from accounts.errors import SheetWithoutColumns
from accounts.models import Assignment, Link, Person, Role
from accounts.permissions import Permission
from accounts.services.bulk import LIMIT, PURPOSE
from files import services as files
from files.models import File, FileReading
from modules.directory.permissions import Permission as Directory
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import RegisterEntryFactory, UnitFactory
from tests.factories.files import read, uploaded
from units.selectors import units_of

pytestmark = pytest.mark.django_db
HEADERS = ["Jednostka", "Imię", "Nazwisko", "E-mail", "Rola", "Stanowisko"]


@pytest.fixture(autouse=True)
def _store(tmp_path, settings):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def office():
    return person_with(Permission.MANAGE_PEOPLE, Permission.MANAGE_ROLES)


@pytest.fixture
def head_role():
    return Role.objects.create(name="Dyrektorka szkoły", permissions=[str(Directory.VIEW_UNITS)])


def upload(actor, rows, headers=HEADERS, *, is_read=True):
    workbook = Workbook()
    workbook.active.append(["Lista zaproszeń"])
    for row in [headers, *rows]:
        workbook.active.append(row)
    content = io.BytesIO()
    workbook.save(content)
    file = uploaded(actor, "zaproszenia.xlsx", content.getvalue())
    if is_read:
        read(actor, file, PURPOSE)
    return file.pk


def test_heads_of_119_units_are_invited_in_one_step(office, head_role):
    units = UnitFactory.create_batch(119)
    by_number = RegisterEntryFactory(unit=units[0]).rspo
    rows = [
        [unit.short_name.upper(), "Anna", f"Nowak{number}", f"d{number}@example.org",
         "dyrektorka szkoły", "dyrektor"]
        for number, unit in enumerate(units[1:])
    ]  # fmt: skip
    rows.append([int(by_number), "Ewa", "Numer", "rspo@example.org", head_role.name, None])

    report = services.invite_people(actor=office, file_id=upload(office, rows))

    assert (report.invited, report.joined, report.refused) == (119, 0, [])
    assert Link.objects.filter(kind="invitation").count() == 119
    first = Person.objects.get(email="d0@example.org")
    assert [unit.pk for unit in units_of(first.pk)] == [units[1].pk]
    assert first.allows(Directory.VIEW_UNITS, units[1])
    assert not first.allows(Directory.VIEW_UNITS, units[2])
    by_rspo = Person.objects.get(email="rspo@example.org")
    assert [unit.pk for unit in units_of(by_rspo.pk)] == [units[0].pk]


def test_each_refused_row_is_told_with_its_number_and_reason(office, head_role):
    unit = UnitFactory(short_name="SP nr 7")
    PersonFactory(email="zamkniete@example.org", is_active=False)
    role = head_role.name
    rows = [
        ["SP nr 7", "Anna", "Dobra", "dobra@example.org", role, ""],
        ["SP nr 99", "Anna", "Zła", "a@example.org", role, ""],
        ["SP nr 7", "", "Zła", "b@example.org", role, ""],
        ["SP nr 7", "Anna", "Zła", "nie adres", role, ""],
        ["SP nr 7", "Anna", "Zła", "c@example.org", "Król", ""],
        ["SP nr 7", "Anna", "Zła", "zamkniete@example.org", role, ""],
        [None, None, None, None, None, None],
        ["SP nr 7", "Anna", "Dobra", "dobra@example.org", role, ""],
    ]

    report = services.invite_people(actor=office, file_id=upload(office, rows))

    assert (report.invited, report.joined) == (1, 1)
    assert [(one.row, one.email) for one in report.refused] == [
        (4, "a@example.org"),
        (5, "b@example.org"),
        (6, "nie adres"),
        (7, "c@example.org"),
        (8, "zamkniete@example.org"),
    ]
    assert "SP nr 99" in report.refused[0].reason
    assert report.refused[1].reason == "Brakuje imienia."
    assert "Król" in report.refused[3].reason
    assert "zamknięte" in report.refused[4].reason
    assert Assignment.objects.filter(scope_id=unit.pk).count() == 1


def test_a_dry_run_tells_the_same_and_does_nothing(office, head_role):
    UnitFactory(short_name="SP nr 7")
    rows = [["SP nr 7", "Anna", "Dobra", "dobra@example.org", head_role.name, ""]]
    file_id = upload(office, rows)

    report = services.invite_people(actor=office, file_id=file_id, is_dry_run=True)
    assert (report.is_dry_run, report.invited) == (True, 1)
    assert not Person.objects.filter(email="dobra@example.org").exists()
    assert not Link.objects.exists()

    assert services.invite_people(actor=office, file_id=file_id).invited == 1
    assert not File.objects.filter(pk=file_id).exists()


def test_whoever_may_not_assign_the_role_gets_each_row_refused(head_role):
    UnitFactory(short_name="SP nr 7")
    office = person_with(Permission.MANAGE_PEOPLE)
    rows = [["SP nr 7", "Anna", "Dobra", "dobra@example.org", head_role.name, ""]]

    report = services.invite_people(actor=office, file_id=upload(office, rows))

    assert (report.invited, len(report.refused)) == (0, 1)
    assert not Person.objects.filter(email="dobra@example.org").exists()


def test_a_workbook_without_the_columns_is_refused_by_name(office, api):
    file_id = upload(office, [["x"]], headers=["Jednostka", "Imię"])

    assert FileReading.objects.get().failure_code == SheetWithoutColumns.code
    answer = api(office).post("/api/v1/accounts/invitations/", {"file": file_id})

    assert (answer.status_code, answer.json()["code"]) == (422, "reading_refused")
    assert "Nazwisko" in answer.json()["detail"]


def test_only_whoever_lets_people_in_may_send_a_list(api):
    stranger = PersonFactory()
    file_id = upload(stranger, [], is_read=False)
    with pytest.raises(MissingPermission):
        files.begin_reading(actor=stranger, file_id=file_id, purpose=PURPOSE)
    with pytest.raises(MissingPermission):
        services.invite_people(actor=stranger, file_id=file_id)
    answer = api(stranger).post("/api/v1/accounts/invitations/", {"file": file_id})
    assert answer.status_code == 403


@pytest.mark.parametrize(("count", "failure"), [(LIMIT, ""), (LIMIT + 1, "too_many_rows")])
def test_a_list_has_so_many_people_and_one_more_is_told_the_limit(office, count, failure):
    row = ["SP nr 7", "Anna", "Dobra", "dobra@example.org", "rola", ""]

    upload(office, [row] * count)

    reading = FileReading.objects.get()
    assert reading.failure_code == failure
    assert len(reading.outcome.get("rows", [])) == (0 if failure else LIMIT)
    if failure:
        assert reading.failure == "Arkusz ma więcej niż 2000 wierszy. Podziel go na części."


def test_the_template_is_what_the_reader_expects(office, api):
    answer = api(office).get("/api/v1/accounts/invitations/template/")
    header = next(load_workbook(io.BytesIO(answer.content)).active.values)
    assert header[:6] == tuple(HEADERS)
