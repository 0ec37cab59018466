"""The demonstration: 119 units over HTTP, through the server, the worker and the broker."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from config.runtime import state
from provisioning.demo.city import SILENT
from provisioning.demo.units import units
from provisioning.demo.workbooks import SUBJECT, answer


@pytest.fixture(scope="module")
def told(installation):
    """The summary of a first run and of a second."""

    def run() -> dict:
        done = subprocess.run(
            [
                *(sys.executable, state.ROOT / "manage.py", "demo", "--json"),
                *("--url", f"http://127.0.0.1:{installation.port}"),
            ],
            env=installation.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return run(), run()


def test_117_of_119_answer_and_every_row_that_can_be_read_is_merged(told):
    summary, _ = told

    assert {name: summary[name] for name in ("sent", "delivered", "opened", "answered")} == {
        "sent": 119,
        "delivered": 119,
        "opened": 117,
        "answered": 117,
    }
    assert sorted(summary["silent"]) == sorted(SILENT)
    assert (summary["merged_workbooks"], summary["merged_rows"]) == (116, 877)
    [rejected] = summary["rejected"]
    assert (rejected["unit"], rejected["file"]) == ("P 16", "zapotrzebowanie z pendrive.xlsx")
    assert rejected["reason"].startswith("Plik jest uszkodzony.")
    assert [one["unit"] for one in summary["refused_first"]] == ["P 16"]


def test_a_call_for_grants_has_a_matter_at_every_stage_and_its_sums_are_the_ledgers(told):
    first, second = told

    assert first["matters"] == {
        "opened": 14,
        "submitted": 13,
        "stages": {
            "Decyzja Prezydenta": 1,
            "Korekta wniosku": 1,
            "Ocena formalna": 2,
            "Ocena komisji": 3,
            "Odrzucone": 1,
            "Podział środków": 1,
            "Realizacja projektu": 2,
            "Rekomendacja dla Prezydenta": 1,
            "Sprawozdanie i rozliczenie": 1,
            "Złożenie wniosku": 1,
        },
        "granted": "69850.00",
        "left": "430150.00",
    }
    assert first["applications"] == {
        "calls": 4,
        "submitted": 21,
        "scored": 10,
        "granted": "74850.00",
        "left": "865150.00",
    }
    assert second["applications"] == first["applications"]
    assert first["budget"] == {"pots": 8, "planned": "2300000.00", "left": "2230150.00"}
    assert (second["matters"], second["budget"]) == (first["matters"], first["budget"])


def test_the_merged_workbook_holds_what_was_sent_cell_by_cell(told):
    summary, _ = told
    sheet = openpyxl.load_workbook(summary["merged_path"]).worksheets[0]
    got: dict[str, list[tuple]] = {}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        got.setdefault(row[0], []).append((*row[5:10], row[10].date(), row[11] or ""))

    expected = {
        unit.short_name: [
            (one.goods, one.room, one.count, float(one.price), float(one.value), one.needed_on,
             one.remark)
            for one in answer(number).lines
        ]
        for number, unit in enumerate(units())
        if unit.short_name not in SILENT and not answer(number).is_broken
    }  # fmt: skip
    assert got == expected


def test_the_archive_names_every_file_by_its_unit_and_lists_the_silent(told):
    summary, _ = told
    archive = zipfile.ZipFile(io.BytesIO(Path(summary["zip_path"]).read_bytes()))

    assert set(archive.namelist()) == {
        "index.xlsx",
        *(
            f"{unit.short_name} - {SUBJECT} - {answer(number).file_name}"
            for number, unit in enumerate(units())
            if unit.short_name not in SILENT
        ),
    }
    index = openpyxl.load_workbook(io.BytesIO(archive.read("index.xlsx"))).active
    listed = {row[0] for row in index.iter_rows(min_row=2, values_only=True)}
    assert listed == {unit.short_name for unit in units()}


def test_a_second_run_redoes_nothing(told):
    first, second = told

    kept = ("sent", "delivered", "opened", "answered", "merged_workbooks", "merged_rows")
    assert {name: first[name] for name in kept} == {name: second[name] for name in kept}
    assert second["refused_first"] == []
    assert second["seconds"] < first["seconds"]
