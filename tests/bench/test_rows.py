"""Every row of `make bench` can still be measured; how fast it is, `make bench` says."""

import gc
import json
import sys
from importlib import import_module
from pathlib import Path

import pytest
from celery import current_app
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

import bench
from bench import __main__ as running
from budget import registry

FIGURES = {"name", "ours_s", "peer_s", "ratio", "limit", "peer", "ok"}
APART = {"copies"}
"""It works in processes of its own, which see nothing of a test's open transaction."""
NAMES = [name for name in running.names() if name not in APART]


@pytest.fixture(autouse=True)
def left_as_it_was(settings, tmp_path, monkeypatch):
    """What a benchmark sets for its process, set back."""
    settings.FILES_ROOT, settings.S3_BUCKET = str(tmp_path), ""
    monkeypatch.setattr(current_app.conf, "broker_url", current_app.conf.broker_url)
    kinds = dict(registry._kinds)
    yield
    for kind in registry._kinds.keys() - kinds:
        del registry._kinds[kind]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    gc.unfreeze()


@pytest.fixture
def tiny(monkeypatch):
    """A benchmark at its tiny size."""

    def shrunk(name):
        module = import_module(f"bench.{name}")
        for constant, size in getattr(module, "TINY", {"ROUNDS": 1}).items():
            monkeypatch.setattr(module, constant, size)
        return module

    return shrunk


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_measured_at_a_tiny_size(name, tiny):
    rows = tiny(name).rows()

    assert rows
    for row in rows:
        assert row.keys() >= FIGURES
        assert row["ours_s"] >= 0
        assert row["peer_s"] is None or (row["peer_s"] > 0 and row["ratio"] > 0)
        assert isinstance(row["ok"], bool)


def test_a_file_of_benchmarks_is_run_as_a_module_and_shadows_no_package():
    folder = Path(bench.__file__).parent

    assert {"archive", "forms", "ledger", "merge", "messaging", "procedures", "rights"} <= {*NAMES}
    assert str(folder) not in sys.path
    assert not Path(import_module("forms").__file__).is_relative_to(folder)


def test_the_results_hold_every_row_of_a_whole_run_and_a_part_of_them_changes_nothing(
    tiny, tmp_path, monkeypatch, capsys
):
    results = tmp_path / "results.json"
    monkeypatch.setattr(running, "RESULTS", results)
    monkeypatch.setattr(running, "names", lambda: ["forms"])
    names = [row["name"] for row in tiny("forms").rows()]

    assert running.main(["forms"]) in {0, 1}
    assert not results.exists()
    assert running.main([]) in {0, 1}

    assert [row["name"] for row in json.loads(results.read_text())["rows"]] == names
    printed = capsys.readouterr().out
    assert [name for name in names if name not in printed] == []
