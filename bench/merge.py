"""Merge of 119 workbooks of 30 columns x 50 rows, against pandas + openpyxl and the bare limit.

    python -m bench merge

Each round runs ours and its peers one after the other; the figure is the median of the rounds.
"""

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import python_calamine as calamine
import xlsxwriter
from rustpy_xlsxwriter import FastExcel

from spreadsheets.merging import merge
from spreadsheets.report import Source
from spreadsheets.template import Mode

UNITS, COLUMNS, ROWS, ROUNDS = 119, 30, 50, 5
TINY = {"UNITS": 2, "ROWS": 2, "ROUNDS": 1}
FASTER_THAN_PANDAS = 8.0
SLOWER_THAN_LIMIT = 2.5
TITLES = [f"Kolumna {number} żółć" for number in range(1, COLUMNS + 1)]
WORDS = ["Szkoła Podstawowa", "oddział", "język polski", "świetlica", "Zespół Szkół"]


def cell(chance: random.Random, column: int) -> object:
    match column % 5:
        case 0:
            return f"{chance.choice(WORDS)} {chance.randrange(500)}"
        case 1:
            return chance.randrange(1000)
        case 2:
            return round(chance.uniform(0, 10_000), 2)
        case 3:
            return dt.datetime.fromisoformat("2025-01-01") + dt.timedelta(
                days=chance.randrange(500)
            )
        case _:
            return chance.choice(["tak", "nie", None])


def write_workbook(path: Path, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Ankieta")
        for number, row in enumerate([TITLES, *rows]):
            sheet.write_row(number, 0, row)


def make_workbooks(folder: Path) -> tuple[Path, list[Path]]:
    chance = random.Random(1)
    template = folder / "szablon.xlsx"
    write_workbook(template, [])
    paths = []
    for unit in range(UNITS):
        paths.append(folder / f"SP {unit}.xlsx")
        rows = [[cell(chance, column) for column in range(COLUMNS)] for _ in range(ROWS)]
        write_workbook(paths[-1], rows)
    return template, paths


def with_ours(template: Path, paths: list[Path], output: Path) -> None:
    sources = [Source(path.stem, "1", path.name, path) for path in paths]
    report = merge(template, sources, Mode.AUTO, output)
    if report.rows != UNITS * ROWS or report.remarks:
        raise SystemExit(f"The merge is wrong: {report.rows} rows, {report.remarks[:3]}")


def with_pandas(paths: list[Path], output: Path) -> None:
    frames = []
    for path in paths:
        frame = pd.read_excel(path, engine="openpyxl")
        frame.insert(0, "Jednostka", path.stem)
        frame.insert(1, "RSPO", "1")
        frame.insert(2, "Plik", path.name)
        frame.insert(3, "Wiersz", range(2, len(frame) + 2))
        frames.append(frame)
    pd.concat(frames).to_excel(output, engine="openpyxl", index=False)


def with_bare_libraries(paths: list[Path], output: Path) -> None:
    """The same rows through the fastest reader and the fastest writer, and nothing else.

    That writer does not replace the project's own: its rows are dictionaries, so a title may not
    occur twice; a cell has no format of its own; it has no sheets painted cell by cell and no
    document properties, by which a result knows itself.
    """

    def merged() -> Iterator[dict[str, object]]:
        for path in paths:
            rows = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            for number, row in enumerate(rows[1:], start=2):
                front = (path.stem, "1", path.name, number)
                yield dict(zip(titles, (*front, *row), strict=True))

    titles = ["Jednostka", "RSPO", "Plik", "Wiersz", *TITLES]
    FastExcel(str(output)).format(bold_headers=True, datetime_format="dd.mm.yyyy").freeze(
        row=1, col=1
    ).sheet("Ankieta", merged(), column_width=14.0, autofilter=True).save()


def timed(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def rows() -> list[dict[str, object]]:
    """The rows of the benchmark's table; `ratio` is the one that `limit` is about."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template, paths = make_workbooks(folder)
        output = folder / "wynik.xlsx"
        runs = {
            "ours": lambda: with_ours(template, paths, output),
            "bare": lambda: with_bare_libraries(paths, output),
            "pandas": lambda: with_pandas(paths, output),
        }
        times: dict[str, list[float]] = {who: [] for who in runs}
        with_ours(template, paths, output)
        for _ in range(ROUNDS):
            for who, run in runs.items():
                times[who].append(timed(run))
    median = {who: statistics.median(measured) for who, measured in times.items()}
    faster = median["pandas"] / median["ours"]
    slower = median["ours"] / median["bare"]
    what = f"merge of {UNITS} workbooks, {COLUMNS} columns x {ROWS} rows"
    return [
        {
            "name": what,
            "ours_s": round(median["ours"], 3),
            "peer_s": round(median["pandas"], 3),
            "ratio": round(faster, 2),
            "limit": f">= {FASTER_THAN_PANDAS:g} times faster",
            "peer": "pandas + openpyxl",
            "ok": faster >= FASTER_THAN_PANDAS,
        },
        {
            "name": what,
            "ours_s": round(median["ours"], 3),
            "peer_s": round(median["bare"], 3),
            "ratio": round(slower, 2),
            "limit": f"<= {SLOWER_THAN_LIMIT:g} times slower",
            "peer": "calamine + rustpy-xlsxwriter, in one process",
            "ok": slower <= SLOWER_THAN_LIMIT,
        },
    ]
