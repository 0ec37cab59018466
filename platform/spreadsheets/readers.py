"""Reads workbooks that strangers send: xlsx, xlsm, xls, xlsb, ods and csv, by content, not by name.

The bytes are opened only in a child process without environment and secrets, bounded in memory,
time and output. What comes back is JSON that can build nothing but cells (`spreadsheets.cells`):
pickle would run what a child taken over by its workbook sends, and marshal may crash on it. The
child's own output streams lead nowhere.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Generic, Self, TypeAlias, TypeVar

from opium import confinement
from spreadsheets import errors
from spreadsheets.answer import Sheet, Workbook, read_answer

__all__ = ["Content", "Limits", "Reader", "Sheet", "Workbook", "read_workbook"]

_ROOT = Path(__file__).resolve().parent.parent
_AHEAD = 16
_GRACE = 5.0

Key = TypeVar("Key")
Content: TypeAlias = Path | bytes | Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Bytes of the file and (as its zip declares) unpacked, cells, bytes of the child's memory and of
    its answer, seconds of processor time and by the clock.
    """

    file: int = 100 * 2**20
    unpacked: int = 2**30
    cells: int = 5_000_000
    memory: int = 2**30
    answer: int = 2**29
    seconds: int = 30


@dataclass(slots=True)
class _Pending(Generic[Key]):
    key: Key
    answer: BinaryIO | None
    refusal: errors.WorkbookRefused | None = None


class Reader:
    """Reads many files through one child; a context manager.

    The child is started at the first file and again whenever it dies. Not for use by two threads.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def read(self, content: Content, *, facts: bool = False, formats: bool = False) -> Workbook:
        """The workbook in `content`; raises a WorkbookRefused that says why not.

        With `facts` it is read as people see it: what is struck out is not read, numbers with a
        telling format are Formatted, and each sheet has its Facts. Without, every cell gives what
        it holds. `formats` asks for all number formats of an xlsx too, for a template.
        """
        ((_, outcome),) = self.read_many([(None, content)], facts=facts, formats=formats)
        if isinstance(outcome, errors.WorkbookRefused):
            raise outcome
        return outcome

    def read_many(
        self,
        contents: Iterable[tuple[Key, Content]],
        *,
        facts: bool = False,
        formats: bool = False,
    ) -> Iterator[tuple[Key, Workbook | errors.WorkbookRefused]]:
        """Each workbook, or the reason why it is none, in the given order.

        The child works ahead on the next files while the caller uses this one. The caller closes
        the workbooks.
        """
        pending: deque[_Pending[Key]] = deque()
        wish = (b"f" if facts else b"-") + (b"n" if formats else b"-")
        try:
            for key, content in contents:
                pending.append(self._submit(key, content, wish))
                if len(pending) > _AHEAD:
                    yield self._collect(pending)
            while pending:
                yield self._collect(pending)
        finally:
            if pending:
                self._abandon(pending)

    def _submit(self, key: Key, content: Content, wish: bytes) -> _Pending[Key]:
        confinement.refuse_in_a_request()
        try:
            source = self._opened(content)
        except errors.WorkbookRefused as refusal:
            return _Pending(key, None, refusal)
        with source:
            answer = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the workbook
            files = [source.fileno(), answer.fileno()]
            try:
                socket.send_fds(self._started(), [wish], files)
            except OSError:
                answer.close()
                return _Pending(key, None, errors.ReaderBroken())
        return _Pending(key, answer)

    def _opened(self, content: Content) -> BinaryIO:
        """The content as an open file of the system, no larger than the limit."""
        try:
            if isinstance(content, Path):
                source: BinaryIO = content.open("rb")
                if os.fstat(source.fileno()).st_size > self._limits.file:
                    source.close()
                    raise errors.WorkbookTooLarge(limit=_megabytes(self._limits.file))
                return source
            if isinstance(content, bytes):
                return self._copied([content])
            with content() as stream:
                return self._copied(iter(lambda: stream.read(1 << 20), b""))
        except OSError as problem:
            raise errors.ReaderBroken from problem

    def _copied(self, chunks: Iterable[bytes]) -> BinaryIO:
        copy = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the caller
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > self._limits.file:
                copy.close()
                raise errors.WorkbookTooLarge(limit=_megabytes(self._limits.file))
            copy.write(chunk)
        copy.seek(0)
        return copy

    def _collect(
        self, pending: deque[_Pending[Key]]
    ) -> tuple[Key, Workbook | errors.WorkbookRefused]:
        job = pending.popleft()
        if job.answer is None:
            return job.key, job.refusal or errors.ReaderBroken()
        refusal = self._wait(pending)
        if refusal is None:
            try:
                return job.key, read_answer(job.answer)
            except errors.WorkbookRefused as refused:
                refusal = refused
        job.answer.close()
        return job.key, refusal

    def _wait(self, pending: deque[_Pending[Key]]) -> errors.WorkbookRefused | None:
        """Wait for the child's word on the oldest file; None when it was read to the end."""
        assert self._control is not None  # noqa: S101  # a job with an answer was sent through it
        self._control.settimeout(self._limits.seconds + _GRACE)
        try:
            reply = self._control.recv(64)
        except TimeoutError:
            self._abandon(pending)
            return errors.WorkbookTooSlow()
        except OSError:
            reply = b""
        if not reply:
            self._abandon(pending)
            return errors.ReaderBroken()
        return _refusal(int(reply))

    def _abandon(self, pending: deque[_Pending[Key]]) -> None:
        """Kill the child; the files that waited behind this one are answered as broken."""
        self._stop()
        for job in pending:
            if job.answer is not None:
                job.answer.close()
                job.answer, job.refusal = None, errors.ReaderBroken()

    def _started(self) -> socket.socket:
        if self._control is not None and self._process is not None:
            if self._process.poll() is None:
                return self._control
            self._stop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        limits = json.dumps(asdict(self._limits))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                [sys.executable, "-m", "spreadsheets.sandbox", str(theirs.fileno()), limits],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8"},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control = ours
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def _megabytes(size: int) -> str:
    return f"{size // 2**20} MB"


def _refusal(status: int) -> errors.WorkbookRefused | None:
    if os.WIFSIGNALED(status):
        slow = confinement.is_too_slow(status)
        return errors.WorkbookTooSlow() if slow else errors.WorkbookTooDemanding()
    match os.WEXITSTATUS(status):
        case 0:
            return None
        case confinement.OUT_OF_MEMORY:
            return errors.WorkbookTooDemanding()
        case _:
            return errors.WorkbookDamaged()


def read_workbook(
    content: Content,
    *,
    limits: Limits | None = None,
    facts: bool = False,
    formats: bool = False,
) -> Workbook:
    """Read one file in a child of its own; see `Reader.read`. For many files keep a Reader."""
    with Reader(limits) as reader:
        return reader.read(content, facts=facts, formats=formats)
