import subprocess
import sys
from collections import Counter

import pytest
from kombu import Connection
from kombu.transport import TRANSPORT_ALIASES

import config.celery  # noqa: F401  # names the transport


@pytest.fixture
def broker(tmp_path):
    with _connect(tmp_path) as connection:
        yield connection


def _connect(folder) -> Connection:
    assert TRANSPORT_ALIASES["folder"] == "config.runtime.broker:Transport"
    return Connection("folder://localhost/", transport_options={"folder": str(folder)})


def test_messages_come_in_the_order_they_were_sent(broker):
    queue = broker.SimpleQueue("letters")
    for letter in "ąbć":
        queue.put({"letter": letter})
    assert queue.qsize() == 3
    taken = [queue.get_nowait() for _ in range(3)]
    assert [message.payload["letter"] for message in taken] == ["ą", "b", "ć"]
    with pytest.raises(queue.Empty):
        queue.get_nowait()


def test_a_message_that_was_not_finished_returns_when_its_reader_leaves(broker, tmp_path):
    with _connect(tmp_path) as reader:
        reader.SimpleQueue("letters").put("once")
        reader.SimpleQueue("letters").get_nowait()
    queue = broker.SimpleQueue("letters")
    assert queue.get_nowait().payload == "once"


def test_a_purge_empties_one_queue_only(broker):
    for name in ("letters", "parcels"):
        broker.SimpleQueue(name).put(name)
    assert broker.SimpleQueue("letters").clear() == 1
    assert broker.SimpleQueue("parcels").qsize() == 1


WRITER = """
import sys
from tests_broker import connect
with connect(sys.argv[1]) as connection:
    queue = connection.SimpleQueue("rush")
    for number in range(200):
        queue.put([sys.argv[2], number, "x" * 20000])
"""
READER = """
import sys, time
from tests_broker import connect
with connect(sys.argv[1]) as connection:
    queue, idle = connection.SimpleQueue("rush"), time.monotonic()
    while time.monotonic() - idle < 2:
        try:
            message = queue.get_nowait()
        except queue.Empty:
            continue
        message.ack()
        print(*message.payload[:2], flush=True)
        idle = time.monotonic()
"""
SHARED = """
import config.celery
from kombu import Connection
def connect(folder):
    return Connection("folder://localhost/", transport_options={"folder": folder})
"""


def test_many_writers_and_readers_hand_each_message_over_once_and_whole(tmp_path, monkeypatch):
    (tmp_path / "tests_broker.py").write_text(SHARED)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    queue = tmp_path / "queue"

    def start(program, *arguments):
        command = [sys.executable, "-c", program, queue, *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    readers = [start(READER) for _ in range(2)]
    writers = [start(WRITER, name) for name in ("first", "second")]
    heard = [process.communicate()[0] for process in (*readers, *writers)]

    assert [process.returncode for process in (*readers, *writers)] == [0, 0, 0, 0]
    expected = {f"{name} {number}": 1 for name in ("first", "second") for number in range(200)}
    assert Counter("".join(heard).splitlines()) == expected
