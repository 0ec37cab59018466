"""A whole installation, whose parts can be killed one by one and stand up again."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from getpass import getuser
from pathlib import Path

from config.runtime import state, supervisor
from config.runtime.postgres import Cluster
from config.runtime.processes import Child

PAUSE = 1.0
"""Seconds until what has died is started again, as `Restart=always` of systemd does it."""
DISK = "200m"
QUIET_WORKER = ("--loglevel", "WARNING", "--without-gossip", "--without-mingle")


class House:
    """Leaving the `ExitStack` stops everything and removes its data."""

    def __init__(self, folder: Path, exits: ExitStack, look: Callable[[], None]) -> None:
        self.folder, self.exits, self.check = folder, exits, look
        self.web_port, self.port = _free_port(), _free_port()
        self.given = os.environ.get("DATABASE_URL")
        self.cluster = None if self.given else Cluster(folder)
        self.parts: dict[str, Child] = {}
        self.died_at: dict[str, float] = {}
        self.held: set[str] = set()
        """Parts that stay down until somebody lets them go."""
        self.restarts = 0
        self.has_own_disk = self._mount()

    @property
    def url(self) -> str:
        return self.given or (self.cluster.url if self.cluster else "")

    @property
    def files(self) -> Path:
        return self.folder / "files"

    def start_database(self) -> None:
        if self.cluster is None:
            return
        child = self.cluster.start()
        assert child is not None, "Somebody else's server runs in this folder."
        if "database" not in self.parts:
            self.exits.callback(self.cluster.remove)
        self.exits.callback(child.stop)
        self.parts["database"] = child

    def start(self) -> None:
        """Everything besides the database: as docs/operator.md names the processes."""
        beat = self.folder / "beat"
        celery = ("-m", "celery", "-A", "config.celery")
        worker = (*celery, "worker", *QUIET_WORKER, "-Q")
        bound = ("--bind", f"127.0.0.1:{self.web_port}")
        gunicorn = ("-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi:application")
        self._serve("web", supervisor.python(*gunicorn, *bound))
        self._serve("worker", supervisor.python(*worker, "celery"))
        self._serve("content", supervisor.python(*worker, "content", "--concurrency", "2"))
        self._serve("clock", supervisor.python(*celery, "beat", "--schedule", beat))
        if program := _nginx():
            self._serve("proxy", [program, "-c", str(self._shipped()), "-p", str(self.folder)])
        else:
            self.port = self.web_port
        deadline = time.monotonic() + supervisor.ANSWER_SECONDS
        while not supervisor.answers(self.web_port):  # the proxy answers for it before it does
            assert time.monotonic() < deadline, self.parts["web"].tail()
            self.look()
            time.sleep(0.1)

    def look(self) -> None:
        """Start again what has died a while ago."""
        self.check()
        now = time.monotonic()
        for name, child in list(self.parts.items()):
            if name in self.held or child.ended() is None:
                continue
            if now - self.died_at.setdefault(name, now) < PAUSE:
                continue
            del self.died_at[name]
            self.restarts += 1
            if name == "database":
                self.start_database()
            else:
                child.stop()  # what is left of its group
                child.start()

    def kill(self, name: str) -> None:
        """The part with all its processes, as the kernel kills."""
        self._wait_for(name)
        os.killpg(self.parts[name].pid, signal.SIGKILL)

    def kill_child(self, *names: str) -> None:
        """One of the processes that each of the parts has started."""
        for name in names:
            self._wait_for(name)
            pid = self.parts[name].pid
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            if children:
                os.kill(int(children[-1]), signal.SIGKILL)

    def hold_down(self, name: str) -> None:
        """Stop the part in order, until `let_go`."""
        self.held.add(name)
        self.parts[name].stop()

    def let_go(self, name: str) -> None:
        self.held.discard(name)

    def fill_disk(self) -> None:
        """No byte is left on the disk of the files; without one of its own it can be no folder."""
        if not self.has_own_disk:
            self.files.rename(self.folder / "files away")
            self.files.touch()
            return
        with suppress(OSError), (self.files / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(1 << 16))

    def clear_disk(self) -> None:
        if not self.has_own_disk:
            self.files.unlink()
            (self.folder / "files away").rename(self.files)
            return
        (self.files / "filler").unlink()

    def _wait_for(self, name: str) -> None:
        """Until it runs, where an earlier harm has ended it."""
        while self.parts[name].ended() is not None:
            self.look()
            time.sleep(0.1)

    def _mount(self) -> bool:
        """A small disk of its own for the files, where this account may make one."""
        self.files.mkdir(mode=0o700)
        program = shutil.which("mount")
        if program is None or os.geteuid() != 0:
            return False
        command = [program, "-t", "tmpfs", "-o", f"size={DISK},mode=0700", "opium", str(self.files)]
        if subprocess.run(command, check=False, capture_output=True).returncode != 0:
            return False
        self.exits.callback(subprocess.run, ["umount", "-l", str(self.files)], check=False)
        return True

    def _serve(self, name: str, command: "list[str | Path]") -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "TRUSTED_PROXIES": "1" if _nginx() else "0",
        }
        log = self.folder / "logs" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        child = Child(name, command, log=log, env=environment, cwd=state.ROOT)
        self.exits.callback(child.stop)
        child.start()
        self.parts[name] = child

    def _shipped(self) -> Path:
        """The handbook's file, but for its ports, TLS and the folders that it writes to."""
        text = (state.ROOT / "docs" / "nginx.conf").read_text()
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{self.web_port}")
        text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, count=1, flags=re.DOTALL)
        text = re.sub(r" *ssl_.*\n", "", text)
        text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.port};")
        text = text.replace(".opium.example.org", "_")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{one}_temp_path {self.folder}/{one};\n" for one in kinds)
        path = self.folder / "nginx.conf"
        path.write_text(
            f"user {getuser()};\ndaemon off;\npid {self.folder}/nginx.pid;\n"
            f"error_log {self.folder}/logs/nginx.log;\nevents {{ worker_connections 1024; }}\n"
            f"http {{\naccess_log off;\n{places}{text}\n}}\n"
        )
        return path


class SlowSenders:
    """Connections on which a byte comes now and then, and never the last one."""

    def __init__(self, port: int, count: int) -> None:
        self.port = port
        self.sockets: list[socket.socket | None] = [None] * count
        self.next_at = 0.0
        self.opened = 0

    def tick(self) -> None:
        """A byte on each; whoever was thrown out comes again."""
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + 2
        for place, one in enumerate(self.sockets):
            try:
                if one is None:
                    self.sockets[place] = self._open(place)
                else:
                    one.send(b"a")
            except OSError:
                if one is not None:
                    one.close()
                self.sockets[place] = None

    def _open(self, place: int) -> socket.socket:
        one = socket.create_connection(("127.0.0.1", self.port), timeout=1)
        body = place % 2  # every other one has sent its headers, and drips its body
        head = "POST /api/v1/accounts/session/ HTTP/1.1\r\nHost: poisoned-a.localhost\r\n"
        one.sendall((head + ("Content-Length: 5000\r\n\r\n" if body else "X-A: ")).encode())
        self.opened += 1
        return one

    def close(self) -> None:
        for one in self.sockets:
            if one is not None:
                one.close()


def _nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
