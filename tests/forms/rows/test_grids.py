"""Tables with keys: typed in, read of a workbook, and what a sheet was computed with."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from audit.models import Entry
from forms import selectors, services
from forms.errors import ColumnsFaulty, KeysFixed, RowsFaulty, TableHasNoKeys, UnknownTableEdition
from forms.models import TableEdition, UnitTableRow
from forms.services import GridRow, TableColumn, entrusted
from forms.services.uploads import TABLE
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory
from tests.factories.files import read, uploaded
from tests.factories.forms import fresh, published, question, sheet_of
from tests.factories.messaging import workbook

pytestmark = pytest.mark.django_db
KEYS = [TableColumn("ranga", "Ranga", "text"), TableColumn("miejsce", "Miejsce", "number")]
COLUMNS = [TableColumn("punkty", "Punkty", "number"), TableColumn("kwota", "Kwota", "money")]


@pytest.fixture
def table(author):
    return services.add_table(actor=author, key="punkty", name="Punkty", columns=COLUMNS, keys=KEYS)


def row(*keys, since=None, **values):
    return GridRow(keys, since, values)


def fill(author, table, *rows):
    return services.change_rows(actor=author, table=table, rows=rows)


def upload(author, table, *rows, **choices):
    file = uploaded(author, "punkty.xlsx", workbook(*rows))
    read(author, file, TABLE, table.pk)
    return services.upload_table(actor=author, table=table, file_id=file.pk, **choices)


def test_rows_are_kept_in_the_forms_shapes_as_an_edition(author, table):
    table = fill(author, table, row("krajowy", "1,0", punkty="30", kwota="1 200,5"))

    edition = TableEdition.objects.get(table=table)
    assert (table.edition, edition.number, edition.made_by) == (1, 1, author)
    assert edition.rows == [
        {
            "keys": ["krajowy", "1"],
            "since": None,
            "values": {"punkty": "30", "kwota": "1200.50"},
        }
    ]
    entry = Entry.objects.filter(deed="forms.change_rows").get()
    assert (entry.before, entry.after) == ({"edition": 0}, {"edition": 1, "rows": 1})


def test_what_changes_nothing_makes_no_edition(author, table):
    fill(author, table, row("krajowy", 1, punkty=30))
    assert fill(author, table, row("krajowy", 1, punkty=30)).edition == 1


def test_an_edition_never_changes(author, table):
    fill(author, table, row("krajowy", 1, punkty=30))
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        TableEdition.objects.update(number=7)


def test_an_edition_goes_only_with_its_table(author, table):
    fill(author, table, row("krajowy", 1, punkty=30))
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        TableEdition.objects.all().delete()
        connection.check_constraints()
    assert TableEdition.objects.count() == 1

    services.remove_table(actor=author, table=table)
    connection.check_constraints()
    assert TableEdition.objects.count() == 0


def test_each_mistake_is_told_by_its_cell_and_nothing_is_saved(author, table):
    with pytest.raises(RowsFaulty) as refused:
        fill(
            author,
            table,
            row("krajowy", "pierwsze", punkty=30),
            row("", 2, punkty="dużo"),
            row("krajowy", 3),
            row("krajowy", "3"),
        )

    assert [(one.field, one.detail) for one in refused.value.errors] == [
        ("rows.0.keys.1", "Miejsce: To nie jest liczba."),
        ("rows.1.keys.0", "Ranga: Wpisz klucz: bez niego wiersza nie da się znaleźć."),
        ("rows.1.values.punkty", "Punkty: To nie jest liczba."),
        ("rows.3", "Te same klucze i dzień ma już wiersz 3."),
    ]
    assert TableEdition.objects.count() == 0


def test_a_table_of_units_is_not_typed_in(author):
    of_units = services.add_table(actor=author, key="limity", name="Limity", columns=COLUMNS)
    with pytest.raises(TableHasNoKeys):
        fill(author, of_units, row("x"))


def test_only_those_who_keep_lists_change_and_take_tables(table):
    for verb in (
        lambda: fill(PersonFactory(), table, row("krajowy", 1)),
        lambda: services.export_table(actor=PersonFactory(), table=table),
    ):
        with pytest.raises(MissingPermission):
            verb()


def test_a_threshold_is_the_last_key_and_keys_are_at_most_five(author):
    keys = [TableColumn("prog", "Próg", "from"), *KEYS]
    with pytest.raises(ColumnsFaulty) as refused:
        services.add_table(actor=author, key="t", name="T", columns=COLUMNS, keys=keys)
    assert [one.field for one in refused.value.errors] == ["keys.0.type"]

    many = [TableColumn(f"k{number}", f"K{number}", "text") for number in range(6)]
    with pytest.raises(ColumnsFaulty) as refused:
        services.add_table(actor=author, key="t", name="T", columns=COLUMNS, keys=many)
    assert [one.field for one in refused.value.errors] == ["keys"]


def test_the_keys_of_a_table_with_rows_stay(author, table):
    fill(author, table, row("krajowy", 1, punkty=30))
    with pytest.raises(KeysFixed):
        services.change_table(actor=author, table=table, keys=KEYS[:1])


def test_another_column_is_an_edition_that_keeps_the_values(author, table):
    fill(author, table, row("krajowy", 1, punkty=30, kwota=5))
    columns = [COLUMNS[0], TableColumn("uwaga", "Uwaga", "text")]

    table = services.change_table(actor=author, table=table, columns=columns)

    newest = selectors.rows_of_edition(table)
    assert (newest.number, newest.rows[0]["values"]) == (2, {"punkty": "30"})
    assert selectors.rows_of_edition(table, 1).rows[0]["values"]["kwota"] == "5.00"
    with pytest.raises(UnknownTableEdition):
        selectors.rows_of_edition(table, 3)


HEADER = ["Ranga", "Miejsce", "Obowiązuje od", "Punkty"]


def test_what_was_taken_out_comes_back_the_same(author, table):
    table = fill(
        author,
        table,
        row("krajowy", 1, punkty=30, kwota=12),
        row("krajowy", 1, since=date(2026, 9, 1), punkty=33),
    )
    content = services.export_table(actor=author, table=table)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[1]] == [*HEADER, "Kwota"]

    file = uploaded(author, "punkty.xlsx", content)
    read(author, file, TABLE, table.pk)
    report = services.upload_table(actor=author, table=table, file_id=file.pk)

    assert (report.rows, report.unchanged, report.refused) == (2, 2, [])
    table.refresh_from_db()
    assert table.edition == 1


def test_a_workbook_changes_the_rows_that_it_names_and_tells_the_others(author, table):
    fill(author, table, row("krajowy", 1, punkty=30, kwota=9), row("gminny", 1, punkty=3))

    report = upload(
        author,
        table,
        HEADER,
        ["krajowy", 1, None, 31],
        ["krajowy", 2, "1.09.2026", 20],
        ["krajowy", "drugie", None, 20],
        ["krajowy", 1, None, 32],
    )

    assert (report.added, report.changed, report.removed) == (1, 1, 0)
    assert [(one.row, one.unit, one.column) for one in report.refused] == [
        (4, "krajowy", "Miejsce"),
        (5, "krajowy, 1", ""),
    ]
    rows = selectors.rows_of_edition(type(table).objects.get(pk=table.pk)).rows
    assert [(one["keys"], one["since"], one["values"]) for one in rows] == [
        (["krajowy", "1"], None, {"punkty": "31", "kwota": "9.00"}),
        (["gminny", "1"], None, {"punkty": "3"}),
        (["krajowy", "2"], "2026-09-01", {"punkty": "20"}),
    ]


def test_a_trial_of_a_workbook_makes_no_edition(author, table):
    report = upload(author, table, HEADER, ["krajowy", 1, None, 31], is_dry_run=True)
    assert (report.is_dry_run, report.added, TableEdition.objects.count()) == (True, 1, 0)


def test_others_are_taken_away_when_asked(author, table):
    fill(author, table, row("krajowy", 1, punkty=30), row("gminny", 1, punkty=3))
    report = upload(author, table, HEADER, ["krajowy", 1, None, 30], removes_others=True)
    assert (report.unchanged, report.removed) == (1, 1)


POINTS = question("punkty", "number", compute='z_tabeli("punkty", "punkty", ranga, 1)')
RANK = question("ranga")


def test_a_form_looks_the_value_up_of_the_day_that_it_reckons_from(author, table):
    fill(
        author,
        table,
        row("krajowy", 1, punkty=30),
        row("krajowy", 1, since=date(2026, 9, 1), punkty=33),
    )
    form = published(RANK, POINTS)
    assert selectors.problems_of(form.draft) == []

    with time_machine.travel("2026-08-31 12:00"):
        early = selectors.project_sheet(sheet_of(form, {"ranga": "krajowy"}))
    with time_machine.travel("2026-09-02 12:00"):
        late = selectors.project_sheet(sheet_of(form, {"ranga": "krajowy"}))
        fixed = sheet_of(form, {"ranga": "krajowy"}, reference_day=date(2026, 8, 1))

    assert early.questions["punkty"].value == "30"
    assert late.questions["punkty"].value == "33"
    assert selectors.project_sheet(fixed).questions["punkty"].value == "30"


def test_what_was_submitted_goes_on_with_what_it_was_computed_with(author, head, unit, table):
    """A changed table, a changed limit and another day change nothing of it in silence."""
    limits = services.add_table(
        actor=author, key="limity", name="Limity", columns=[TableColumn("kwota", "Kwota", "money")]
    )
    UnitTableRow.objects.create(table=limits, unit_id=unit.pk, values={"kwota": "100.00"})
    fill(author, table, row("krajowy", 1, punkty=30))
    form = published(
        RANK,
        POINTS,
        question("limit", "money", compute='z_tabeli("limity", "kwota")'),
        question("rok", "number", compute="rok_szkolny()"),
    )
    with time_machine.travel("2026-08-30 12:00"):
        sheet = sheet_of(form, {"ranga": "krajowy"}, unit)
        services.submit_sheet(actor=head, sheet=sheet)
    fill(author, table, row("krajowy", 1, punkty=99))
    UnitTableRow.objects.update(values={"kwota": "1.00"})
    services.change_school_year(actor=author, begins=(8, 1), second_semester=(2, 1))

    with time_machine.travel("2027-10-01 12:00"):
        sheet = entrusted.reopen_sheet(actor=SYSTEM, sheet=fresh(sheet))
        again = services.submit_sheet(actor=head, sheet=fresh(sheet))
        shown = selectors.project_version(again)
        newer = selectors.project_sheet(sheet_of(form, {"ranga": "krajowy"}, unit))

    assert again.grounds["editions"] == {"punkty": 1, "limity": 0}
    assert {key: again.answers[key] for key in ("punkty", "limit", "rok")} == {
        "punkty": "30",
        "limit": "100.00",
        "rok": "2025",
    }
    assert shown.questions["punkty"].value == "30"
    assert [newer.questions[key].value for key in ("punkty", "limit", "rok")] == [
        "99",
        "1.00",
        "2027",
    ]


def test_a_table_that_was_filled_after_submission_changes_nothing_of_what_was_submitted(
    author, head, unit, table
):
    """Neither the first edition of one with keys nor the unit's first row, corrected or not."""
    columns = [TableColumn("kwota", "Kwota", "money")]
    limits = services.add_table(actor=author, key="limity", name="Limity", columns=columns)
    limit = question("limit", "money", compute='z_tabeli("limity", "kwota")')
    form = published(RANK, POINTS, limit)
    sheet = sheet_of(form, {"ranga": "krajowy"}, unit)
    version = services.submit_sheet(actor=head, sheet=sheet)

    fill(author, table, row("krajowy", 1, punkty=99))
    UnitTableRow.objects.create(table=limits, unit_id=unit.pk, values={"kwota": "5.00"})

    def computed(projection):
        return [projection.questions[key].value for key in ("punkty", "limit")]

    version.refresh_from_db()
    assert computed(selectors.project_version(version)) == [None, None]
    assert computed(selectors.project_sheet(fresh(sheet))) == [None, None]
    entrusted.reopen_sheet(actor=SYSTEM, sheet=fresh(sheet))
    again = services.submit_sheet(actor=head, sheet=fresh(sheet))
    assert again.grounds == version.grounds
    assert computed(selectors.project_sheet(fresh(sheet))) == [None, None]
    newer = sheet_of(form, {"ranga": "krajowy"}, unit)
    assert computed(selectors.project_sheet(newer)) == ["99", "5.00"]


def test_the_checker_knows_the_keys_of_each_table(author, table):
    wrong = question("liczba", "number", compute='z_tabeli("punkty", "punkty", ranga)')
    form = services.add_form(
        actor=author,
        name="F",
        definition={
            "title": "F",
            "sections": [{"key": "s", "title": "S", "questions": [RANK, wrong]}],
        },
    )
    [problem] = selectors.problems_of(form.draft)
    assert problem.sentence == (
        "Tabela „punkty” ma klucze: Ranga, Miejsce. Po nazwie kolumny podano ich 1."
    )
