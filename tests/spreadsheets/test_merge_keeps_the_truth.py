"""Copies are filled in at random and disturbed as people do; the merge gives what was filled in."""

import datetime as dt
import io
from collections import Counter

import openpyxl
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from spreadsheets.merging import merge
from spreadsheets.report import Source
from spreadsheets.template import Mode
from tests.spreadsheets.conftest import xlsx
from tests.spreadsheets.disturbing import (
    SUM_OPERATORS,
    TABLE_OPERATORS,
    TITLES,
    Filled,
    disturbed,
    saved,
)

LABELS = [f"{year}{letter}" for year in range(1, 9) for letter in "abc"]
COLUMNS = {
    "Liczba uczniów": st.integers(0, 400),
    "Koszt wycieczki": st.integers(0, 20_000),
    "Termin": st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    "Opis": st.sampled_from(["las", "muzeum", "kino i teatr", "Źródło Łyny", None]),
}
CHECKED = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""Without shrinking: a failing example is small already, and each try starts a reader."""


def merged(template, sources, mode):
    target = io.BytesIO()
    report = merge(xlsx({"Dane": template}), sources, mode, target)
    for account in report.accounts:
        told = account["placed"] + account["template"] + account["named"]
        assert account["read"] == told, account
    note([(r.file, r.kind, r.cell, r.sentence) for r in report.remarks])
    assert report.rejected == []
    return openpyxl.load_workbook(target)


def files_of(draw, unit, copy, plain):
    """The copy as it was sent, and what was sent besides: an older version, the same again."""
    ending, content = saved(draw, copy, copy.rows)
    found = {f"{unit}.{ending}": content}
    for name, older in copy.versions.items():
        again = name.format(unit)
        if older:
            found = {f"{unit}.xlsx": xlsx({"Dane": [plain.header, *older]})} | {
                f"{again}.{ending}": content for _ in found
            }
        else:
            found[f"{again}.{ending}"] = content
    return found


def plain_value(value):
    return value.date() if isinstance(value, dt.datetime) else value


@settings(CHECKED, max_examples=150)
@given(st.data())
def test_rows_are_the_rows_that_were_filled_in(data):
    draw = data.draw
    titles = ["Oddział", *draw(st.lists(st.sampled_from(list(COLUMNS)), min_size=2, unique=True))]
    if "Liczba uczniów" not in titles:
        titles.append("Liczba uczniów")
    template = [["Wykaz"], [], titles]
    truth: Counter[tuple[object, ...]] = Counter()
    sources = []
    for number in range(draw(st.integers(1, 2))):
        labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=5, unique=True))
        rows = [[label, *(draw(COLUMNS[title]) for title in titles[1:])] for label in labels]
        truth.update(tuple(row) for row in rows)
        copy = Filled(list(titles), [list(row) for row in rows], [["Wykaz"], []])
        note(disturbed(draw, copy, TABLE_OPERATORS))
        plain = Filled(list(titles), rows)
        if any(copy.versions.values()):
            copy.versions = {
                n: [[*r[:1], *(v + 1 if isinstance(v, int) else v for v in r[1:])] for r in rows]
                for n in copy.versions
            }
        unit = f"SP nr {number + 1}"
        sources += [
            Source(unit, "", name, content)
            for name, content in files_of(draw, unit, copy, plain).items()
        ]
    book = merged(template, sources, Mode.STACK)
    header, *found = book["Dane"].iter_rows(values_only=True)
    places = [header.index(title) for title in titles]
    assert Counter(tuple(plain_value(row[p]) for p in places) for row in found) == truth


GROUPS = ["3-latki", "4-latki", "5-latki", "oddziały specjalne", "inne"]
AMOUNTS = ["Chłopcy", "Dziewczęta", "Liczba oddziałów", "Etaty"]


@settings(CHECKED, max_examples=100)
@given(st.data())
def test_sums_are_the_sums_of_what_was_filled_in(data):
    draw = data.draw
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=2, unique=True))
    titles = ["Grupa", *draw(st.lists(st.sampled_from(AMOUNTS), min_size=2, unique=True))]
    template = [["Zestawienie"], [], titles, *([group] for group in groups)]
    numbers = st.one_of(st.none(), st.integers(0, 500), st.integers(0, 5_000).map(lambda n: n / 10))
    wanted: dict[tuple[str, str], int] = Counter()
    sources = []
    for number in range(draw(st.integers(1, 3))):
        rows = [[group, *(draw(numbers) for _ in titles[1:])] for group in groups]
        for row in rows:
            for title, value in zip(titles[1:], row[1:], strict=True):
                wanted[row[0], title] += round((value or 0) * 10)
        copy = Filled(list(titles), [list(row) for row in rows], [["Zestawienie"], []])
        copy.rows = draw(st.permutations(copy.rows))
        if draw(st.booleans()):
            copy.rows.insert(
                draw(st.integers(0, len(rows))), ["nasz własny", *[77] * (len(titles) - 1)]
            )
        note(disturbed(draw, copy, SUM_OPERATORS))
        unit = f"P nr {number + 1}"
        files = files_of(draw, unit, copy, Filled(list(titles), rows))
        sources += [Source(unit, "", name, content) for name, content in files.items()]
    book = merged(template, sources, Mode.SUM)
    for row, group in enumerate(groups, start=4):
        for column, title in enumerate(titles[1:], start=2):
            found = book["Dane"].cell(row, column).value
            assert round((found or 0) * 10) == wanted[group, title], (group, title)


QUESTIONS = ["Nazwa szkoły:", "Liczba uczniów:", "Dyrektor:", "Czy jest basen?", "Data kontroli:"]


@settings(CHECKED, max_examples=50)
@given(st.data())
def test_answers_stand_under_the_questions_that_were_asked(data):
    draw = data.draw
    asked = draw(st.lists(st.sampled_from(QUESTIONS), min_size=2, unique=True))
    template = [["Ankieta"], *([question] for question in asked)]
    texts = st.sampled_from(["tak", "Jan Kot", 12, 250])
    answers = {question: draw(texts) for question in asked}
    rows = [
        ["Ankieta"],
        *([question, answers[question]] for question in draw(st.permutations(asked))),
    ]
    for _ in range(draw(st.integers(0, 2))):
        rows.insert(
            draw(st.integers(0, len(rows))), draw(st.sampled_from([[], ["dopisek szkoły"]]))
        )
    shift = draw(st.integers(0, 2))
    rows = [
        [*[None] * shift, *row] for row in [*draw(st.sampled_from([[], [[draw(TITLES)]]])), *rows]
    ]
    book = merged(template, [Source("SP 1", "", "SP 1.xlsx", xlsx({"Dane": rows}))], Mode.FORM)
    header, found = book["Dane"].iter_rows(values_only=True)
    for question, answer in answers.items():
        title = question.rstrip(":")
        value = found[header.index(title)] if title in header else None
        assert value == answer or str(value) == str(answer), question
