"""Asks the child process that opens templates and draws documents.

It has no environment and no secrets, and is bounded in memory, time and output
(`opium.confinement`); its forks die with what they were given. Each process of the platform has
one, started when it is first needed, and asks it one thing at a time.
"""

import atexit
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from documents import errors, wire
from opium import confinement, scratch
from opium.errors import DomainError

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent
_GRACE = 5.0
_REFUSALS: dict[str, type[DomainError]] = {
    refusal.code: refusal
    for refusal in (
        errors.InvoiceUnreadable,
        errors.NotPrintable,
        errors.TemplateFaulty,
        errors.TemplateUnreadable,
    )
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: bytes of memory and of the answer, seconds by both clocks."""

    memory: int = 2**30
    answer: int = 2**27
    seconds: int = 20


class Child:
    """One child process and its forks; safe for use by many threads, who wait for one another."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def ask(
        self,
        verb: str,
        told: Mapping[str, Any],
        parts: Mapping[str, bytes],
        *,
        seconds: int | None = None,
    ) -> wire.Told:
        """What the child has made, within `seconds` where fewer than the limit's are given.

        Raises what the verb refuses, `DocumentTooDemanding`, `DocumentBroken`, and `DocumentsBusy`
        where the child cannot be asked now.
        """
        confinement.refuse_in_a_request()
        seconds = min(seconds or self._limits.seconds, self._limits.seconds)
        if not self._lock.acquire(timeout=seconds):
            raise errors.DocumentsBusy
        try:
            with (
                tempfile.TemporaryFile() as source,
                tempfile.TemporaryFile() as answer,
                scratch.room() as room,
            ):
                given = {"verb": verb, "room": str(room), "seconds": seconds, **told}
                wire.send(source, given, parts)
                source.seek(0)
                self._wait_for(source, answer, seconds)
                answer.seek(0)
                return _read(answer)
        finally:
            self._lock.release()

    def stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _wait_for(self, source: BinaryIO, answer: BinaryIO, seconds: int) -> None:
        """Have one fork do its work to the end, or raise why it did not."""
        try:
            control = self._started()
            socket.send_fds(control, [b"?"], [source.fileno(), answer.fileno()])
            control.settimeout(seconds + _GRACE)
            reply = control.recv(64)
        except TimeoutError as problem:
            self.stop()
            raise self._too_demanding(seconds) from problem
        except OSError as problem:
            self.stop()
            raise errors.DocumentsBusy from problem
        if not reply:
            self.stop()
            raise errors.DocumentsBusy
        status = int(reply)
        if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == confinement.OUT_OF_MEMORY:
            raise self._too_demanding(seconds)
        if status:
            logger.error("A fork that makes documents ended with the status %s", status)
            raise errors.DocumentBroken

    def _too_demanding(self, seconds: int) -> DomainError:
        return errors.DocumentTooDemanding(seconds=seconds, memory=self._limits.memory // 2**20)

    def _started(self) -> socket.socket:
        if self._control is not None and self._process is not None:
            if self._process.poll() is None:
                return self._control
            self.stop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                [
                    *(sys.executable, "-m", "documents.sandbox"),
                    *(str(theirs.fileno()), json.dumps(asdict(self._limits))),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={
                    "PYTHONPATH": str(_ROOT),
                    "LC_ALL": "C.UTF-8",
                    # A thread of Typst reserves memory for each core, and the limit counts it.
                    "RAYON_NUM_THREADS": "1",
                    "MALLOC_ARENA_MAX": "1",
                },
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        return ours


def ask(
    verb: str, told: Mapping[str, Any], parts: Mapping[str, bytes], *, seconds: int | None = None
) -> wire.Told:
    """Ask this process's own child; see `Child.ask`."""
    return _child().ask(verb, told, parts, seconds=seconds)


_children: dict[int, Child] = {}


def _child() -> Child:
    """A process that was forked must not speak through its parent's socket."""
    pid = os.getpid()
    if pid not in _children:
        atexit.register(_children.setdefault(pid, Child()).stop)
    return _children[pid]


def _read(answer: BinaryIO) -> wire.Told:
    try:
        told, parts = wire.receive(answer)
    except ValueError as problem:
        raise errors.DocumentBroken from problem
    if "failed" in told:
        logger.warning("A document could not be made: %s", told["failed"])
        raise errors.DocumentBroken
    if "refused" in told:
        raise _REFUSALS.get(str(told["refused"]), errors.DocumentBroken)(str(told["sentence"]))
    return told, parts
