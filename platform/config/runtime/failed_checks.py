"""A pytest plugin: names the checks that failed before pytest did, before its summary."""

import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    failed = os.environ.get("OPIUM_FAILED_CHECKS", "").split("\n")
    if failed != [""]:
        terminalreporter.section("other checks failed")
        for name in failed:
            terminalreporter.line(f"FAILED {name}", red=True)
