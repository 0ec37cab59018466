"""Situations of schools' workbooks, each with what is right; the folder lies beside the project."""

from pathlib import Path

import pytest

from tests.spreadsheets.cases import checker

FOLDER = Path(__file__).parents[4] / "shared" / "cases" / "merge"
CASES = sorted(path.parent for path in FOLDER.glob("*/expected.json"))


@pytest.mark.skipif(not CASES, reason="the collection of cases is not beside the project")
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_result_is_right_or_uwagi_says_where_it_may_not_be(case, tmp_path, capsys):
    outcome = checker.run(case, tmp_path / "wynik.xlsx", capsys)
    complaints = checker.complaints(checker.expectation(case), outcome)
    assert not complaints, "\n".join(complaints)
