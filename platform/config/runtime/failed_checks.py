"""A pytest plugin: names the other checks that have failed, before its summary."""

import os
from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = Path(os.environ["OPIUM_FAILED_CHECKS"])
    if failed := told.read_text().splitlines() if told.exists() else []:
        terminalreporter.section("other checks failed")
        for name in failed:
            terminalreporter.line(f"FAILED {name}", red=True)
