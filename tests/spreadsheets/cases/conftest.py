"""Situations are told as rows: a template, the files that came back, what is right."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from spreadsheets.folders import sources_in
from spreadsheets.merging import merge
from spreadsheets.template import Mode
from tests.spreadsheets.conftest import Merged, xlsx


@pytest.fixture
def collected(tmp_path: Path) -> Callable[..., Merged]:
    """collected(template, {file name: bytes or rows}, mode) -> Merged, as the command merges."""

    def run(template, files, mode: Mode = Mode.AUTO) -> Merged:
        answers = tmp_path / "odpowiedzi"
        for name, content in files.items():
            path = answers / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else xlsx({"Dane": content}))
        sent = tmp_path / "szablon.xlsx"
        sent.write_bytes(template if isinstance(template, bytes) else xlsx({"Dane": template}))
        output = tmp_path / "wynik.xlsx"
        report = merge(sent, sources_in(answers, {sent, output}), mode, output)
        for account in report.accounts:
            told = account["placed"] + account["template"] + account["named"]
            assert account["read"] == told, account
        return Merged(report, openpyxl.load_workbook(output))

    return run


def said(result: Merged, *files: str) -> list[tuple[str, str]]:
    """Kinds and cells of the remarks, of these files or of all."""
    return [(r.kind, r.cell) for r in result.report.remarks if not files or r.file in files]
