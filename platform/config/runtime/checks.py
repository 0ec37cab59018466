"""`make test`: every check there is, each with one line while it is green.

All parts run even if one fails. pytest comes last, beside the longest of the others, which mostly
waits: so its own summary closes the run, and it says before that which other parts failed. With
arguments only pytest runs, with these.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from config.runtime import browser, frontend, mirror, state
from config.runtime.postgres import ServerDidNotStart, served
from config.runtime.processes import Child, interruptible

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
BEAT = 0.05  # seconds between two looks at the processes
SHOWN_LINES = 400  # of a failed part; all of it is in .opium/test/logs
LANES = 2  # as many as the smallest machine has cores
BIN = Path(sys.executable).parent
IN_LANES = ("-q", "-n", str(LANES))  # who takes what: tests/conftest.py
FAILED = "OPIUM_FAILED_CHECKS"
"""Where pytest is told the path of the file that names the failed parts, one a line."""


@dataclass(frozen=True)
class Part:
    name: str
    command: Sequence[str]
    is_frontend: bool = False


def _module(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _script(name: str) -> Part:
    return Part(f"front end: {name}", _module("config.runtime.frontend", "run", name), True)


STYLE = (
    Part("ruff check", [str(BIN / "ruff"), "check", "--quiet"]),
    Part("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet"]),
)
TYPES = (
    Part("mypy", [str(BIN / "mypy"), "--no-error-summary"]),
    Part("import contracts", [str(BIN / "lint-imports")]),
)
SCREENS = (_script("lint"), _script("typecheck"))
BUILT = (
    Part("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    Part("API schema", _module("config.runtime.schema", "check"), True),
    Part("front end: build", _module("config.runtime.frontend", "build"), True),
)
LINT = (*TYPES, *STYLE, *SCREENS)
ALL = (_script("test"), *LINT, *BUILT)  # the longest first, beside all the others


class Lanes:
    """The parts, two at a time in their order; whoever holds them calls `tend` often."""

    def __init__(self, parts: Sequence[Part]) -> None:
        if any(part.is_frontend for part in parts):
            frontend.install()
        self._waiting = list(parts)
        self._running: list[_Run] = []
        self.failed: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for run in self._running:
            run.child.stop()

    @property
    def is_done(self) -> bool:
        return not (self._waiting or self._running)

    @property
    def has_room(self) -> bool:
        """Whether a lane is empty and will be."""
        return not self._waiting and len(self._running) < LANES

    def tend(self) -> None:
        """Start what has room, and tell of what has ended."""
        while self._waiting and len(self._running) < LANES:
            self._running.append(_Run(self._waiting.pop(0)))
            self._running[-1].child.start()
        self.failed += [run.part.name for run in self._running if not run.is_green()]
        self._running = [run for run in self._running if run.child.ended() is None]


def run_parts(parts: Sequence[Part], look: Callable[[], None]) -> list[str]:
    """Run every part, two at a time; the names of those that failed, their output shown."""
    with Lanes(parts) as lanes:
        while not lanes.is_done:
            _wait(lanes, look)
        return lanes.failed


def _wait(lanes: Lanes, look: Callable[[], None]) -> None:
    lanes.tend()
    look()
    time.sleep(BEAT)


class _Run:
    def __init__(self, part: Part) -> None:
        self.part = part
        self.begun = time.monotonic()
        log = state.logs() / f"{part.name.replace(': ', '-').replace(' ', '-')}.log"
        log.unlink(missing_ok=True)
        self.child = Child(part.name, part.command, log=log, cwd=state.ROOT)

    def is_green(self) -> bool:
        """False once it has failed; says how it ended as soon as it has."""
        code = self.child.ended()
        if code is None:
            return True
        took = f"{self.part.name} ({time.monotonic() - self.begun:.1f} s)"
        if code != 0:
            said = COLOURS.sub("", self.child.tail(SHOWN_LINES))
            _say(f"FAILED  {took}\n{said}")
            return False
        _say(f"ok      {took}")
        return True


def run_pytest(arguments: Sequence[str], failed: Path, look: Callable[[], None]) -> int:
    """Run pytest, which speaks for itself and reads at its end what else failed; its exit code."""
    child = Child(
        "pytest",
        _module("pytest", "-p", "config.runtime.failed_checks", *arguments),
        env={**os.environ, FAILED: str(failed)},
        cwd=state.ROOT,
        stopped_by=signal.SIGINT,  # so that it tears its fixtures down
    )
    try:
        child.start()
        while (code := child.ended()) is None:
            look()
            time.sleep(BEAT)
    finally:
        child.stop(grace=30)
    return code


def test(arguments: Sequence[str]) -> int:
    """Everything, or only pytest with these arguments; 0 when all of it is green."""
    with (
        interruptible() as look,
        served(state.folder(), throwaway=True) as url,
        Lanes(() if arguments else ALL) as lanes,
    ):
        os.environ["DATABASE_URL"] = url
        while not lanes.has_room:
            _wait(lanes, look)
        try:
            browser.ensure()
        except browser.NoBrowser as missing:
            _say(str(missing))
        told = state.logs() / "failed-checks"

        def tend() -> None:
            lanes.tend()
            told.write_text("\n".join(lanes.failed))
            look()

        code = run_pytest(arguments or IN_LANES, told, tend)
        while not lanes.is_done:
            _wait(lanes, look)
    return code or int(bool(lanes.failed))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["test", *rest]:
                return test(rest)
            case ["lint", "--mirror"]:
                return mirror.show()
            case ["lint"]:
                with interruptible() as look:
                    return int(bool(run_parts(LINT, look)))
    except (ServerDidNotStart, frontend.FrontEndFailed) as failure:
        _say(str(failure))
        return 1
    sys.stderr.write("usage: python -m config.runtime.checks test [ARGS] | lint [--mirror]\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
