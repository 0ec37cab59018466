import pytest

from audit.models import Entry
from files.errors import ReadingRefused, UnknownSubject
from forms import selectors, services
from forms.errors import ColumnsChanged, ColumnsFaulty, KeyTaken, ListInUse
from forms.models import DictionaryEntry, UnitTable, UnitTableRow
from forms.services import TableColumn, uploads
from forms.services.uploads import TABLE
from opium.errors import NotFound
from opium.models import uuid7
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory
from tests.factories.directory import RegisterEntryFactory, UnitFactory
from tests.factories.files import read, uploaded
from tests.factories.forms import published, question, sheet_of
from tests.factories.messaging import workbook

pytestmark = pytest.mark.django_db
COLUMNS = [
    TableColumn("kwota", "Kwota", "money"),
    TableColumn("uczniowie", "Liczba uczniów", "number"),
]


@pytest.fixture
def table(author):
    return services.add_table(actor=author, key="limity", name="Limity", columns=COLUMNS)


def upload(author, table, *rows, **choices):
    file = uploaded(author, "limity.xlsx", workbook(*rows))
    read(author, file, TABLE, table.pk)
    return services.upload_table(actor=author, table=table, file_id=file.pk, **choices)


HEADER = ["Jednostka (RSPO albo nazwa skrócona)", "Liczba uczniów", "Kwota"]


def test_rows_are_matched_by_rspo_number_or_short_name(author, unit, table):
    other = UnitFactory(short_name="SP nr 8")
    RegisterEntryFactory(unit=other, rspo="12345")

    report = upload(author, table, HEADER, ["sp NR 7", 210, "1 200,50 zł"], [12345, 90, 3])

    assert (report.rows, report.added, report.refused) == (2, 2, [])
    assert {row.unit_id: row.values for row in UnitTableRow.objects.all()} == {
        unit.pk: {"kwota": "1200.50", "uczniowie": "210"},
        other.pk: {"kwota": "3.00", "uczniowie": "90"},
    }
    entry = Entry.objects.filter(target_id=str(table.pk)).latest("id")
    assert (entry.right, entry.after["added"]) == ("forms.manage_dictionaries", 2)


def test_what_did_not_match_is_told_by_its_row_and_stops_no_other(author, unit, table):
    report = upload(
        author,
        table,
        HEADER,
        ["SP nr 7", "dużo", 1],
        ["Nieznana", 1, 1],
        [None, 5, 5],
        ["SP nr 7", 7, 7],
        ["SP nr 7", 8, 8],
    )

    assert [(one.row, one.unit, one.column) for one in report.refused] == [
        (2, "SP nr 7", "Liczba uczniów"),
        (3, "Nieznana", ""),
        (4, "", ""),
        (6, "SP nr 7", ""),
    ]
    assert UnitTableRow.objects.get().values == {"kwota": "7.00", "uczniowie": "7"}


def test_a_second_upload_changes_the_named_units_and_keeps_the_others(author, unit, table):
    UnitFactory(short_name="SP nr 8")
    upload(author, table, HEADER, ["SP nr 7", 1, 1], ["SP nr 8", 2, 2])

    report = upload(author, table, ["RSPO", "Kwota"], ["SP nr 7", 9])
    assert (report.added, report.changed, report.unchanged, report.removed) == (0, 1, 0, 0)
    assert UnitTableRow.objects.get(unit_id=unit.pk).values == {"kwota": "9.00", "uczniowie": "1"}

    report = upload(author, table, HEADER, ["SP nr 7", 1, 9], removes_others=True)
    assert (report.unchanged, report.removed) == (1, 1)


def test_a_dry_run_tells_and_keeps_nothing(author, unit, table):
    report = upload(author, table, HEADER, ["SP nr 7", 1, 1], is_dry_run=True)

    assert (report.is_dry_run, report.added) == (True, 1)
    assert UnitTableRow.objects.count() == 0


def test_a_workbook_without_the_headers_is_refused(author, table):
    file = uploaded(author, "limity.xlsx", workbook(["A", "B"], ["SP nr 7", 1]))

    reading = read(author, file, TABLE, table.pk)

    assert (reading.state, reading.failure_code) == ("failed", "table_unreadable")
    with pytest.raises(ReadingRefused, match="nie ma wiersza nagłówków"):
        services.upload_table(actor=author, table=table, file_id=file.pk)


@pytest.mark.parametrize(("rows", "failure"), [(3, ""), (4, "too_many_rows")])
def test_a_table_takes_so_many_rows_and_says_the_limit_to_one_more(
    author, table, monkeypatch, rows, failure
):
    monkeypatch.setattr(uploads, "MOST_OF_TABLE", 3)
    file = uploaded(author, "limity.xlsx", workbook(HEADER, *[["SP nr 7", 1, 1]] * rows))

    reading = read(author, file, TABLE, table.pk)

    assert reading.failure_code == failure
    if failure:
        assert reading.failure == "Plik ma więcej niż 3 wierszy. Podziel go na mniejsze."


def test_columns_that_changed_since_the_reading_refuse_it_and_change_nothing(author, unit, table):
    file = uploaded(author, "limity.xlsx", workbook(HEADER, ["SP nr 7", 1, 1]))
    read(author, file, TABLE, table.pk)
    services.change_table(actor=author, table=table, columns=COLUMNS[:1])

    with pytest.raises(ColumnsChanged, match="zmieniono po odczytaniu"):
        services.upload_table(actor=author, table=table, file_id=file.pk)

    assert UnitTableRow.objects.count() == 0
    file.refresh_from_db()
    assert file.claimed_at is None


def test_nobody_else_has_a_file_read_for_a_table_or_learns_its_columns(author, table):
    stranger = PersonFactory()
    file = uploaded(stranger, "limity.xlsx", workbook(["A"]))

    for about in (table.pk, uuid7()):
        with pytest.raises(MissingPermission):
            read(stranger, file, TABLE, about)
    for person in (stranger, author):
        with pytest.raises(UnknownSubject):
            read(person, uploaded(person, "limity.xlsx", workbook(["A"])), TABLE, "x")
    with pytest.raises(NotFound):
        read(author, uploaded(author, "limity.xlsx", workbook(["A"])), TABLE, uuid7())


def test_a_form_quotes_the_row_of_the_sheets_unit(author, unit, table, head):
    upload(author, table, HEADER, ["SP nr 7", 210, "1200.50"])
    form = published(question("limit", "money", compute='z_tabeli("limity", "kwota")'))

    shown = selectors.project_sheet(sheet_of(form, unit=unit))

    assert shown.questions["limit"].value == "1200.50"
    assert selectors.project_sheet(sheet_of(form)).questions["limit"].value is None


def test_two_columns_of_one_name_and_a_taken_key_are_refused(author, table):
    twice = [TableColumn("a", "Kwota"), TableColumn("a", "kwota")]

    with pytest.raises(ColumnsFaulty):
        services.add_table(actor=author, key="inna", name="Inna", columns=twice)
    with pytest.raises(ColumnsFaulty):
        services.add_table(actor=author, key="inna", name="Inna", columns=[])
    with pytest.raises(KeyTaken):
        services.add_table(actor=author, key="limity", name="Inna", columns=COLUMNS)


def test_a_list_that_a_form_uses_is_not_removed(author, table):
    services.add_dictionary(actor=author, key="dzielnice", name="Dzielnice", entries=[])
    dictionary = selectors.dictionaries_visible_to(author).get()
    services.change_dictionary(
        actor=author, dictionary=dictionary, entries=[services.Entry("f", "Fordon")]
    )
    published(
        question("dzielnica", "single_choice", options={"dictionary": "dzielnice"}),
        question("limit", "money", compute='z_tabeli("limity", "kwota")'),
    )

    with pytest.raises(ListInUse, match="Wniosek o grant"):
        services.remove_dictionary(actor=author, dictionary=dictionary)
    with pytest.raises(ListInUse, match="Wniosek o grant"):
        services.remove_table(actor=author, table=table)


def test_lists_that_nobody_uses_are_removed(author, table):
    dictionary = services.add_dictionary(actor=author, key="a", name="A")

    services.remove_dictionary(actor=author, dictionary=dictionary)
    services.remove_table(actor=author, table=table)

    assert UnitTable.objects.count() == 0


def test_an_entry_left_out_is_offered_no_longer_but_keeps_its_label(author, head):
    dictionary = services.add_dictionary(
        actor=author,
        key="dzielnice",
        name="Dzielnice",
        entries=[services.Entry("f", "Fordon"), services.Entry("b", "Bartodzieje")],
    )
    form = published(question("gdzie", "single_choice", options={"dictionary": "dzielnice"}))
    sheet = sheet_of(form, {"gdzie": "f"})
    services.submit_sheet(actor=head, sheet=sheet)

    services.change_dictionary(
        actor=author, dictionary=dictionary, entries=[services.Entry("b", "Bartodzieje")]
    )

    assert DictionaryEntry.objects.get(key="f").is_active is False
    other = selectors.project_sheet(sheet_of(form, {"gdzie": "f"}))
    assert other.questions["gdzie"].errors != []
    past = selectors.project_version(selectors.version_of(sheet, 1))
    assert past.questions["gdzie"].errors == []


def test_who_keeps_no_lists_changes_none(author, table):
    actor = PersonFactory()
    dictionary = services.add_dictionary(actor=author, key="a", name="A")

    for verb in (
        lambda: services.add_dictionary(actor=actor, key="b", name="B"),
        lambda: services.change_dictionary(actor=actor, dictionary=dictionary, name="X"),
        lambda: services.remove_dictionary(actor=actor, dictionary=dictionary),
        lambda: services.add_table(actor=actor, key="b", name="B", columns=COLUMNS),
        lambda: services.change_table(actor=actor, table=table, name="X"),
        lambda: services.remove_table(actor=actor, table=table),
        lambda: services.upload_table(actor=actor, table=table, file_id=table.pk),
    ):
        with pytest.raises(MissingPermission):
            verb()
    assert list(selectors.dictionaries_visible_to(actor)) == []
    assert list(selectors.tables_visible_to(actor)) == []
