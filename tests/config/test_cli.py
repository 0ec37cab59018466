"""The command `opium` as people start it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT = ("config.settings", "rest_framework", "django.db.models", "openpyxl", "pandas", "lxml")


def opium(*words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    program = (
        f"import sys; sys.argv = ['opium', *{words!r}]; from config.cli import main; {before}main()"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}", "LC_ALL": "C.UTF-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_merge_starts_without_settings_and_all_that_a_merge_does_not_need():
    told = f"print([m for m in {WITHOUT!r} if m in sys.modules])"
    loaded = f"import atexit; atexit.register(lambda: {told}); "
    found = opium("merge", "--help", before=loaded)
    assert found.returncode == 0, found.stderr
    assert found.stdout.splitlines()[-1] == "[]"


def test_the_first_word_of_commands_alone_or_with_help_tells_what_they_do():
    for words in (("catalogue",), ("catalogue", "--help")):
        found = opium(*words)
        assert found.returncode == 0, found.stderr
        lines = found.stdout.splitlines()
        assert [line.split("  ")[0] for line in lines[:2]] == [
            "opium catalogue check",
            "opium catalogue load",
        ]
        assert "no database needed" in lines[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("merge", "nie ma", "--template", "x.xlsx", "-o", "y.xlsx"), "Nie ma pliku szablonu"),
        (("merge", "nie ma"), "the following arguments are required"),
    ],
)
def test_a_merge_that_cannot_start_ends_with_2_and_says_why(words, said):
    found = opium(*words)
    assert found.returncode == 2
    assert said in found.stderr
    assert "Traceback" not in found.stderr
