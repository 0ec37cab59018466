"""Where processors are scarce: a killed web process is back at once, and the rest steps back."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from config.runtime import supervisor
from config.runtime.processes import Child
from documents import bounded
from opium import priority
from spreadsheets.readers import Reader

NO_DATABASE = "postgres://nobody@127.0.0.1:1/none"
PATIENCE = 120
LOADED = """
import config.wsgi, threading
from django.db import connection
print(connection.connection, threading.active_count())
"""


@contextmanager
def started(folder, name, *command):
    environment = {
        **os.environ,
        "OPIUM_STATE": str(folder),
        "DATABASE_URL": NO_DATABASE,
        "BROKER_URL": "folder://localhost/",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    child = Child(name, command, log=folder / f"{name}.log", env=environment, cwd=folder)
    child.start()
    try:
        yield child
    finally:
        child.stop()


def waited_for(happens):
    begun = time.monotonic()
    while not (found := happens()):
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.02)
    return time.monotonic() - begun, found


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def niceness_of(pid):
    """Of the process among those of its session, and of its session among all."""
    own = os.getpriority(os.PRIO_PROCESS, int(pid))
    session = Path(f"/proc/{pid}/autogroup")
    return own, int(session.read_text().split()[-1]) if session.exists() else own


def test_a_killed_web_process_is_replaced_without_loading_everything_anew(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with started(tmp_path, "web", *supervisor.web(port)) as web:
        loading, _ = waited_for(lambda: supervisor.answers(port))
        [before] = children_of(web.pid)
        os.kill(int(before), signal.SIGKILL)
        waited_for(lambda: before not in children_of(web.pid))

        again, _ = waited_for(lambda: supervisor.answers(port))

    assert again < loading / 3


def test_what_is_loaded_before_the_fork_holds_no_connection_and_no_thread():
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "DATABASE_URL": NO_DATABASE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.strip() == "None 1", told.stderr


@pytest.mark.parametrize("part", ["worker", "clock"])
def test_workers_and_the_clock_step_back_before_they_load_the_house(tmp_path, part):
    celery = ("-m", "celery", "-A", "config.celery")
    commands = {
        "worker": supervisor.python(*celery, "worker", "--concurrency", "1"),
        "clock": supervisor.python(*celery, "beat", "--schedule", tmp_path / "beat"),
    }
    with started(tmp_path, part, *commands[part]) as child:
        waited_for(lambda: niceness_of(child.pid) == (priority.BACKGROUND, priority.BACKGROUND))
        if part == "worker":
            _, [at_work] = waited_for(lambda: children_of(child.pid))
            assert niceness_of(at_work)[0] == priority.BACKGROUND


def test_what_opens_content_steps_back_in_a_session_of_its_own():
    documents = bounded.Child()
    documents._started()
    with Reader() as reader:
        reader._started()
        for process in (documents._process, reader._process):
            expected = max(priority.CONTENT, os.nice(0))
            waited_for(lambda pid=process.pid, n=expected: niceness_of(pid) == (n, n))
    documents.stop()
