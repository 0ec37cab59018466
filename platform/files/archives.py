"""One ZIP out of many files, written while it is sent, in the memory of a few chunks."""

import hashlib
import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from files import storage
from files.models import File
from files.names import Names
from files.storage import CHUNK, Missing, Readable

logger = logging.getLogger(__name__)

COMPRESSIBLE = frozenset(
    {
        "application/msword",
        "application/rtf",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/xml",
        "image/tiff",
        "text/csv",
        "text/plain",
    }
)
"""Worth the time of the processor; the other allowed types are compressed in themselves."""
FASTEST = 1


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A file under a name; the content is a stored file, bytes, or a path of this machine."""

    name: str
    content: File | bytes | Path


def stream_archive(entries: Iterable[ArchiveEntry]) -> Iterator[bytes]:
    """The ZIP in pieces, in constant memory whatever the sizes; more than 4 GB becomes ZIP64.

    Names are made safe for Windows and unique once more, so `Names` gives the same ones to
    whoever links to them. A file that cannot be read, or is no longer what came in (size, SHA-256),
    does not end the archive and is not missed in silence: an entry `BŁĄD – <name>.txt` says so.
    """
    archive = ZipStream(compress_type=ZIP_STORED)
    names = Names()
    for entry in entries:
        name = names.unique(entry.name)
        content = _Content(entry.content)
        try:
            file = content.open()
        except (Missing, OSError):
            logger.exception("A file is missing from an archive")
            archive.add(_absent(name), names.unique(f"BŁĄD – {name}.txt"))
            continue
        archive.add(
            content.chunks(file),
            name,
            size=content.size,
            compress_type=ZIP_DEFLATED if content.is_compressible else ZIP_STORED,
            compress_level=FASTEST if content.is_compressible else None,
        )
        yield from archive.all_files()
        if not content.is_whole:
            archive.add(_broken(name, content), names.unique(f"BŁĄD – {name}.txt"))
    yield from archive.finalize()


class _Content:
    """What one entry holds, and how much of it was given."""

    def __init__(self, source: File | bytes | Path) -> None:
        self.source = source
        self.given = 0
        self.digest = hashlib.sha256() if isinstance(source, File) else None
        match source:
            case File():
                self.size = source.size
            case bytes():
                self.size = len(source)
            case Path():
                self.size = source.stat().st_size

    @property
    def is_compressible(self) -> bool:
        return isinstance(self.source, File) and self.source.content_type in COMPRESSIBLE

    @property
    def is_whole(self) -> bool:
        """Whether what was given is what was recorded when the file came in."""
        if isinstance(self.source, File) and self.digest is not None:
            return self.digest.hexdigest() == self.source.sha256
        return self.given == self.size

    def open(self) -> Readable:
        match self.source:
            case File():
                return storage.current().open(self.source.key)
            case bytes():
                return io.BytesIO(self.source)
            case Path():
                return self.source.open("rb")

    def chunks(self, file: Readable) -> Iterator[bytes]:
        with closing(file):
            try:
                while chunk := file.read(min(CHUNK, self.size - self.given)):
                    self.given += len(chunk)
                    if self.digest is not None:
                        self.digest.update(chunk)
                    yield chunk
            except OSError:
                logger.exception("A file breaks off while it is read for an archive")


def _absent(name: str) -> bytes:
    return (
        f"Pliku „{name}” nie udało się odczytać z magazynu, więc nie ma go w tym archiwum.\r\n"
        "Pobierz go osobno, a jeśli to się nie uda, zgłoś to administratorowi.\r\n"
    ).encode("utf-8-sig")


def _broken(name: str, content: _Content) -> bytes:
    if content.given < content.size:
        what = f"jest w tym archiwum niepełny: odczytano {content.given} z {content.size} bajtów"
    else:
        what = "ma inną zawartość niż ta, która została przesłana"
    return (
        f"Plik „{name}” {what}.\r\n"
        "Pobierz go osobno, a jeśli to się nie uda, zgłoś to administratorowi.\r\n"
    ).encode("utf-8-sig")
