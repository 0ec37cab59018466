"""The importer on the real files that lie beside the project; skipped where they are absent."""

import csv
import gzip
import io
import resource
import time
from pathlib import Path

import openpyxl
import pytest

from modules.directory import errors, services
from opium import identifiers
from opium.permissions import SYSTEM
from units.models import RegisterEntry, Unit

DATA = Path(__file__).parents[4] / "shared" / "data"
POLAND = DATA / "rspo_polska_2022-03.csv.gz"
SAMPLE = DATA / "rspo_export_sample.csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="no ../shared/data beside the project"),
]

BYDGOSZCZ = {"organ": "Miasto Bydgoszcz", "teryt": "046101"}


def bring(path, **options):
    return services.import_units(actor=SYSTEM, source=path, **options)


def test_a_city_comes_out_of_the_whole_of_poland_quickly_and_in_little_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()

    report = bring(POLAND, **BYDGOSZCZ)

    assert (report.rows_read, report.rows_selected, len(report.added)) == (55779, 185, 107)
    assert (report.warnings, report.rejected) == ([], [])
    assert (Unit.objects.count(), RegisterEntry.objects.count()) == (107, 185)
    assert time.process_time() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024
    again = bring(POLAND, **BYDGOSZCZ)
    assert (again.added, again.changed, again.closed, again.unchanged) == ([], [], [], 107)


def test_bydgoszcz_has_the_kinds_that_were_counted_by_hand():
    bring(DATA / "rspo_bydgoszcz_2022-03.csv", organ="Miasto Bydgoszcz")

    def count(code):
        return Unit.objects.filter(kind__code=code).count()

    # counted in the list of the 107 top-level units of domain.md 1.4
    assert count("przedszkole") == 21
    assert count("zespol-szkolno-przedszkolny") == 5
    assert (count("szkola-podstawowa"), count("szkola-ponadpodstawowa")) == (29, 12)
    assert count("poradnia") == 2
    names = set(Unit.objects.values_list("short_name", flat=True))
    assert {"SP nr 31", "ZS nr 1", "VI LO", "MDK nr 5", "Pałac Młodzieży", "SOSW nr 3"} <= names
    whole = RegisterEntry.objects.get(rspo="6266").unit
    assert (whole.short_name, whole.entries.count()) == ("ZS nr 1", 5)


def test_the_registers_own_export_is_read():
    report = bring(SAMPLE)

    assert (report.rows_read, report.rejected) == (26, [])
    unit = RegisterEntry.objects.get(rspo="29142").unit
    assert (unit.short_name, unit.nip, unit.regon) == ("XIV LO", "7821415125", "000251311")
    assert unit.website == "http://www.czternastelo.pl"
    part = RegisterEntry.objects.get(rspo="39652")
    assert (part.unit.short_name, part.unit.kind.code, part.is_main) == (
        "ZS nr 31",
        "zespol-szkol",
        False,
    )
    assert bring(SAMPLE).unchanged == len(report.added)


def test_the_export_saved_by_excel_as_a_workbook_is_the_same(tmp_path):
    book = openpyxl.Workbook()
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        for cells in csv.reader(file, delimiter=";"):
            plain = [cell[2:-1] if cell.startswith('="') else cell for cell in cells]
            book.active.append([int(cell) if cell.isdecimal() else cell for cell in plain])
    path = tmp_path / "rspo.xlsx"
    book.save(path)
    bring(SAMPLE)

    report = bring(path)

    assert (report.added, report.changed, report.closed) == ([], [], [])
    assert report.rows_read == 26


def test_lost_zeros_are_restored_in_a_csv_that_excel_saved(tmp_path):
    text = SAMPLE.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    path = tmp_path / "excel.csv"
    with path.open("w", encoding="cp1250", newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=";")
        for cells in rows:
            plain = [cell[2:-1] if cell.startswith('="') else cell for cell in cells]
            writer.writerow([cell.lstrip("0") if cell.isdecimal() else cell for cell in plain])
    bring(SAMPLE)

    report = bring(path)

    assert (report.added, report.closed) == ([], [])
    assert report.changed == []


def test_nearly_all_real_numbers_have_right_checksums():
    with gzip.open(POLAND, "rt", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))

    # domain.md 1.4
    assert sum(bool(row["nip"]) for row in rows) == 28586
    assert sum(identifiers.is_nip(row["nip"]) for row in rows) == 28585
    assert sum(identifiers.is_regon(row["regon"]) for row in rows) == 55480


def test_a_mistyped_organ_is_met_with_those_that_look_like_it():
    with pytest.raises(errors.NothingSelected) as refusal:
        bring(POLAND, organ="Miasto Bydgoszc")

    assert "Podobne: „Miasto Bydgoszcz” (185)" in str(refusal.value)


@pytest.mark.parametrize(
    "name", ["jst_2025.csv", "cru_contracts.json", "ksef_fa3_school_example.xml"]
)
def test_another_file_is_refused_in_words(name):
    with pytest.raises(errors.NotARegisterFile, match="nie jest wykazem z RSPO"):
        bring(DATA / name)
