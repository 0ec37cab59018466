"""The filled workbooks that lie in a folder or a ZIP, and whose they are.

Files saved by the platform are called `<unit> - <subject> - <name>.xlsx`, so the unit is what
stands before the first " - ". In a folder of folders the unit is the outer folder's name.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from opium.polish import sort_key
from spreadsheets.errors import UnusableArgument
from spreadsheets.report import Source

_SEPARATOR = " - "
_OWN_INDEX = "index.xlsx"
_LOCK_FILES = ("~$", ".~lock", ".")
_PARTS_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "content.xml"})
_ENTRY = 100 * 2**20


def sources_in(place: Path, leave_out: set[Path]) -> list[Source]:
    """The files in a folder or a ZIP, in the Polish order of their names.

    Lock files, hidden files, the platform's own index.xlsx and the paths in `leave_out` are passed
    over. Raises UnusableArgument when there is no such place, it is no ZIP, or it has no files.
    """
    try:
        if place.is_dir():
            found = list(_in_folder(place, {path.resolve() for path in leave_out}))
        elif place.is_file():
            found = list(_in_zip(place))
        else:
            raise UnusableArgument(f"Nie ma folderu ani pliku „{place}”.")
    except (OSError, RuntimeError) as problem:
        raise UnusableArgument(f"Nie można odczytać „{place}”: {problem}.") from problem
    if not found:
        raise UnusableArgument(f"W „{place}” nie ma żadnych plików do scalenia.")
    return sorted(found, key=lambda source: (sort_key(source.unit), source.file))


def _in_folder(folder: Path, leave_out: set[Path]) -> Iterator[Source]:
    for path in folder.rglob("*"):
        inner = PurePosixPath(path.relative_to(folder).as_posix())
        if _is_passed_over(inner) or not path.is_file() or path.resolve() in leave_out:
            continue
        yield _source(inner, path)


def _in_zip(place: Path) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(place) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
        raise UnusableArgument(f"Plik „{place}” nie jest poprawnym archiwum ZIP.") from problem
    if any(entry.filename in _PARTS_OF_WORKBOOKS for entry in entries):
        raise UnusableArgument(f"Plik „{place}” jest arkuszem, a nie archiwum z arkuszami.")
    for entry in entries:
        inner = PurePosixPath(entry.filename.replace("\\", "/"))
        if inner.name and not _is_passed_over(inner):
            yield _source(inner, _opener(place, entry))


def _opener(place: Path, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    """Opens one entry, unpacked up to a bound; a damaged or locked one reads as an OSError."""

    def opened() -> BinaryIO:
        try:
            with zipfile.ZipFile(place) as archive, archive.open(entry) as stream:
                return io.BytesIO(stream.read(_ENTRY + 1))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
            raise OSError(str(problem)) from problem

    return opened


def _is_passed_over(inner: PurePosixPath) -> bool:
    hidden = any(part.startswith(_LOCK_FILES) for part in inner.parts)
    return hidden or inner.parts[0] == "__MACOSX" or str(inner).lower() == _OWN_INDEX


def _source(inner: PurePosixPath, content: Path | Callable[[], BinaryIO]) -> Source:
    if len(inner.parts) > 1:
        unit = inner.parts[0]
    else:
        unit = inner.stem.split(_SEPARATOR, maxsplit=1)[0].strip()
    return Source(_shown(unit), "", _shown(str(inner)), content)


def _shown(name: str) -> str:
    """The name as text that any file can hold: bytes that were no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")
