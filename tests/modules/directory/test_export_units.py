import io

import openpyxl
import pytest

from audit.models import Entry
from modules.directory.permissions import Permission
from tests.factories.accounts import person_with
from tests.factories.directory import RegisterEntryFactory, UnitFactory, UnitKindFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/directory/units/export/"


def rows(answer):
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_list_is_exported_as_it_is_filtered_and_ordered(api):
    reader = person_with(Permission.VIEW_UNITS)
    for name in ("SP nr 10", "SP nr 2"):
        RegisterEntryFactory(unit=UnitFactory(short_name=name, regon="015259640"))
    UnitFactory(short_name="P nr 1", kind=UnitKindFactory(code="przedszkole"))

    header, *units = rows(api(reader).get(f"{URL}?kind=szkola-podstawowa"))

    assert header[:4] == ["Nazwa skrócona", "Nazwa", "Rodzaj", "Numery RSPO"]
    assert [unit[0] for unit in units] == ["SP nr 2", "SP nr 10"]
    assert units[0][13] == "015259640"


def test_the_file_has_a_name_and_a_type(api):
    answer = api(person_with(Permission.VIEW_UNITS)).get(URL)

    assert answer["Content-Disposition"] == 'attachment; filename="jednostki.xlsx"'
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


def test_a_text_that_begins_like_a_formula_stays_a_text(api):
    UnitFactory(short_name="=1+1", name="=HYPERLINK(1)")

    _, unit = rows(api(person_with(Permission.VIEW_UNITS)).get(URL))

    assert unit[:2] == ["=1+1", "=HYPERLINK(1)"]


def test_only_visible_units_are_exported(api):
    own, _other = UnitFactory(), UnitFactory()
    head = person_with(Permission.VIEW_UNITS, scope_kind="unit", scope_id=own.pk)

    assert len(rows(api(head).get(URL))) == 2


def test_the_log_says_who_took_the_list_away_which_part_and_how_much(api):
    reader = person_with(Permission.VIEW_UNITS)
    UnitFactory.create_batch(2)
    UnitFactory(kind=UnitKindFactory(code="przedszkole"))

    api(reader).get(f"{URL}?kind=szkola-podstawowa")

    entry = Entry.objects.get(deed="directory.export_units")
    assert (entry.actor_id, entry.right, entry.target_label) == (
        reader.pk,
        "directory.view_units",
        "lista: jednostki",
    )
    assert entry.after == {"export": {"kind": "szkola-podstawowa"}, "rows": 2}


@pytest.mark.parametrize("count", [1, 30])
def test_an_export_of_any_length_takes_the_same_queries(api, count, django_assert_num_queries):
    client = api(person_with(Permission.VIEW_UNITS))
    for unit in UnitFactory.create_batch(count):
        RegisterEntryFactory(unit=unit)
    client.get(URL)

    # city with two search paths, session, person, its limit, roles, units with kinds, entries,
    # the entry of the log, a savepoint (2)
    with django_assert_num_queries(10):
        client.get(URL)
