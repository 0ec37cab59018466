"""The chaos of `make bench-chaos`, at a tiny size: one kill under the load of a few people."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest

from bench.chaos import harms
from config.runtime import postgres, state
from tests import prepared

KILL = "kill -9 of the web server"


@pytest.fixture
def address(database, django_db_blocker):
    """A database of its own with two cities, without a server of its own."""
    name = f"chaos_of_{database}"
    with django_db_blocker.unblock():
        prepared.lay(name)
    server = os.environ.get("DATABASE_URL") or postgres.Cluster(state.folder()).url
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with django_db_blocker.unblock():
        prepared.drop(name)


def test_a_killed_web_server_loses_and_doubles_no_confirmed_answer(address, tmp_path):
    results = tmp_path / "chaos.json"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench.chaos", "--seconds", "20", "--people", "6"),
            *("--cities", "north", "south", "--only", KILL, "--keep", results),
        ],
        cwd=state.ROOT,
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert results.exists(), done.stderr

    told = json.loads(results.read_text())
    assert [one["harm"] for one in told["harms"]] == [KILL]
    assert told["restarts"] == 1
    assert told["confirmed"] > 0
    counted = {"lost", "doubled", "saves_lost", "faults", "jobs_left_undone"}
    assert {name: told[name] for name in counted} == dict.fromkeys(counted, 0), told
    assert done.returncode in {0, 1}  # how long people waited, `make bench-chaos` judges


def test_every_part_of_the_house_is_harmed_once_at_least():
    names = [one.name for one in harms.harms(lambda _: None, [], has_database=True)]

    assert len(names) == len(set(names)) == 11
    for part in ("web server", "worker", "content worker", "clock", "database"):
        assert f"kill -9 of the {part}" in names
    assert len(harms.harms(lambda _: None, [KILL], has_database=False)) == 1
