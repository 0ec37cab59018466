"""How a child process binds itself before it touches a stranger's bytes, and when it is asked.

Light on purpose: it is imported by processes without Django. The kernel enforces the limits, and
there is no way back. No request waits for such a child: what asks one calls `refuse_in_a_request`.
"""

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

OUT_OF_MEMORY, DAMAGED = 3, 4
"""How a fork ends that met its memory limit, and one that met an error of ours."""
_OPEN_FILES = 32
_in_a_request: ContextVar[bool] = ContextVar("a request is answered", default=False)


@contextmanager
def in_a_request(*, whether: bool = True) -> Iterator[None]:
    """Say that a request is answered meanwhile, or, where the background works in one, that not."""
    token = _in_a_request.set(whether)
    try:
        yield
    finally:
        _in_a_request.reset(token)


def refuse_in_a_request() -> None:
    """Raise `RuntimeError` while a request is answered.

    A stranger's bytes are opened, and documents drawn, in the background alone (`files.services`:
    `begin_reading`, `begin_making`), so that nobody's page waits for them.
    """
    if _in_a_request.get():
        raise RuntimeError("No request opens what came from outside; have the background do it")


def confine(*, memory: int, answer: int) -> None:
    """Bound the bytes of memory and of what is written, and the number of open files."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def start_clock(seconds: int) -> None:
    """Give the next work its seconds, of processor time and by the clock; both end the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, seconds)


def stop_clock() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)


def leave_with(serve: Callable[[], int]) -> NoReturn:
    """End this fork with the outcome of `serve`; nothing of the parent's is run on the way out."""
    outcome = DAMAGED
    try:
        outcome = serve()
    except MemoryError:
        outcome = OUT_OF_MEMORY
    finally:
        os._exit(outcome)


def is_too_slow(status: int) -> bool:
    """Whether a wait status says that the clock has ended the fork."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM}
