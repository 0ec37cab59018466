"""`make demo`, `dev` and `screenshots`: all that OPIUM needs, started and stopped together.

PostgreSQL, the migrations, two Celery workers with the beat in one, the web server, then the
demo's story (`manage.py demo`), told over HTTP; then it serves until it is interrupted. Each
process writes its own file in `.opium/logs`. When one of them dies, the end of its log is shown and
all of it stops.
`serve` does the same without a story. The sentences go to stderr; stdout belongs to the story.
"""

import errno
import fcntl
import http.client
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.runtime import frontend, state
from config.runtime.postgres import Cluster, ServerDidNotStart
from config.runtime.processes import Child, Interrupted, interruptible

PORT = 8000
VITE_PORT = 5173
PORTS_TRIED = 20
BEAT = 0.1  # seconds between two looks at the processes
ANSWER_SECONDS = 120.0
HOST = "127.0.0.1"
PYTHON_FOLDERS = ("platform", "modules", "tenants", "billing", "provisioning", "api")
MANAGE = state.ROOT / "manage.py"
SCREENSHOTS = state.ROOT / "docs" / "screenshots" / "take.py"


class Stopped(RuntimeError):
    """Why everything stops, as a sentence for whoever started it."""


@dataclass
class Stage:
    """The processes that run now; leaving the block stops them, the last one first."""

    look: Callable[[], None]
    exits: ExitStack
    services: list[Child] = field(default_factory=list)

    def database(self) -> str:
        """The address of the database: `$DATABASE_URL`, or our own server, started if need be."""
        if given := os.environ.get("DATABASE_URL"):
            return given
        cluster = Cluster(state.folder())
        if (child := cluster.start()) is not None:
            self.exits.callback(child.stop)
            self.services.append(child)
        return cluster.url

    def serve(self, child: Child) -> None:
        """Start a process that is expected to run to the end."""
        self.exits.callback(child.stop)
        child.start()
        self.services.append(child)

    def finish(self, child: Child) -> int:
        """Run a process to its own end beside the services; its exit code."""
        self.exits.callback(child.stop)
        child.start()
        while (code := child.ended()) is None:
            self.check()
            time.sleep(BEAT)
        return code

    def check(self) -> None:
        """Raise `Stopped` when a service has died, `Interrupted` when we are asked to stop."""
        self.look()
        for child in self.services:
            if (code := child.ended()) is not None:
                raise Stopped(
                    f"{child.name} zakończył się nieoczekiwanie (kod {code}). Koniec pliku "
                    f"{child.log}:\n{child.tail()}"
                )

    def wait_for_answer(self, port: int) -> None:
        """Until the web server answers anything at all."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            self.check()
            if answers(port):
                return
            time.sleep(BEAT)
        raise Stopped(f"Serwer WWW nie odpowiada na porcie {port}.")


@contextmanager
def stage() -> Iterator[Stage]:
    with interruptible() as look, ExitStack() as exits:
        yield Stage(look, exits)


def python(*arguments: str | Path) -> list[str | Path]:
    return [sys.executable, *arguments]


def worker() -> list[str | Path]:
    """The Celery worker of the house's own work, with the beat in it."""
    schedule = state.folder() / "celerybeat-schedule"
    return _worker("celery", "--beat", "--schedule", schedule)


def content_worker() -> list[str | Path]:
    """The worker that opens what came from outside, so that nothing else waits behind it."""
    return _worker("content", "--concurrency", os.environ.get("CONTENT_WORKERS", "2"))


def _worker(queue: str, *arguments: str | Path) -> list[str | Path]:
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    return python(
        *("-m", "celery", "-A", "config.celery", "worker", "-Q", queue, "-n", f"{queue}@%h"),
        *("--loglevel", "INFO", *quiet, *arguments),
    )


def web(port: int) -> list[str | Path]:
    """The web server of the demo: one process, so that its cache needs no server."""
    return python(
        *("-m", "gunicorn", "config.wsgi:application", "-c", "python:config.gunicorn"),
        *("--bind", f"{HOST}:{port}", "--workers", "1", "--graceful-timeout", "5"),
    )


def development_web(port: int) -> list[str | Path]:
    return python(MANAGE, "runserver", f"{HOST}:{port}")


def free_port(first: int = PORT) -> int:
    """`$OPIUM_PORT`, or 8000, or the next free one. Raises `Stopped` when the chosen is taken."""
    if chosen := os.environ.get("OPIUM_PORT"):
        if _is_free(int(chosen)):
            return int(chosen)
        raise Stopped(
            f"Port {chosen} (OPIUM_PORT) jest zajęty przez inny program. "
            "Zatrzymaj go albo podaj inny port."
        )
    port = _first_free(first)
    if port != first:
        _say(f"Port {first} jest zajęty przez inny program; używam portu {port}.")
    return port


def run(mode: str, arguments: Sequence[str]) -> int:
    """Start everything, tell the story, serve; the exit code for the shell.

    `--once` among the arguments: stop after the story. The arguments go on to the story, those of
    `screenshots` to what takes them.
    """
    try:
        with _alone(), stage() as running:
            return _run(running, mode, list(arguments))
    except (Stopped, ServerDidNotStart, frontend.FrontEndFailed) as reason:
        _say(str(reason))
        return 1
    except Interrupted:
        _say("Zatrzymano wszystko.")
        raise


def _run(running: Stage, mode: str, arguments: list[str]) -> int:
    port = free_port()
    if mode == "dev":
        frontend.install()
    else:
        frontend.build()
    url = running.database()
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
    if mode == "dev":
        environment.setdefault("DEBUG", "true")
    workers = _start(running, mode, port, environment)
    address = f"http://{HOST}:{port}"
    if mode == "screenshots":
        _tell(running, python(MANAGE, "demo", "--url", address), environment)
        _tell(running, python(SCREENSHOTS, "--url", address, *arguments), environment)
    elif mode != "serve":
        _tell(running, python(MANAGE, "demo", "--url", address, *arguments), environment)
    if mode == "screenshots" or "--once" in arguments:
        return 0
    _say(f"Działa: {address}. Ctrl-C zatrzymuje wszystko.")
    return _serve(running, workers if mode == "dev" else [])


def _start(running: Stage, mode: str, port: int, environment: dict[str, str]) -> list[Child]:
    """Migrate and start the services; the workers among them."""

    def child(name: str, command: list[str | Path]) -> Child:
        log = state.logs() / f"{name}.log"
        return Child(name, command, log=log, env=environment, cwd=state.ROOT)

    _say("Przygotowuję bazę danych…")
    migration = child("migrate", python(MANAGE, "migrate_schemas"))
    if running.finish(migration) != 0:
        raise Stopped(f"Migracja bazy nie powiodła się:\n{migration.tail()}")
    upgrade = child("upgrade", python(MANAGE, "city_upgrade"))
    if running.finish(upgrade) != 0:
        raise Stopped(f"Podniesienie miast nie powiodło się:\n{upgrade.tail()}")
    workers = [child("worker", worker()), child("content-worker", content_worker())]
    for one in workers:
        running.serve(one)
    running.serve(child("web", development_web(port) if mode == "dev" else web(port)))
    running.wait_for_answer(port)
    if mode == "dev":
        running.serve(_vite(port))
    return workers


def _tell(running: Stage, story: list[str | Path], environment: dict[str, str]) -> None:
    """Run a story to its end, its output passed through."""
    code = running.finish(Child("story", story, env=environment, cwd=state.ROOT))
    if code != 0:
        raise Stopped(f"Polecenie {story[1:]} zakończyło się kodem {code}; logi: {state.logs()}.")


def _serve(running: Stage, reloaded: Sequence[Child]) -> int:
    """Look after the services until something stops them; restart some when sources change."""
    sources = Sources()
    while True:
        running.check()
        if reloaded and sources.have_changed():
            for child in reloaded:
                child.stop()
                child.start()
        time.sleep(BEAT)


def _vite(port: int) -> Child:
    environment = {**frontend.environment(), "OPIUM_API": f"http://{HOST}:{port}"}
    own = _first_free(VITE_PORT)
    command = [*frontend.command("vite"), "--host", HOST, "--port", str(own), "--strictPort"]
    _say(f"Ekrany z automatycznym odświeżaniem: http://<miasto>.localhost:{own}")
    log = state.logs() / "vite.log"
    return Child("vite", command, log=log, env=environment, cwd=frontend.FOLDER)


class Sources:
    """The Python files of the project, watched for the worker, which has no reloader."""

    def __init__(self) -> None:
        self.newest = self._newest()

    def have_changed(self) -> bool:
        before, self.newest = self.newest, self._newest()
        return self.newest != before

    def _newest(self) -> float:
        files = (file for place in PYTHON_FOLDERS for file in (state.ROOT / place).rglob("*.py"))
        return max(file.stat().st_mtime for file in files)


@contextmanager
def _alone() -> Iterator[None]:
    """One demo for one state folder: two would share a database and a queue."""
    with (state.folder() / "supervisor.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stopped(
                f"OPIUM z tego katalogu już działa ({state.folder()}). Zatrzymaj go (Ctrl-C)."
            ) from None
        yield


def _first_free(first: int) -> int:
    for port in range(first, first + PORTS_TRIED):
        if _is_free(port):
            return port
    raise Stopped(f"Porty {first}-{first + PORTS_TRIED - 1} są zajęte. Podaj wolny: OPIUM_PORT=….")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def answers(port: int) -> bool:
    """Whether the web server answers anything at all there."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/api/v1/health/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _say(sentence: str) -> None:
    sys.stderr.write(f"opium: {sentence}\n")
    sys.stderr.flush()


def main(arguments: list[str]) -> int:
    match arguments:
        case ["demo" | "dev" | "screenshots" | "serve" as mode, *rest]:
            return run(mode, rest)
    sys.stderr.write(
        "usage: python -m config.runtime.supervisor demo|dev|screenshots|serve [ARGS]\n"
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
