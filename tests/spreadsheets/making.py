"""Workbooks that look like something: struck out, formatted, commented, merged, broken."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

STRUCK = {"font_strikeout": True}
RAISED = {"font_script": 1}


def styled(
    rows: Sequence[Sequence[Any]],
    looks: Mapping[str, Mapping[str, Any]] | None = None,
    extra: Callable[[Any, Any], None] | None = None,
    name: str = "Dane",
) -> bytes:
    """An xlsx; `looks` are xlsxwriter's formats by cell, a list in a cell is a text of runs."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        formats = {cell: book.add_format(dict(look)) for cell, look in (looks or {}).items()}
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                look = formats.get(f"{chr(65 + column)}{number + 1}")
                _write(book, sheet, (number, column), value, look=look, day=day)
        if extra is not None:
            extra(book, sheet)
    return target.getvalue()


def _write(book, sheet, place, value, *, look, day) -> None:
    match value:
        case None:
            if look is not None:
                sheet.write_blank(*place, None, look)
        case list():
            runs = [book.add_format(run) if isinstance(run, dict) else run for run in value]
            sheet.write_rich_string(*place, *runs)
        case dt.date() | dt.time() | dt.timedelta():
            sheet.write_datetime(*place, value, look or day)
        case _:
            sheet.write(*place, value, look)


def repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """The zip with every entry as `change(name, content)` gives it back; None leaves it out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            made = change(name, old.read(name))
            if made is not None:
                new.writestr(*made)
    return target.getvalue()


def with_part(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The zip with the text of one entry changed."""
    return repacked(
        content,
        lambda name, old: (name, change(old.decode()).encode() if name == part else old),
    )


def xls_object(kind: int, text: str, place: tuple[int, int], *, is_on: bool = False) -> bytes:
    """The records of an object over the cells of an xls, as Excel writes them ([MS-XLS])."""

    def record(number: int, body: bytes) -> bytes:
        return struct.pack("<HH", number, len(body)) + body

    row, column = place
    anchor = struct.pack("<HHI9H", 0, 0xF010, 18, 0, column, 5, row, 5, column + 1, 5, row + 1, 5)
    common = struct.pack("<HHHHH12x", 0x15, 0x12, kind, 1, 0x6011)
    state = struct.pack("<HHHHHH", 0x12, 8, is_on, 0, 0, 0)
    words = b"\x01" + text.encode("utf-16-le")
    return (
        record(0x00EC, b"\x0f\x00\x04\xf0" + b"\x00" * 20 + anchor)
        + record(0x005D, common + state + struct.pack("<HH", 0, 0))
        + record(0x00EC, struct.pack("<HHI", 0, 0xF00D, 0))
        + record(0x01B6, struct.pack("<HHHHHHHI", 0x212, 0, 0, 0, 0, len(text), 16, 0))
        + record(0x003C, words)
        + record(0x003C, b"\x00" * 16)
    )


def styled_xls(
    rows: Sequence[Sequence[Any]], looks: Mapping[str, str] | None = None, objects: bytes = b""
) -> bytes:
    """An xls; `looks` are xlwt's easyxf words by cell, after "|" a number format."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Dane")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None:
                continue
            words, _, code = (looks or {}).get(f"{chr(65 + column)}{number + 1}", "").partition("|")
            style = xlwt.easyxf(words, num_format_str=code or None)
            if isinstance(value, list):
                fonts = [xlwt.easyfont(words) if words else xlwt.Font() for _, words in value]
                runs = [(text, font) for (text, _), font in zip(value, fonts, strict=True)]
                sheet.write_rich_text(number, column, runs, style)
            else:
                sheet.write(number, column, value, style)
    if objects:
        written = sheet.get_biff_data()
        sheet.get_biff_data = lambda: written[:-4] + objects + written[-4:]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"), ("draw", "drawing"), ("form", "form"), ("meta", "meta"),
    )
)  # fmt: skip  # pairs
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_content(rows: str, styles: str = "", before: str = "") -> str:
    """content.xml with one sheet, its rows as XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} '
        f'office:version="1.3"><office:automatic-styles>{styles}</office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="Dane">{before}{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def ods_of(content: str, **parts: str) -> bytes:
    """An ods of this content.xml; other parts by name, dots as double underscores."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", content)
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return target.getvalue()


def ods_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def ods_cell(value: Any, attributes: str = "", inside: str = "", element: str = "") -> str:
    element = element or "table:table-cell"
    if value is None:
        return f"<{element} {attributes}>{inside}</{element}>"
    kind = (
        f'office:value-type="float" office:value="{value}"'
        if isinstance(value, int | float)
        else 'office:value-type="string"'
    )
    if "value-type" in attributes:
        kind = ""
    shown = inside or f"<text:p>{value}</text:p>"
    return f"<{element} {kind} {attributes}>{shown}</{element}>"


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def excel_95(rows: Sequence[Sequence[str | float]]) -> bytes:
    """The workbook stream of Excel 5.0 and 95 (BIFF5), in code page 1250."""
    start = struct.pack("<HHHH", 0x0500, 5, 0, 0)
    sheet = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0))
    sheet += _record(0x0200, struct.pack("<HHHHH", 0, len(rows), 0, len(rows[0]), 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                letters = value.encode("cp1250")
                sheet += _record(0x0204, place + struct.pack("<H", len(letters)) + letters)
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0xEE, 0) + b"\x05Arial"
    styles = b"".join(
        _record(0x00E0, struct.pack("<HHHHHHHH", 0, 0, kind, 0x20, 0, 0, 0, 0))
        for kind in (0xFFF5, 1)
    )
    head = _record(0x0809, start) + _record(0x0042, struct.pack("<H", 1250))
    head += _record(0x0031, font) * 4 + styles
    position = len(head) + 4 + 7 + 4 + 4
    head += _record(0x0085, struct.pack("<IHB", position, 0, 4) + b"Dane") + _record(0x000A, b"")
    return head + sheet + _record(0x000A, b"")


def compound(stream: bytes, name: str = "Book") -> bytes:
    """A compound file with one stream, "Book" as before 1997 or "Workbook"."""
    target = io.BytesIO()
    XlsDoc().save(target, stream + b"\0" * max(0, 4096 - len(stream)))
    content = target.getvalue()
    start = content.index("Workbook".encode("utf-16-le"))
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    return content[:start] + entry + content[start + len(entry) :]
