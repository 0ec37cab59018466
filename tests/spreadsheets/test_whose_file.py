"""Whose an answer is: folders in a ZIP, code pages of its names, units with a dash."""

import io
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from spreadsheets.errors import HiddenFile, LockFile, WorkbookDamaged, WorkbookProtected
from spreadsheets.folders import sources_in
from spreadsheets.readers import Reader
from spreadsheets.units import units_of
from spreadsheets.writing import Column, Kind, write_table


@pytest.mark.parametrize(
    ("paths", "units"),
    [
        (
            ["Ankiety 2026/SP nr 1 - zajecia.xlsx", "Ankiety 2026/LO nr 3.xlsx"],
            ["SP nr 1", "LO nr 3"],
        ),
        (["Nowy folder/Odpowiedzi/SP 1.xlsx", "Nowy folder/Odpowiedzi/SP 2.xls"], ["SP 1", "SP 2"]),
        (["SP nr 5/zajecia.xlsx", "SP nr 5/zajecia v2.xlsx"], ["SP nr 5", "SP nr 5"]),
        (["Ankiety/SP 5/a.xlsx", "Ankiety/SP 9/a.xlsx"], ["SP 5", "SP 9"]),
        (["SP 5/wersja 2/a.xlsx", "SP 9/a.xlsx"], ["SP 5", "SP 9"]),
        (["Szkoły podstawowe/SP 1.xlsx", "Licea/LO 1.xlsx"], ["SP 1", "LO 1"]),
        (["Kowalska/ankieta.xlsx", "Nowak/ankieta.xlsx"], ["Kowalska", "Nowak"]),
        (["SP 1.xlsx", "SP 2/ankieta.xlsx"], ["SP 1", "SP 2"]),
        (
            [
                "Zespół Szkół nr 2 - Przedszkole - Zajęcia dodatkowe - wykaz.xlsx",
                "Zespół Szkół nr 2 - Szkoła Branżowa - Zajęcia dodatkowe - wykaz.xlsx",
            ],
            ["Zespół Szkół nr 2 - Przedszkole", "Zespół Szkół nr 2 - Szkoła Branżowa"],
        ),
        (
            [
                "Centrum - Filia Północ - Ankieta - a.xlsx",
                "SP 5 - Ankieta - moje.xlsx",
                "SP 6 - Ankieta - a.xlsx",
            ],
            ["Centrum - Filia Północ", "SP 5", "SP 6"],
        ),
        (["ZS nr 1 - Liceum - Plan - p.xlsx"], ["ZS nr 1 - Liceum"]),
        (
            [
                "SP nr 5 - zajecia.xlsx",
                "SP nr 5 - zajecia poprawione.xlsx",
                "SP nr 9 - zajecia.xlsx",
            ],
            ["SP nr 5", "SP nr 5", "SP nr 9"],
        ),
        ([".SP nr 6.xlsx", "~$SP nr 5 - zajecia.xlsx"], ["SP nr 6", "SP nr 5"]),
    ],
)
def test_a_file_is_its_units(paths, units):
    assert units_of([PurePosixPath(path) for path in paths]) == units


def zipped(place: Path, names: list[str], encoding: str = "") -> Path:
    """A ZIP as old programs make it: names in a code page, without the mark of UTF-8."""
    path = place / "odpowiedzi.zip"
    stand_ins = [f"nazwa{number:02}".ljust(len(name.encode(encoding or "utf-8")), "x")
                 for number, name in enumerate(names)]  # fmt: skip  # of the same length
    with zipfile.ZipFile(path, "w") as archive:
        for name, stand_in in zip(names, stand_ins, strict=True):
            archive.writestr(stand_in if encoding else name, "Lp.;Nazwa\n1;x\n")
    content = path.read_bytes()
    for name, stand_in in zip(names, stand_ins, strict=True):
        content = content.replace(stand_in.encode(), name.encode(encoding or "utf-8"))
    path.write_bytes(content)
    return path


NAMES = ["Szkoła Żółta nr 1 - zajęcia.csv", "Przedszkole Gąska.csv", "Zespół Świętojański.csv"]
UNITS = ["Przedszkole Gąska", "Szkoła Żółta nr 1", "Zespół Świętojański"]


@pytest.mark.parametrize("encoding", ["", "cp852", "utf-8", "cp1250"])
def test_names_of_a_zip_are_read_in_every_code_page(tmp_path, encoding):
    found = sources_in(zipped(tmp_path, NAMES, encoding), leave_out=set())
    assert [source.unit for source in found] == UNITS


def test_names_of_a_mac_are_written_as_everywhere(tmp_path):
    apart = [unicodedata.normalize("NFD", name) for name in NAMES]
    found = sources_in(zipped(tmp_path, apart, "utf-8"), leave_out=set())
    assert [source.unit for source in found] == UNITS
    assert {source.file for source in found} == set(NAMES)


def refusals(place: Path) -> dict[str, object]:
    found = sources_in(place, leave_out=set())
    with Reader() as reader:
        read = reader.read_many((source.file, source.content) for source in found)
        outcomes = {}
        for name, outcome in read:
            outcomes[name] = type(outcome)
            if not isinstance(outcome, Exception):
                outcome.close()
        return outcomes


def test_lock_files_and_hidden_files_are_named_and_hidden_workbooks_read(tmp_path):
    for name in (
        *("~$SP 5.xlsx", ".~lock.SP 6.ods#", ".notatka", ".SP 7.csv", "SP 8.csv"),
        *("._SP 8.csv", ".DS_Store", "Thumbs.db", "desktop.ini"),
    ):
        (tmp_path / name).write_text("Lp.;Nazwa\n1;x\n")
    assert {name: kind.__name__ for name, kind in refusals(tmp_path).items()} == {
        "~$SP 5.xlsx": LockFile.__name__,
        ".~lock.SP 6.ods#": LockFile.__name__,
        ".notatka": HiddenFile.__name__,
        ".SP 7.csv": "Workbook",
        "SP 8.csv": "Workbook",
    }


def test_only_the_platforms_own_index_is_passed_over(tmp_path):
    (tmp_path / "SP 1.csv").write_text("a;b\n1;2\n")
    (tmp_path / "index.xlsx").write_bytes(
        write_table((Column("Adresat"), Column("Ponaglono", Kind.DATETIME)), [("SP 1", None)])
    )
    assert list(refusals(tmp_path)) == ["SP 1.csv"]
    (tmp_path / "index.xlsx").write_bytes(write_table((Column("Lp."),), [("1",)]))
    assert sorted(refusals(tmp_path)) == ["SP 1.csv", "index.xlsx"]


def test_a_zip_with_a_password_and_a_damaged_entry_are_refused_for_what_they_are(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("SP 1.csv", "a;b\n1;2\n")
        archive.writestr("SP 2.csv", "a;b\n3;4\n")
    content = bytearray(target.getvalue())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 8] |= 1
    (tmp_path / "o.zip").write_bytes(bytes(content).replace(b"1;2", b"1;9"))
    assert refusals(tmp_path / "o.zip") == {
        "SP 1.csv": WorkbookDamaged,
        "SP 2.csv": WorkbookProtected,
    }
