"""What calamine leaves out of an xlsb: errors, looks, merged cells, comments ([MS-XLSB] 2)."""

import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from spreadsheets.cells import Fault
from spreadsheets.facts import MOST, Place
from spreadsheets.sandbox import formats
from spreadsheets.sandbox.biff import ERRORS
from spreadsheets.sandbox.details import Details, Inspected, Wish
from spreadsheets.sandbox.looks import BUILT_IN
from spreadsheets.sandbox.package import Package, Relation

_ROW, _CELLS, _CELL_ERROR, _FORMULA_ERROR, _MERGED = 0, range(1, 12), 3, 11, 176
_SHEET, _FONT, _FORMAT, _STYLE = 156, 43, 44, 47
_STYLES_BEGIN, _STYLES_END = 617, 618
_COMMENT, _COMMENT_TEXT = 635, 637
_ERRORS = frozenset({_CELL_ERROR, _FORMULA_ERROR})
_STRUCK, _HIDDEN_ROW = 0x0008, 0x10
_LONGEST_RECORD = 1 << 20

_Record = tuple[int, bytes]


def inspect(content: BinaryIO, wish: Wish) -> Inspected:
    """Details by sheet name; a damaged part gives what was found before the damage."""
    try:
        with zipfile.ZipFile(content) as archive:
            package = Package(archive)
            looks = _looks(package) if wish.facts else ({}, frozenset())
            found = {}
            for name, part in _sheets(package):
                found[name] = _details(package, part, *looks, wish)
            return Inspected(found, package.properties() if wish.facts else {})
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        return Inspected()


def _records(package: Package, part: str) -> Iterator[_Record]:
    """The records of a part, as far as they are in order."""
    with package.open(part) as stream:
        while (kind := _number(stream, 2)) is not None:
            length = _number(stream, 4)
            if length is None or length > _LONGEST_RECORD:
                return
            yield kind, stream.read(length)


def _number(stream: BinaryIO, longest: int) -> int | None:
    value = 0
    for place in range(longest):
        byte = stream.read(1)
        if not byte:
            return None
        value |= (byte[0] & 0x7F) << (7 * place)
        if not byte[0] & 0x80:
            break
    # A record's kind is written with its continuation bits in place.
    return value


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    by_name: dict[str, Relation] = {relation.name: relation for relation in package.parts}
    for kind, body in _records(package, package.workbook):
        if kind == _SHEET and len(body) > 8:  # noqa: PLR2004  # state and number come first
            name, rest = _string(body, 8)
            title, _ = _string(body, rest)
            if name in by_name and by_name[name].part in package:
                yield title, by_name[name].part


def _string(body: bytes, start: int) -> tuple[str, int]:
    """A text with its length before it, and where the next field begins."""
    if start + 4 > len(body):
        return "", start
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * min(length, len(body))
    return body[start + 4 : end].decode("utf-16-le", "replace"), end


def _looks(package: Package) -> tuple[dict[int, str], frozenset[int]]:
    """The telling formats by cell style, and the styles of struck out cells."""
    part = package.part("styles")
    codes, struck_fonts, fonts = dict(BUILT_IN), set(), 0
    telling: dict[int, str] = {}
    struck: set[int] = set()
    number, within = 0, False
    for kind, body in _records(package, part) if part else ():
        if kind == _FORMAT and len(body) > 6:  # noqa: PLR2004  # the format's number, then its code
            codes[int.from_bytes(body[:2], "little")] = _string(body, 2)[0]
        elif kind == _FONT and len(body) > 4:  # noqa: PLR2004  # height and flags
            if int.from_bytes(body[2:4], "little") & _STRUCK:
                struck_fonts.add(fonts)
            fonts += 1
        elif kind in {_STYLES_BEGIN, _STYLES_END}:
            within = kind == _STYLES_BEGIN
        elif kind == _STYLE and within and len(body) > 6:  # noqa: PLR2004  # three numbers
            _, code, font = struct.unpack_from("<HHH", body)
            if formats.tells(codes.get(code, "")):
                telling[number] = codes[code]
            if font in struck_fonts:
                struck.add(number)
            number += 1
    return telling, frozenset(struck)


def _details(
    package: Package, part: str, telling: dict[int, str], struck: frozenset[int], wish: Wish
) -> Details:
    details = Details()
    row = 0
    for kind, body in _records(package, part):
        if kind == _ROW and len(body) > 11:  # noqa: PLR2004  # the row's number, its flags
            row = int.from_bytes(body[:4], "little")
            if wish.facts and body[11] & _HIDDEN_ROW:
                details.facts.hidden_rows.add(row)
        elif kind in _CELLS and len(body) >= 8:  # noqa: PLR2004  # column and style
            column, style = int.from_bytes(body[:4], "little"), int.from_bytes(body[4:7], "little")
            if kind in _ERRORS and len(body) > 8:  # noqa: PLR2004  # the error
                details.add_fault(row, column, Fault(ERRORS.get(body[8], "#N/A")))
            _add_look(details, (row, column), telling.get(style, ""), is_struck=style in struck)
        elif kind == _MERGED and len(body) >= 16 and len(details.merged) < MOST:  # noqa: PLR2004  # area
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            details.merged.append((top, left, bottom, right))
    for relation in package.relations(part) if wish.facts else ():
        if relation.kind == "comments" and relation.part in package:
            _add_comments(package, relation.part, details)
    return details


def _add_look(details: Details, place: Place, code: str, *, is_struck: bool) -> None:
    if code or is_struck:
        details.add_look(place, code, is_struck=is_struck)


def _add_comments(package: Package, part: str, details: Details) -> None:
    place: tuple[int, int] | None = None
    for kind, body in _records(package, part):
        if kind == _COMMENT and len(body) >= 20:  # noqa: PLR2004  # author and area
            row, _, column, _ = struct.unpack_from("<IIII", body, 4)
            place = (row, column)
        elif kind == _COMMENT_TEXT and place is not None:
            details.facts.note(details.facts.comments, place, _string(body, 1)[0].strip())
