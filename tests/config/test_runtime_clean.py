import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from config.runtime import clean, state
from config.runtime.postgres import Cluster

LETTER = "Szanowna Pani"


@pytest.fixture
def folder(monkeypatch):
    """A state folder as a demonstration leaves it: with a row, a file, a key, built things."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    place = Path(tempfile.mkdtemp(prefix="opium-state-"))
    place.chmod(0o755)
    for name in ("files/znin/2026", "mail", "demo", "pycache", "node", "test/files"):
        (place / name).mkdir(parents=True)
    (place / "files/znin/2026/letter").write_text(LETTER)
    (place / "secret-key").write_text("the only one")
    (place / "pycache" / "old.pyc").write_bytes(b"\0")
    cluster = Cluster(place)
    child = cluster.start()
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    yield place
    child.stop()
    Cluster(place).remove()
    shutil.rmtree(place, ignore_errors=True)


def make_clean(folder: Path, *arguments: str):
    return subprocess.run(
        [sys.executable, "-m", clean.__name__, *arguments],
        env={**os.environ, "OPIUM_STATE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_cleaning_keeps_the_database_the_files_and_the_secret_key_and_says_so(folder):
    done = make_clean(folder)

    assert done.returncode == 0, done.stderr
    assert f"opium: kept {folder / 'secret-key'}\n" in done.stderr
    assert (folder / "secret-key").read_text() == "the only one"
    assert (folder / "files/znin/2026/letter").read_text() == LETTER
    assert not any((folder / name).exists() for name in ("pycache", "node", "test"))
    cluster = Cluster(folder)
    assert not cluster.is_running()
    child = cluster.start()
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    child.stop()


def test_told_to_it_deletes_the_data_too_and_names_what_it_deletes(folder):
    home = Cluster(folder).home

    done = make_clean(folder, "--data")

    assert done.returncode == 0, done.stderr
    for name in ("demo", "files", "mail", "secret-key"):
        assert f"opium: deleting {folder / name}\n" in done.stderr
    assert str(home) in done.stderr
    assert not folder.exists()
    assert not home.exists()


def test_another_word_deletes_nothing(folder):
    done = make_clean(folder, "data")

    assert done.returncode == 2
    assert "does not know data" in done.stderr
    assert (folder / "pycache").exists()


def test_the_target_itself_removes_no_state_folder():
    recipe = (state.ROOT / "Makefile").read_text().partition("\nclean:")[2]

    assert "$(RUN).clean $(ARGS)" in recipe
    assert ".opium" not in recipe
