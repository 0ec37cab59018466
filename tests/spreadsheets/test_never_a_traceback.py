import io

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opium.errors import DomainError
from spreadsheets.merging import merge
from spreadsheets.report import Source
from spreadsheets.template import Mode
from tests.spreadsheets.conftest import ods, xls, xlsx

CELLS = st.sampled_from(
    [None, None, "a", "Nazwa:", "Lp.", "Razem", "....", "=1+1", 1, 0, "12,5", "brak", True, "np. x"]
)
GRIDS = st.lists(st.lists(CELLS, max_size=5), max_size=7)
AREAS = st.lists(st.sampled_from(["A1:B1", "B1:E1", "A2:A3", "C2:D4", "A1:A9"]), max_size=2)
SEED = {"A": [["Lp.", "Nazwa", "Kwota"], [1, "a", "12,5"]]}
SEEDS = [xlsx(SEED), xls(SEED), ods(SEED), b"Lp.;Nazwa;Kwota\n1;a;2\n"]
CHANGES = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(GRIDS, st.lists(GRIDS, max_size=3), AREAS, st.sampled_from(list(Mode)))
def test_any_template_and_any_copies_give_a_result_or_a_reason(grid, others, areas, mode):
    copies = [grid, *others]
    sources = [
        Source(f"SP {number}", "", "a.xlsx", xlsx({"A": copy}, merged=areas))
        for number, copy in enumerate(copies)
    ]
    target = io.BytesIO()
    try:
        report = merge(xlsx({"A": grid}, merged=areas), sources, mode, target)
    except DomainError:
        return
    assert report.workbooks + len(report.rejected) + len(report.left_out) == len(copies)
    assert "unaccounted" not in {remark.kind for remark in report.remarks}
    assert openpyxl.load_workbook(target).sheetnames[-1] == "Uwagi"


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(SEEDS), CHANGES), min_size=1, max_size=15))
def test_damaged_files_are_merged_or_rejected_one_by_one(damaged):
    sources = [Source("SP 1", "", "a.xlsx", SEEDS[0])]
    for content, changes in damaged:
        changed = bytearray(content)
        for place, byte in changes:
            changed[int(place * len(changed))] = byte
        sources.append(Source("SP 2", "", "b.xlsx", bytes(changed)))
    report = merge(SEEDS[0], sources, Mode.STACK, io.BytesIO())
    assert report.workbooks >= 1
    assert report.workbooks + len(report.rejected) + len(report.left_out) == len(sources)
    assert "unaccounted" not in {remark.kind for remark in report.remarks}


def test_a_header_merged_past_the_last_row_is_a_header():
    grid = [["Lp.", "Nazwa", "Kwota"]]
    report = merge(
        xlsx({"A": grid}, merged=["A1:A9"]),
        [Source("SP 1", "", "a.xlsx", SEEDS[0])],
        Mode.AUTO,
        io.BytesIO(),
    )
    assert report.rows == 1
