"""What work leaves on the disk: nothing, also where its process was killed."""

import os
import signal
import stat
import tempfile

import pytest

from config.runtime import mirror
from config.runtime.state import ROOT
from opium import scratch

NAMED = ("TemporaryDirectory(", "NamedTemporaryFile(", "mkdtemp(", "mkstemp(")
"""What has a name stays when its process is killed; a `TemporaryFile` has none."""


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def killed_at_work():
    """The folder of a process that died in the middle; the pid tells which."""
    pid = os.fork()
    if pid == 0:
        with scratch.room() as folder:
            (folder / "half").write_bytes(b"done")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    return pid


def test_work_has_an_empty_folder_of_its_own_that_is_gone_afterwards():
    with scratch.room() as folder, scratch.room() as other:
        assert folder != other
        assert list(folder.iterdir()) == []
        assert folder.name.startswith(f"{os.getpid()}-")
        for one in (folder, folder.parent):
            assert stat.S_IMODE(one.stat().st_mode) == 0o700
    assert list(folder.parent.iterdir()) == []


def test_the_next_work_removes_what_a_killed_process_left_and_nothing_of_the_living(place):
    with scratch.room() as mine:
        dead = killed_at_work()
        (mine / "half").write_bytes(b"done")
        left = [one.name.partition("-")[0] for one in place.glob("opium-work-*/*")]
        assert sorted(left) == sorted([str(os.getpid()), str(dead)])

        with scratch.room() as next_one:
            found = {one.name for one in place.glob("opium-work-*/*")}
            assert found == {mine.name, next_one.name}
        assert (mine / "half").read_bytes() == b"done"


def test_a_place_that_others_may_enter_is_not_used(place):
    with scratch.room() as folder:
        shared = folder.parent
    shared.chmod(0o777)
    with pytest.raises(PermissionError), scratch.room():
        pass


def test_nothing_else_of_the_product_makes_files_with_names_in_the_temporary_folder():
    found = {
        str(path.relative_to(ROOT))
        for path in mirror.files()
        if any(name in path.read_text() for name in NAMED)
    }
    assert found == {
        "platform/config/runtime/schema.py",  # of the workshop, not of an installation
        "platform/opium/scratch.py",
        "platform/spreadsheets/merging/merge.py",  # beside the result, in a room
    }
