"""Processes that never outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def dying_with_parent(sign: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends this signal to the child when its parent is gone.

    Only Linux can; elsewhere a killed parent leaves its children to the next start.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)


class Interrupted(SystemExit):
    """Somebody asked this process to stop; the code is the shell's for that signal."""

    def __init__(self, sign: int) -> None:
        super().__init__(128 + sign)


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into `Interrupted`; ignore later ones.

    Yields a function to call in every waiting loop: it raises `Interrupted` also when our make
    was told to stop or died, of which the kernel says nothing to its children.
    """
    make = _Make()

    def stop(sign: int, _frame: FrameType | None) -> None:
        for each in INTERRUPTIONS:
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted(sign)

    before = {each: signal.signal(each, stop) for each in INTERRUPTIONS}

    def look() -> None:
        if make.has_been_stopped():
            stop(signal.SIGTERM, None)

    try:
        yield look
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class _Make:
    """The make above us, if there is one.

    On SIGINT GNU make gives up its handler and waits for its children without telling them (a
    terminal would have); the missing handler in /proc is the only trace of that.
    """

    def __init__(self) -> None:
        self.parent = os.getppid()
        self.caught = self._caught()

    def has_been_stopped(self) -> bool:
        """Whether it is gone, or has given up a handler that it had."""
        return os.getppid() != self.parent or bool(self.caught & ~self._caught())

    def _caught(self) -> int:
        """The signals that stop a process and that it handles, as bits; 0 for any other program."""
        try:
            lines = Path(f"/proc/{self.parent}/status").read_text().splitlines()
        except OSError:
            return 0
        fields = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        if fields["Name"] not in {"make", "gmake"}:
            return 0
        return int(fields["SigCgt"], 16) & sum(1 << (sign - 1) for sign in INTERRUPTIONS)


class Child:
    """One process in a group of its own, with its output in a log or passed through."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stopped_by: signal.Signals = signal.SIGTERM,
        account: tuple[int, int] | None = None,
    ) -> None:
        """`account` is the (uid, gid) to run as; None for our own."""
        self.name = name
        self.command = [str(part) for part in command]
        self.log = log
        self.env = dict(os.environ if env is None else env)
        self.cwd = cwd
        self.stopped_by = stopped_by
        self.account = account
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    def start(self) -> None:
        output = None
        if self.log is not None:
            output = self.log.open("ab")
            self._log_start = output.tell()
        uid, gid = self.account or (None, None)
        self._process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=self.env,
            cwd=self.cwd,
            user=uid,
            group=gid,
            extra_groups=None if gid is None else [gid],
            start_new_session=True,
            preexec_fn=dying_with_parent(self.stopped_by),  # noqa: PLW1509  # no threads here
        )
        if output is not None:
            output.close()

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._process.pid

    def ended(self) -> int | None:
        """The exit code, or None while it runs."""
        return None if self._process is None else self._process.poll()

    def stop(self, *, grace: float = 10.0) -> None:
        """Ask it to end, then make it end; nothing of its group is left. Safe to repeat."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(self.stopped_by)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(grace)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def tail(self, lines: int = 25) -> str:
        """The end of what it wrote to its log since this start."""
        if self.log is None:
            return ""
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            text = file.read().decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])
