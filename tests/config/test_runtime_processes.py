import os
import shutil
import signal
import subprocess
import sys
from uuid import uuid4

import pytest

from config.runtime.processes import Child
from tests.config.waiting import eventually, marked


@pytest.fixture
def mark(monkeypatch):
    """A word in the environment of every process that the test starts."""
    word = uuid4().hex
    monkeypatch.setenv("OPIUM_TEST_MARK", word)
    return word


STUBBORN = "trap '' TERM; (trap '' TERM; sleep 60) & echo born; wait; sleep 60"


def test_stopping_a_child_ends_its_children_too_even_stubborn_ones(mark, tmp_path):
    child = Child("stubborn", ["sh", "-c", STUBBORN], log=tmp_path / "log")
    child.start()
    assert eventually(lambda: "born" in child.tail())
    assert len(marked(mark)) >= 2

    child.stop(grace=0.1)

    assert eventually(lambda: marked(mark) == [])
    assert child.ended() == -signal.SIGKILL


def test_a_child_does_not_outlive_a_killed_parent(mark, tmp_path):
    program = (
        "import os; from config.runtime.processes import Child; "
        "Child('sleep', ['sleep', '60']).start(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert eventually(lambda: marked(mark) == [])


def test_the_tail_of_a_log_begins_with_this_start(tmp_path):
    log = tmp_path / "log"
    log.write_text("an earlier run\n")
    child = Child("echo", ["printf", "1\\n2\\n3\\n"], log=log)
    child.start()
    assert eventually(lambda: child.ended() is not None)
    assert child.tail() == "1\n2\n3"
    assert child.tail(lines=2) == "2\n3"


STAGE = """
import sys, time
from config.runtime.processes import Child
from tests.config.waiting import eventually, marked
from config.runtime.supervisor import Stopped, stage
from pathlib import Path

try:
    with stage() as running:
        running.serve(Child("steady", ["sleep", "20"], log=Path(sys.argv[1], "steady.log")))
        running.serve(Child("other", ["sh", "-c", sys.argv[2]], log=Path(sys.argv[1], "other.log")))
        print("on stage", flush=True)
        while True:
            running.check()
            time.sleep(0.02)
except Stopped as reason:
    sys.exit(f"stopped: {reason}")
"""


def test_a_dead_service_is_shown_with_its_last_words_and_all_of_it_stops(mark, tmp_path):
    dying = "echo I am out of memory; exit 3"
    done = subprocess.run(
        [sys.executable, "-c", STAGE, tmp_path, dying],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "stopped: other zakończył się nieoczekiwanie (kod 3). Koniec pliku "
        f"{tmp_path / 'other.log'}:\nI am out of memory\n"
    )
    assert eventually(lambda: marked(mark) == [])


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("told", ["make", "group"])
def test_however_make_is_stopped_nothing_stays(mark, tmp_path, sign, told):
    (tmp_path / "stage.py").write_text(STAGE)
    (tmp_path / "Makefile").write_text(f"run:\n\t@exec {sys.executable} stage.py . $(SERVICE)\n")
    make = subprocess.Popen(
        ["make", "-C", tmp_path, "run", "SERVICE='exec sleep 20'"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    with make:
        assert any("on stage" in line for line in make.stdout)
        assert len(marked(mark)) == 4
        if told == "make":
            make.send_signal(sign)
        else:
            os.killpg(make.pid, sign)
        assert eventually(lambda: marked(mark) == [])
        assert make.wait(10) != 0
