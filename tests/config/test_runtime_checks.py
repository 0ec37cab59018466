import os
import subprocess
import sys
from contextlib import nullcontext

import pytest

from config.runtime import checks, frontend, state
from config.runtime.checks import Part, run_parts


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("OPIUM_STATE", str(tmp_path / "state"))


def test_every_part_runs_and_the_failed_ones_are_named_with_their_output(capsys):
    parts = [
        Part("liar", ["sh", "-c", "echo that is not so; exit 4"]),
        Part("quiet", ["sh", "-c", "echo nobody asked"]),
        Part("late liar", ["false"]),
    ]
    assert sorted(run_parts(parts, look=lambda: None)) == ["late liar", "liar"]
    said = capsys.readouterr().out
    assert "that is not so" in said
    assert "nobody asked" not in said
    assert sorted(line.split(" (")[0] for line in said.splitlines() if " s)" in line) == [
        "FAILED  late liar",
        "FAILED  liar",
        "ok      quiet",
    ]


def test_pytest_begins_beside_the_longest_part_and_hears_of_its_failure(
    tmp_path, monkeypatch, capfd
):
    begun, test = tmp_path / "begun", tmp_path / "test_one.py"
    test.write_text(f"def test_one(): open({str(begun)!r}, 'w'); import time; time.sleep(1)\n")
    waits = f"until [ -e {begun} ]; do sleep 0.05; done; exit 1"
    parts = (Part("longest", ["sh", "-c", waits]), Part("short", ["true"]))
    alone = ("-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull)
    monkeypatch.setattr(checks, "ALL", parts)
    monkeypatch.setattr(checks, "served", lambda *_, **__: nullcontext("postgres://nowhere"))
    monkeypatch.setattr(
        checks,
        "IN_LANES",
        (*alone, "--rootdir", str(tmp_path), "--confcutdir", str(tmp_path), str(test)),
    )
    monkeypatch.setenv("DATABASE_URL", "put back afterwards")

    assert checks.test([]) == 1
    said = capfd.readouterr().out
    assert said.index("ok      short") < said.index("FAILED  longest")
    assert [line for line in said.splitlines() if line][-2:][0] == "FAILED longest"
    assert "1 passed" in said.splitlines()[-1]


def test_pytest_names_the_other_failed_checks_and_closes_with_its_own_summary(tmp_path):
    (tmp_path / "test_one.py").write_text("def test_one(): pass\n")
    (tmp_path / "failed").write_text("mypy\nAPI schema")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "config.runtime.failed_checks"),
            *("-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull),
            *("--rootdir", tmp_path, "--confcutdir", tmp_path),
            tmp_path / "test_one.py",
        ],
        env={**os.environ, checks.FAILED: str(tmp_path / "failed")},
        capture_output=True,
        text=True,
        check=False,
    )
    *before, last = done.stdout.splitlines()
    assert "1 passed" in last
    assert [line.strip("= ") for line in before if line][-3:] == [
        "other checks failed",
        "FAILED mypy",
        "FAILED API schema",
    ]


def test_node_is_the_locked_one_whatever_the_machine_has():
    done = subprocess.run(
        ["node", "--version"],
        env=frontend.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("v24.")


def test_every_target_of_the_makefile_is_listed_by_help():
    make = ["make", "--no-print-directory", "-C", state.ROOT]
    listed = subprocess.run([*make, "help"], capture_output=True, text=True, check=True).stdout
    phony = next(
        line for line in (state.ROOT / "Makefile").read_text().splitlines() if "PHONY" in line
    )
    for target in phony.split()[1:]:
        assert f"  make {target} " in listed


def test_without_a_python_that_is_new_enough_make_says_so(tmp_path):
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    make = ["make", "--no-print-directory", "-C", state.ROOT, f"PATH={tmp_path}", "install"]
    done = subprocess.run(make, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("opium: no Python >= 3.11 on the path")
