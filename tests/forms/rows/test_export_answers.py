import datetime as dt
import io

import openpyxl
import pytest

from audit.models import Entry
from forms import selectors, services
from forms.models import Sheet
from forms.services import entrusted
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory
from tests.factories.directory import RegisterEntryFactory
from tests.factories.files import uploaded
from tests.factories.forms import (
    AMOUNT,
    BUDGET,
    TITLE,
    author,
    fresh,
    guarded,
    published,
    question,
    redrafted,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db
CHOICES = [{"key": "a", "label": "Sport"}, {"key": "b", "label": "Muzyka"}]
ROWS = [
    {"id": "1", "pozycja": "Farby", "koszt": "10.50"},
    {"id": "2", "pozycja": "Pędzle", "koszt": "5"},
]


@pytest.fixture
def officer(city):
    person = author(first_name="Ewa", last_name="Lis")
    with guarded(person):
        yield person


def book_of(actor, form):
    sheets = selectors.sheets_visible_to(actor, form)
    content = services.export_answers(actor=actor, form=form, sheets=sheets)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_one_row_a_sheet_with_where_it_comes_from_and_tables_on_their_own_sheet(officer, unit):
    RegisterEntryFactory(unit=unit, rspo="12345", is_main=True)
    form = published(TITLE, AMOUNT, BUDGET)
    sheet = submitted_of(form, {"tytul": "Łąka", "kwota": "1200.50", "budzet": ROWS}, unit)
    sheet_of(form, {"tytul": "Szkic"}, unit)

    book = book_of(officer, form)

    header, row = book["Odpowiedzi"]
    assert header == [
        *("Jednostka", "RSPO", "Arkusz", "Wersja formularza", "Wersja odpowiedzi", "Złożono"),
        *("Tytul", "Kwota"),
    ]
    assert row[:5] == ["SP nr 7", "12345", str(sheet.pk), 1, 1]
    assert isinstance(row[5], dt.datetime)
    assert row[6:] == ["Łąka", 1200.5]
    table = book["Budzet"]
    assert table[0][-3:] == ["Wiersz", "Pozycja", "Koszt"]
    assert [one[:3] + one[-3:] for one in table[1:]] == [
        ["SP nr 7", "12345", str(sheet.pk), 1, "Farby", 10.5],
        ["SP nr 7", "12345", str(sheet.pk), 2, "Pędzle", 5],
    ]


def test_answers_are_words_numbers_and_dates_as_people_read_them(officer, unit):
    form = published(
        question("kiedy", "date"),
        question("okres", "date_range"),
        question("jedna", "single_choice", options={"choices": CHOICES}),
        question("kilka", "multiple_choice", options={"choices": CHOICES}),
        question("czy", "yes_no"),
        question("szkola", "unit"),
        question("kto", "person"),
        question("plan", "file"),
        question("zgoda", "statement", options={"wording": "Prawda."}),
        question("uczen", "personal_data", options={"of": "pupil", "fields": ["first_name"]}),
    )
    sheet = sheet_of(
        form,
        {
            "kiedy": "2026-11-23",
            "okres": {"from": "2026-01-01", "to": "2026-01-31"},
            "jedna": "a",
            "kilka": ["a", "b"],
            "czy": True,
            "szkola": str(unit.pk),
            "kto": str(officer.pk),
            "zgoda": {"accepted": True},
            "uczen": {"first_name": "Ola"},
        },
    )
    services.save_answers(
        actor=officer,
        sheet=sheet,
        changes={"plan": [str(uploaded(officer, "plan.pdf").pk)]},
        draft_version=sheet.draft_version,
    )
    services.submit_sheet(actor=officer, sheet=fresh(sheet))

    header, row = book_of(officer, form)["Odpowiedzi"]

    said = {
        title: cell.date() if isinstance(cell, dt.datetime) else cell
        for title, cell in zip(header[6:], row[6:], strict=True)
    }
    assert said == {
        "Kiedy": dt.date(2026, 11, 23),
        "Okres: Od": dt.date(2026, 1, 1),
        "Okres: Do": dt.date(2026, 1, 31),
        "Jedna": "Sport",
        "Kilka": "Sport, Muzyka",
        "Czy": "tak",
        "Szkola": "SP nr 7",
        "Kto": "Ewa Lis",
        "Plan": "plan.pdf",
        "Zgoda": "przyjęto",
        "Uczen: Imię": "Ola",
    }


def test_columns_of_all_revisions_are_there_the_newest_first(officer):
    form = published(TITLE, AMOUNT)
    submitted_of(form, {"tytul": "Łąka", "kwota": "1"})
    form = redrafted(form, question("tytul", label="Nowa nazwa", required=True), question("cel"))
    services.publish_form(actor=SYSTEM, form=form)
    submitted_of(form, {"tytul": "Las", "cel": "Dla dzieci"})

    header, first, second = book_of(officer, form)["Odpowiedzi"]

    assert header[6:] == ["Nowa nazwa", "Cel", "Kwota"]
    assert [first[6:], second[6:]] == [["Łąka", None, 1], ["Las", "Dla dzieci", None]]


def test_a_sheet_under_correction_counts_as_submitted_last_and_a_withdrawn_one_does_not(officer):
    form = published()
    sheet = submitted_of(form, {"tytul": "Łąka"})
    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet)
    services.save_answers(
        actor=officer, sheet=sheet, changes={"tytul": "Szkic"}, draft_version=sheet.draft_version
    )
    entrusted.withdraw_sheet(actor=SYSTEM, sheet=submitted_of(form, {"tytul": "Wycofany"}))

    assert [row[6] for row in book_of(officer, form)["Odpowiedzi"]] == ["Tytul", "Łąka"]


def test_nobody_takes_out_what_they_may_not_see(officer):
    form = published()
    submitted_of(form, {"tytul": "Tajny"})
    other = author()

    assert len(book_of(other, form)["Odpowiedzi"]) == 1
    with pytest.raises(MissingPermission):
        services.export_answers(actor=PersonFactory(), form=form, sheets=Sheet.objects.all())


def test_the_log_says_who_took_the_answers_out(officer):
    form = published()
    submitted_of(form, {"tytul": "Łąka"})

    book_of(officer, form)

    entry = Entry.objects.filter(target_id=str(form.pk)).latest("id")
    assert (entry.actor_id, entry.deed, entry.right) == (
        officer.pk,
        "forms.export_answers",
        "forms.view_forms",
    )
    assert entry.after == {"export": "answers", "sheets": 1}


@pytest.mark.parametrize("sheets", [1, 20])
def test_taking_out_asks_as_often_for_one_sheet_as_for_many(
    officer, unit, django_assert_num_queries, sheets
):
    form = published(TITLE, BUDGET)
    for _ in range(sheets):
        submitted_of(form, {"tytul": "Łąka", "budzet": ROWS}, unit)
    visible = selectors.sheets_visible_to(officer, form)

    with django_assert_num_queries(11):
        services.export_answers(actor=officer, form=form, sheets=visible)
