import fcntl
import socket
from contextlib import ExitStack

import pytest

from config.runtime import supervisor
from config.runtime.supervisor import Stopped, free_port


@pytest.fixture
def busy():
    """A port that another program listens on, with a free one after it."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture(autouse=True)
def no_chosen_port(monkeypatch):
    monkeypatch.delenv("OPIUM_PORT", raising=False)


def test_a_busy_port_is_named_and_the_next_free_one_taken(busy, capsys):
    port = free_port(busy)
    assert busy < port < busy + supervisor.PORTS_TRIED
    assert capsys.readouterr().err == (
        f"opium: Port {busy} jest zajęty przez inny program; używam portu {port}.\n"
    )


def test_a_chosen_port_that_is_busy_stops_with_a_sentence(busy, monkeypatch):
    monkeypatch.setenv("OPIUM_PORT", str(busy))
    with pytest.raises(Stopped, match=rf"^Port {busy} \(OPIUM_PORT\) jest zajęty"):
        free_port()


def test_when_all_ports_are_busy_it_stops_with_a_sentence(monkeypatch):
    monkeypatch.setattr(supervisor, "PORTS_TRIED", 2)
    with ExitStack() as others:
        first, second = (others.enter_context(socket.socket()) for _ in range(2))
        port = _two_neighbours(first, second)
        with pytest.raises(Stopped, match=f"^Porty {port}-{port + 1} są zajęte"):
            free_port(port)


def _two_neighbours(first: socket.socket, second: socket.socket) -> int:
    for port in range(20000, 30000, 2):
        try:
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
        except OSError:
            continue
        first.listen()
        second.listen()
        return port
    raise AssertionError("no two free ports side by side")


def test_a_second_demo_of_the_same_folder_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OPIUM_STATE", str(tmp_path))
    with (tmp_path / "supervisor.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert supervisor.run("demo", []) == 1
    assert capsys.readouterr().err == (
        f"opium: OPIUM z tego katalogu już działa ({tmp_path}). Zatrzymaj go (Ctrl-C).\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["supervisor.lock"]
