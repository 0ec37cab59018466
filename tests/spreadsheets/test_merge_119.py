"""119 workbooks, filled in by 119 hands, against what was put into them."""

import datetime as dt
import random
import tracemalloc

import openpyxl

from spreadsheets.merging import merge, spool
from spreadsheets.report import Source
from spreadsheets.template import Mode

HEADER = [
    "Lp.",
    "Imię i nazwisko",
    "REGON",
    "Liczba godzin",
    "Kwota brutto",
    "Data zatrudnienia",
    "Uwagi",
]
NAMES = ["Łucja Żak", "Jan Nowak", "Źdźbło & Syn", "Ewa <b>"]


def rows_of(unit: int) -> list[list[object]]:
    chance = random.Random(unit)
    return [
        [
            number,
            chance.choice(NAMES),
            f"{chance.randrange(10**9):09}",
            chance.randrange(40),
            round(chance.uniform(0, 9999), 2),
            dt.date(2000, 1, 1) + dt.timedelta(days=chance.randrange(9000)),
            chance.choice([None, "brak", "uwaga\nw dwóch wierszach"]),
        ]
        for number in range(1, chance.randrange(2, 30))
    ]


def as_filled(unit: int, xlsx, xls, ods) -> bytes:
    """The same rows the way another person would have saved them."""
    rows = rows_of(unit)
    match unit % 7:
        case 0:
            return xls({"Kadra": [["Wykaz kadry"], HEADER, *rows]})
        case 1:
            return ods({"Kadra": [["Wykaz kadry"], HEADER, *rows]})
        case 2:
            order = random.Random(unit).sample(range(len(HEADER)), len(HEADER))
            moved = [[row[place] for place in order] for row in [HEADER, *rows]]
            return xlsx({"Arkusz1": [[], ["Wykaz kadry"], [], *moved, []]})
        case 3:
            texts = [
                [row[0], row[1], row[2], str(row[3]), f"{row[4]:.2f} zł".replace(".", ","),
                 f"{row[5]:%d.%m.%Y}", row[6]]
                for row in rows
            ]  # fmt: skip
            return xlsx({"Kadra": [["Wykaz kadry"], HEADER, *texts]})
        case 4:
            lines = [";".join(HEADER)]
            for row in rows:
                cells = [str(row[0]), row[1], f'="{row[2]}"', str(row[3])]
                cells += [f"{row[4]:.2f}".replace(".", ","), f"{row[5]:%Y-%m-%d}", row[6] or ""]
                lines.append(";".join('"' + cell.replace('"', '""') + '"' for cell in cells))
            return "\r\n".join(lines).encode("cp1250")
        case _:
            return xlsx({"Kadra": [["Wykaz kadry"], HEADER, *rows]})


def expected(unit: int) -> list[tuple[object, ...]]:
    return [
        (f"SP {unit}", str(unit), *row[:5], dt.datetime.combine(row[5], dt.time()), row[6])
        for row in rows_of(unit)
    ]


def test_119_workbooks_become_one_with_every_cell_in_its_place(tmp_path, xlsx, xls, ods):
    sources = [
        Source(f"SP {unit}", str(unit), f"SP {unit}.xlsx", as_filled(unit, xlsx, xls, ods))
        for unit in range(119)
    ]
    sources[50:50] = [Source("LO 1", "0", "LO 1.xlsx", b"PK\x03\x04 urwany plik")]
    done = []
    report = merge(
        xlsx({"Kadra": [["Wykaz kadry"], HEADER]}),
        sources,
        Mode.AUTO,
        tmp_path / "wynik.xlsx",
        progress=lambda number, total: done.append((number, total)),
        silent=[("Przedszkole 1", "500")],
    )
    sheet = openpyxl.load_workbook(tmp_path / "wynik.xlsx")["Kadra"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == ("Jednostka", "RSPO", "Plik", "Wiersz", *HEADER)
    wanted = [row for unit in range(119) for row in expected(unit)]
    assert [(row[0], row[1], *row[4:]) for row in rows] == wanted
    assert report.rows == len(wanted)
    assert report.workbooks == 119
    assert [(r.unit, r.file) for r in report.rejected] == [("LO 1", "LO 1.xlsx")]
    assert {r.kind for r in report.remarks} == {"rejected", "sheet_renamed"}
    assert done == [(number, 120) for number in range(1, 121)]


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "_CELLS_IN_MEMORY", 10_000)
    content = b"Liczba;Opis;Kwota\n" + b"12;tekst;0,5\n" * 2_000

    def peak(count: int) -> int:
        sources = [Source(f"SP {n}", "", "a.csv", content) for n in range(count)]
        tracemalloc.start()
        report = merge(b"Liczba;Opis;Kwota\n", sources, Mode.STACK, tmp_path / "wynik.xlsx")
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert report.rows == 2_000 * count
        return highest

    peak(1)
    few, many = peak(5), peak(20)
    assert many - few < 2 * 2**20
