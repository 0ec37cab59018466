"""Blocks of rows between the two passes: in memory up to a bound, the rest in a temporary file."""

import pickle
import tempfile
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

_CELLS_IN_MEMORY = 1_000_000


class Block(Protocol):
    @property
    def source(self) -> int: ...

    @property
    def size(self) -> int: ...


Kept = TypeVar("Kept", bound=Block)


class Spool(Generic[Kept]):
    """Append-only, to be closed. Blocks come back in the order in which they were added."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._cells = 0
        self._spilled = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed on exit

    def close(self) -> None:
        self._file.close()

    def add(self, block: Kept) -> None:
        if self._cells < _CELLS_IN_MEMORY:
            self._cells += block.size
            self._kept.append(block)
            return
        pickle.dump(block, self._file, pickle.HIGHEST_PROTOCOL)
        self._spilled += 1

    def blocks(self) -> Iterator[Kept]:
        yield from self._kept
        self._file.seek(0)
        for _ in range(self._spilled):
            block: Kept = pickle.load(self._file)  # noqa: S301  # our own anonymous file
            yield block
