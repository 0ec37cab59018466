"""Each cell gets into the result as people saw it, or a remark names it."""

import datetime as dt

import pytest

from tests.spreadsheets.making import RAISED, STRUCK, styled

HEAD = [["Wykaz"], []]
CLOCK = {"num_format": "hh:mm"}
DURATION = {"num_format": "[h]:mm"}
PERCENT = {"num_format": "0%"}
POINTS = {"num_format": '0"%"'}


@pytest.fixture
def column(merged):
    """column(title, {unit: [cells]}, looks) -> the values of this column, and its remarks."""

    def run(title, answers, looks=None, template_look=None):
        template = styled(
            [*HEAD, ["Oddział", title], [None, None]],
            {"B4": template_look} if template_look else {},
        )
        files = {
            unit: styled(
                [*HEAD, ["Oddział", title], *([f"{n}a", cell] for n, cell in enumerate(cells, 1))],
                (looks or {}).get(unit),
            )
            for unit, cells in answers.items()
        }
        found = merged(template, files)
        told = [
            (remark.unit, remark.cell, remark.kind)
            for remark in found.report.remarks
            if not remark.kind.startswith(("same_content", "several_files"))
        ]
        return [value for (value,) in found.data("Dane", [title])], told

    return run


DAY = dt.datetime.fromisoformat


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        ([STRUCK, "120", " 250"], 250, "struck"),
        (["25", RAISED, "1"], 25, "footnote"),
        ("25¹", 25, "footnote"),
        ("25 *)", 25, "footnote"),
        ("25 osób", 25, "unit"),
        ("1 250 uczniów", 1250, "unit"),
        ("3 oddziały", 3, "unit"),
        ("ok. 25", "ok. 25", "not_a_number"),
        ("25-30", "25-30", "not_a_number"),
        ("25 + 3", "25 + 3", "not_a_number"),
        (True, True, "truth_misplaced"),
        (dt.date(2026, 2, 1), DAY("2026-02-01"), "date_among_numbers"),
        (dt.time(18, 30), dt.time(18, 30), "time_among_numbers"),
        (5.5e15, 5.5e15, "digits_lost"),
    ],
)
def test_a_cell_that_is_not_simply_a_number_is_read_or_left_and_told(column, cell, value, kind):
    looks = {"A": {"B4": CLOCK}} if isinstance(cell, dt.time) else None
    found, told = column("Liczba uczniów", {"A": [cell], "B": [1, 2, 3]}, looks)
    assert found == [value, 1, 2, 3]
    assert told == [("A", "B4", kind)]


def test_numbers_with_units_are_numbers_also_where_most_schools_write_them(column):
    answers = {"A": ["25 osób"], "B": ["30 os."], "C": ["28 uczniów"], "D": ["27"]}
    found, told = column("Liczba uczniów", answers)
    assert found == [25, 30, 28, 27]
    assert [kind for _, _, kind in told] == ["unit"] * 3


@pytest.mark.parametrize("cells", [["1a", "2b"], ["1 TI", "2 TI"], ["3 klasa", "4 klasa"]])
def test_names_that_begin_with_a_number_stay_names(column, cells):
    assert column("Klasa", {"A": cells, "B": cells[::-1]}) == (cells + cells[::-1], [])


@pytest.mark.parametrize(
    ("a", "b", "values", "told"),
    [
        (([0.95], PERCENT), ([93], None), [95, 93], [("A", "B4", "percent_as_points")]),
        (([0.95], PERCENT), ([0.93], None), [0.95, 0.93], []),
        (([0.95], PERCENT), ([0.93], PERCENT), [0.95, 0.93], []),
        ((["95%"], None), ([93], None), [95, 93], [("A", "B4", "percent_as_points")]),
        (([95], POINTS), ([0.93], PERCENT), [95, 93], [("B", "B4", "percent_as_points")]),
        (([95], None), ([0.93], None), [95, 0.93], [("B", "B4", "percent_doubtful")]),
    ],
)  # fmt: skip  # a table
def test_per_cent_stand_in_one_scale(column, a, b, values, told):
    looks = {unit: {"B4": look} for unit, (_, look) in (("A", a), ("B", b)) if look}
    assert column("Frekwencja", {"A": a[0], "B": b[0]}, looks) == (values, told)


def test_per_cent_stand_in_the_scale_of_the_template(column):
    found = column("Frekwencja", {"A": [0.95], "B": [93]}, {"A": {"B4": PERCENT}}, PERCENT)
    assert found == ([0.95, 0.93], [("B", "B4", "points_as_fraction")])


@pytest.mark.parametrize(
    ("cell", "code", "value", "kind"),
    [
        (1200, '#,##0.00\\ "€"', 1200, "currency"),
        (1200, "#,##0.00\\ [$USD]", 1200, "currency"),
        (1200, '#,##0.00\\ "zł"', 1200, None),
        (12, '0" tys. zł"', 12000, "scaled"),
        (1.5, '0.0" mln zł"', 1_500_000, "scaled"),
        (12000, '#,##0,\\ "tys. zł"', 12000, None),
        ("12 tys. zł", "General", 12000, "scaled"),
        ("1200 €", "General", "1200 €", "not_a_number"),
        (5, ";;;", 5, "hidden_value"),
    ],
)
def test_amounts_are_in_zloty_or_told(column, cell, code, value, kind):
    looks = {"A": {"B4": {"num_format": code}}}
    found, told = column("Koszt wycieczki", {"A": [cell], "B": [950, 1]}, looks)
    assert found == [value, 950, 1]
    assert told == ([] if kind is None else [("A", "B4", kind)])


def test_a_column_in_thousands_stays_in_thousands(column):
    looks = {"A": {"B4": {"num_format": '0" tys. zł"'}}}
    assert column("Koszt w tys. zł", {"A": [12], "B": [9]}, looks) == ([12, 9], [])


def test_a_column_in_euro_stays_in_euro(column):
    looks = {"A": {"B4": {"num_format": '0" EUR"'}}}
    assert column("Koszt w EUR", {"A": [12], "B": [9]}, looks) == ([12, 9], [])


@pytest.mark.parametrize(
    ("code", "cells", "shown"),
    [
        ("00-000", [1234, 85021], ["01-234", "85-021"]),
        ("0000000000", [123, 1234567890], ["0000000123", "1234567890"]),
        ("000-000-000", [521234567], ["521-234-567"]),
    ],
)
def test_codes_are_what_the_sheet_shows(column, code, cells, shown):
    looks = {"A": {f"B{4 + n}": {"num_format": code} for n in range(len(cells))}}
    assert column("Kod", {"A": cells, "B": ["85-022"]}, looks) == ([*shown, "85-022"], [])


@pytest.mark.parametrize(
    ("title", "cell", "look", "value", "kind"),
    [
        ("Liczba godzin", dt.time(18, 30), CLOCK, 18.5, "time_as_hours"),
        ("Liczba godzin", dt.timedelta(hours=30), DURATION, 30, "time_as_hours"),
        ("Liczba godzin", dt.timedelta(hours=25, minutes=15), CLOCK, 25.25, "time_as_hours"),
        ("Liczba godzin", "30:15", None, 30.25, "time_as_hours"),
        ("Liczba godzin", "2 h 30 min", None, 2.5, "time_as_hours"),
        ("Liczba godzin", "90 min", None, 1.5, "time_as_hours"),
        ("Liczba minut", dt.time(1, 30), CLOCK, 90, "time_as_minutes"),
        ("Liczba minut", "1 h", None, 60, "time_as_minutes"),
    ],
)
def test_hours_are_numbers_in_a_column_of_hours(column, title, cell, look, *, value, kind):
    looks = {"A": {"B4": look}} if look else None
    assert column(title, {"A": [cell], "B": [12, 10]}, looks) == (
        [value, 12, 10],
        [("A", "B4", kind)],
    )


def test_hours_are_numbers_also_where_most_write_them_as_times(column):
    looks = {"A": {"B4": CLOCK, "B5": DURATION}}
    cells = {"A": [dt.time(18, 30), dt.timedelta(hours=30)], "B": ["8:15", 12]}
    assert column("Liczba godzin", cells, looks)[0] == [18.5, 30, 8.25, 12]


def test_hours_of_a_day_stay_hours_of_a_day(column):
    looks = {"A": {"B4": CLOCK, "B5": CLOCK}}
    found = column("Godzina rozpoczęcia", {"A": [dt.time(8), dt.time(8, 45)]}, looks)
    assert found == ([dt.time(8), dt.time(8, 45)], [])


@pytest.mark.parametrize(
    ("mark", "day", "value"),
    [("-", dt.date(2026, 5, 3), "3-5"), ("/", dt.date(2026, 2, 1), "1/2")],
)
def test_a_date_among_ranges_is_the_range_that_it_was(column, mark, day, value):
    others = [f"4{mark}6", f"3{mark}5", "6"]
    found = column("Grupa wiekowa", {"A": [day], "B": others})
    assert found == ([value, *others], [("A", "B4", "range_from_date")])


def test_a_date_among_other_texts_stays_and_is_told(column):
    found = column("Grupa", {"A": [dt.date(2026, 5, 3)], "B": ["starszaki", "maluchy"]})
    assert found == (
        [DAY("2026-05-03"), "starszaki", "maluchy"],
        [("A", "B4", "date_among_texts")],
    )


def test_dates_among_dates_are_not_told(column):
    cells = {"A": [dt.date(2026, 5, 3)], "B": [dt.date(2026, 5, 4), "do uzgodnienia"]}
    assert column("Termin", cells) == (
        [DAY("2026-05-03"), DAY("2026-05-04"), "do uzgodnienia"],
        [("B", "B5", "not_a_date")],
    )


def test_an_account_number_that_lost_its_digits_is_told(column):
    cells = {"A": [12102049000000123400000012], "B": ["12 1020 4900 0000 1234 0000 0012"]}
    found, told = column("Numer rachunku", cells)
    assert found == ["12102049000000120000000000", "12 1020 4900 0000 1234 0000 0012"]
    assert told == [("A", "B4", "digits_lost")]


@pytest.mark.parametrize("texts", [["TAK", "nie"], ["tak"], ["NIE"]])
def test_truth_is_tak_or_nie_where_others_say_so(column, texts):
    found, told = column("Winda", {"A": [True, False], "B": texts})
    assert found == ["TAK", "NIE", *texts]
    assert [kind for _, _, kind in told] == ["truth_as_words"] * 2


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Dotacja – dział 801", float),
        ("Opłata za telefon", float),
        ("Środki (rozdział 80101)", float),
        ("Wydatki, dział 854", float),
        ("Telefon", str),
        ("Dział", str),
        ("Nr telefonu", str),
        ("Kontakt – telefon", str),
    ],
)
def test_amounts_are_numbers_whatever_they_are_paid_for(column, title, kind):
    found, told = column(title, {"A": [300, 45], "B": [1500, 20]})
    assert {isinstance(value, str) for value in found} == {kind is str}
    assert told == []


@pytest.mark.parametrize("box", ["☒", "☑", "✓", "●"])
def test_ticked_boxes_are_answers(merged, box):
    rows = [*HEAD, ["Element", "Jest", "Opis"]]
    empty = {"☒": "☐", "☑": "☐", "✓": "□", "●": "○"}[box]
    template = styled([*rows, ["Winda", f"{empty} TAK {empty} NIE", None]])
    answer = styled([*rows, ["Winda", f"{box} TAK {empty} NIE", None]])
    found = merged(template, {"A": answer, "B": template})
    assert (f"{box} TAK {empty} NIE",) in found.data("Dane", ["Jest"])
