"""The filled workbooks that lie in a folder or a ZIP; `spreadsheets.units` tells whose they are."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeAlias

from opium.polish import sort_key
from spreadsheets import errors
from spreadsheets.errors import UnusableArgument
from spreadsheets.report import Source
from spreadsheets.sandbox.encodings import most_polish
from spreadsheets.units import units_of

_OWN_INDEX = "index.xlsx"
_INDEX_MARKS = (b"Adresat", b"Ponaglono")
_INDEX_PARTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_LOCK_FILES = ("~$", ".~lock")
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".directory"})
_FORKS = "._"
_MAC_FOLDER = "__MACOSX"
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".xltx", ".ots"})
_PARTS_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "content.xml"})
_ENTRY = 100 * 2**20
_UTF8_NAMES, _LOCKED = 0x800, 0x1

_Content: TypeAlias = Path | Callable[[], BinaryIO]
_Found: TypeAlias = tuple[PurePosixPath, _Content]


def sources_in(place: Path, leave_out: set[Path]) -> list[Source]:
    """The files in a folder or a ZIP, in the Polish order of their units.

    Passed over are the paths in `leave_out`, the platform's own index.xlsx and what operating
    systems leave in folders. Lock files and hidden files that are no workbooks are sources too:
    reading them says what they are. Raises UnusableArgument when there is no such place, it is no
    ZIP, or it has no files.
    """
    try:
        if place.is_dir():
            found = list(_in_folder(place, {path.resolve() for path in leave_out}))
        elif place.is_file():
            found = list(_in_zip(place))
        else:
            raise UnusableArgument(f"Nie ma folderu ani pliku „{place}”.")
        found = [(inner, _judged(inner, content)) for inner, content in found]
        found = [one for one in found if not _is_own_index(*one)]
    except (OSError, RuntimeError) as problem:
        raise UnusableArgument(f"Nie można odczytać „{place}”: {problem}.") from problem
    if not found:
        raise UnusableArgument(f"W „{place}” nie ma żadnych plików do scalenia.")
    units = units_of([inner for inner, _ in found])
    sources = [
        Source(_shown(unit), "", _shown(str(inner)), content)
        for unit, (inner, content) in zip(units, found, strict=True)
    ]
    return sorted(sources, key=lambda source: (sort_key(source.unit), source.file))


def _in_folder(folder: Path, leave_out: set[Path]) -> Iterator[_Found]:
    for path in folder.rglob("*"):
        inner = _inner(path.relative_to(folder).as_posix())
        if path.is_file() and not _is_of_a_system(inner) and path.resolve() not in leave_out:
            yield inner, path


def _in_zip(place: Path) -> Iterator[_Found]:
    try:
        with zipfile.ZipFile(place) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
        raise UnusableArgument(f"Plik „{place}” nie jest poprawnym archiwum ZIP.") from problem
    if any(entry.filename in _PARTS_OF_WORKBOOKS for entry in entries):
        raise UnusableArgument(f"Plik „{place}” jest arkuszem, a nie archiwum z arkuszami.")
    for entry, name in zip(entries, _names(entries), strict=True):
        inner = _inner(name.replace("\\", "/"))
        if inner.name and not _is_of_a_system(inner):
            yield inner, _opener(place, entry)


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """The names as they were typed: old ZIPs say nothing of the code page, so letters tell it."""
    plain = [entry.filename for entry in entries if not entry.flag_bits & _UTF8_NAMES]
    raw = "\n".join(plain).encode("cp437", "replace")
    read = iter(most_polish(raw, ("utf-8", "cp852", "cp1250", "cp437")).split("\n"))
    return [entry.filename if entry.flag_bits & _UTF8_NAMES else next(read) for entry in entries]


def _inner(name: str) -> PurePosixPath:
    """The path inside; a Mac takes letters and accents apart, here they are one again."""
    return PurePosixPath(unicodedata.normalize("NFC", name))


def _opener(place: Path, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    """Opens one entry, unpacked up to a bound; raises WorkbookRefused where it cannot be."""

    def opened() -> BinaryIO:
        if entry.flag_bits & _LOCKED:
            raise errors.WorkbookProtected
        try:
            with zipfile.ZipFile(place) as archive, archive.open(entry) as stream:
                return io.BytesIO(stream.read(_ENTRY + 1))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
            raise errors.WorkbookDamaged from problem

    return opened


def _is_of_a_system(inner: PurePosixPath) -> bool:
    return (
        inner.parts[0] == _MAC_FOLDER
        or inner.name.lower() in _OF_SYSTEMS
        or inner.name.startswith(_FORKS)
    )


def _judged(inner: PurePosixPath, content: _Content) -> _Content:
    """The content, or what says why the file is no answer by its name alone."""
    if inner.name.startswith(_LOCK_FILES):
        return _refusing(errors.LockFile)
    is_hidden = any(part.startswith(".") for part in inner.parts)
    if is_hidden and inner.suffix.lower() not in _WORKBOOKS:
        return _refusing(errors.HiddenFile)
    return content


def _refusing(refusal: type[errors.WorkbookRefused]) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        raise refusal

    return opened


def _is_own_index(inner: PurePosixPath, content: _Content) -> bool:
    """Whether it is the list of answers that the platform puts beside them."""
    if str(inner).lower() != _OWN_INDEX:
        return False
    try:
        opened = content.open("rb") if isinstance(content, Path) else content()
        with opened as stream, zipfile.ZipFile(stream) as archive:
            known = [part for part in _INDEX_PARTS if part in archive.namelist()]
            parts = [archive.open(part).read(_ENTRY) for part in known]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, errors.WorkbookRefused):
        return False
    return all(any(mark in part for part in parts) for mark in _INDEX_MARKS)


def _shown(name: str) -> str:
    """The name as text that any file can hold: bytes that were no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")
