import json
import zipfile
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from spreadsheets.folders import sources_in
from spreadsheets.writing import Column, Kind, write_table
from spreadsheets.xlsx import XlsxFile

HEADER = ["Lp.", "Nazwa", "Liczba"]
INDEX = (Column("Adresat"), Column("Ponaglono", Kind.DATETIME))


@pytest.fixture
def place(tmp_path: Path, xlsx) -> Path:
    """A folder of answers as the platform saves them, with what else lies about in such folders."""
    answers = tmp_path / "odpowiedzi"
    (answers / "SP 3").mkdir(parents=True)
    (answers / "SP 10 - Ankieta - plik.xlsx").write_bytes(xlsx({"A": [HEADER, [1, "a", 5]]}))
    (answers / "SP 2 - Ankieta - plik.xlsx").write_bytes(xlsx({"A": [HEADER, [1, "b", 6]]}))
    (answers / "SP 3" / "inna nazwa.csv").write_text("Lp.;Nazwa;Liczba\n1;c;7\n", "cp1250")
    (answers / "SP 4 - Ankieta - pismo.pdf").write_bytes(b"%PDF-1.4")
    (answers / "SP 5 - Ankieta - pusty.xlsx").touch()
    (answers / "index.xlsx").write_bytes(write_table(INDEX, [("SP 2", None)], name="Odpowiedzi"))
    (answers / "~$SP 2 - Ankieta - plik.xlsx").write_bytes(b"lock")
    (tmp_path / "szablon.xlsx").write_bytes(xlsx({"A": [HEADER]}))
    return tmp_path


def run(*arguments) -> str:
    out = StringIO()
    call_command("merge", *map(str, arguments), stdout=out)
    return out.getvalue()


def arguments(place: Path, source: str = "odpowiedzi", **changed) -> list[object]:
    options = {"template": place / "szablon.xlsx", "output": place / "wynik.xlsx", **changed}
    return [place / source, "--template", options["template"], "-o", options["output"]]


def merged(place: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(place / "wynik.xlsx")["A"]
    return [(row[0], *row[4:]) for row in sheet.iter_rows(min_row=2, values_only=True)]


WANTED = [("SP 2", 1, "b", 6), ("SP 3", 1, "c", 7), ("SP 10", 1, "a", 5)]


def test_a_folder_is_merged_in_the_order_of_its_units(place):
    out = run(*arguments(place))
    assert merged(place) == WANTED
    assert "Scalono 3 pliki (3 wiersze, tryb stack)" in out
    assert "Odrzucono: SP 4 - Ankieta - pismo.pdf: To nie jest arkusz, lecz plik PDF." in out


def test_a_zip_is_merged_like_a_folder(place):
    with zipfile.ZipFile(place / "odpowiedzi.zip", "w") as archive:
        for path in (place / "odpowiedzi").rglob("*"):
            archive.write(path, path.relative_to(place / "odpowiedzi"))
    run(*arguments(place, "odpowiedzi.zip"))
    assert merged(place) == WANTED


def test_the_report_is_one_json_object(place):
    report = json.loads(run(*arguments(place), "--json"))
    assert {key: report[key] for key in ("mode", "sources", "workbooks", "rows")} == {
        "mode": "stack",
        "sources": 6,
        "workbooks": 3,
        "rows": 3,
    }
    assert [(entry["unit"], entry["reason"][:20]) for entry in report["rejected"]] == [
        ("SP 2", "To plik blokady, któ"),
        ("SP 4", "To nie jest arkusz, "),
        ("SP 5", "Plik jest pusty (0 b"),
    ]
    assert {"unit", "file", "reason", "source"} == set(report["rejected"][0])
    assert report["output"] == str(place / "wynik.xlsx")


def test_a_result_without_any_fitting_file_still_says_why(place):
    only = place / "tylko"
    only.mkdir()
    (only / "SP 1.xlsx").write_bytes(b"PK")
    run(*arguments(place, "tylko"))
    remarks = openpyxl.load_workbook(place / "wynik.xlsx")["Uwagi"]
    assert [row[0] for row in remarks.iter_rows(min_row=2, values_only=True)] == ["SP 1"]


def test_a_damaged_entry_of_a_zip_is_rejected_and_the_rest_merged(place):
    path = place / "odpowiedzi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SP 1 - a - b.csv", "Lp.;Nazwa;Liczba\n1;x;1\n")
        archive.writestr("SP 2 - a - b.csv", "Lp.;Nazwa;Liczba\n1;y;2\n")
    path.write_bytes(path.read_bytes().replace(b"1;x;1", b"1;x;9"))
    report = json.loads(run(*arguments(place, "odpowiedzi.zip"), "--json"))
    assert merged(place) == [("SP 2", 1, "y", 2)]
    assert [entry["unit"] for entry in report["rejected"]] == ["SP 1"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"source": "nie ma"}, id="no such folder"),
        pytest.param({"source": "szablon.xlsx"}, id="a zip of another kind"),
        pytest.param({"source": "puste"}, id="nothing to merge"),
        pytest.param({"template": "nie ma.xlsx"}, id="no template"),
        pytest.param({"template": "odpowiedzi/SP 4 - Ankieta - pismo.pdf"}, id="a template in PDF"),
        pytest.param({"template": "odpowiedzi"}, id="a folder as template"),
        pytest.param({"output": "nie ma/wynik.xlsx"}, id="output in no folder"),
        pytest.param({"output": "odpowiedzi"}, id="output is a folder"),
    ],
)
def test_unusable_arguments_end_with_2_and_a_sentence(place, change):
    (place / "puste").mkdir()
    changed = {name: place / path for name, path in change.items() if name != "source"}
    with pytest.raises(CommandError) as caught:
        run(*arguments(place, change.get("source", "odpowiedzi"), **changed))
    assert caught.value.returncode == 2
    assert str(caught.value).endswith(".")
    assert not (place / "wynik.xlsx").exists()


def test_a_failed_merge_leaves_the_old_result_alone(place, xlsx):
    (place / "wynik.xlsx").write_bytes(b"old")
    (place / "szablon.xlsx").write_bytes(xlsx({"A": [[1]]}))
    with pytest.raises(CommandError):
        run(*arguments(place))
    assert (place / "wynik.xlsx").read_bytes() == b"old"
    assert [path.name for path in place.glob(".merge*")] == []


def test_the_template_and_the_result_in_the_folder_are_not_answers(place):
    folder = place / "odpowiedzi"
    (place / "szablon.xlsx").rename(folder / "szablon.xlsx")
    (folder / "wynik.xlsx").write_bytes(b"old")
    found = sources_in(folder, leave_out={folder / "szablon.xlsx", folder / "wynik.xlsx"})
    assert {source.unit for source in found} == {"SP 2", "SP 3", "SP 4", "SP 5", "SP 10"}


def test_a_full_disk_ends_with_2_and_leaves_the_old_result_alone(place, monkeypatch):
    def fail(book, target):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    (place / "wynik.xlsx").write_bytes(b"old")
    monkeypatch.setattr(XlsxFile, "save", fail)
    with pytest.raises(CommandError, match="No space left"):
        run(*arguments(place))
    assert (place / "wynik.xlsx").read_bytes() == b"old"
    assert [path.name for path in place.glob(".merge*")] == []
