"""What a file is, by its content; its name is never asked."""

import io
import zipfile
from typing import BinaryIO

from spreadsheets.sandbox import repacked
from spreadsheets.sandbox.package import Package
from spreadsheets.sandbox.refusal import Refused
from spreadsheets.sandbox.unlocking import unlocked

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MAIN_PARTS = ((b"spreadsheetml", ""), (b"wordprocessingml", "word"), (b"presentationml", "slides"))
_WORD_DOCUMENT = "WordDocument".encode("utf-16-le")
_SLIDES = "PowerPoint Document".encode("utf-16-le")
_MAIL = "__substg1.0_".encode("utf-16-le")
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"{\\rtf", "word"),
    (b"MZ", "binary"),
    (b"\x7fELF", "binary"),
)
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_ODS_TYPE = b"opendocument.spreadsheet"
_HEAD = 4096


def kind(content: BinaryIO, unpacked: int) -> tuple[str, BinaryIO]:
    """`ooxml`, `xlsb`, `ods`, `xls`, `old` (an xls of Excel 2 to 4) or `text`, and what to read.

    That is the content itself, unless it had to be unlocked or put together again. Raises Refused
    for everything else. `unpacked` bounds the bytes that a zip may declare to hold.
    """
    head = content.read(_HEAD)
    content.seek(0)
    if not head:
        raise Refused("workbook_empty")
    if head.startswith(b"PK"):
        return _kind_of_zip(content, unpacked)
    if head.startswith(_OLE):
        return _kind_of_ole(content, unpacked)
    if head.startswith(_BIFF):
        return "old", content
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise Refused("not_a_workbook", what)
    if _is_flat_opendocument(head):
        return "ods", repacked.as_opendocument(content)
    _refuse_markup(head)
    return "text", content


def _kind_of_zip(content: BinaryIO, unpacked: int) -> tuple[str, BinaryIO]:
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
            if sum(entry.file_size for entry in entries) > unpacked:
                raise Refused("workbook_too_demanding")
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("workbook_protected")
            if "content.xml" in names:
                has_type = _is_opendocument_with_type(archive)
                return "ods", content if has_type else repacked.as_opendocument(content)
            return _kind_of_package(archive, names), content
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, KeyError) as problem:
        raise Refused("workbook_damaged") from problem
    finally:
        content.seek(0)


def _kind_of_package(archive: zipfile.ZipFile, names: set[str]) -> str:
    package = Package(archive)
    if package.workbook.endswith(".bin"):
        return "xlsb"
    if package.workbook:
        with package.open(package.workbook) as part:
            head = part.read(_HEAD)
        for mark, what in _MAIN_PARTS:
            if mark in head:
                if what:
                    raise Refused("not_a_workbook", what)
                return "ooxml"
    if any(name.startswith("xl/") for name in names):
        return "ooxml"
    if any(name.startswith("word/") for name in names):
        raise Refused("not_a_workbook", "word")
    if any(name.startswith("ppt/") for name in names):
        raise Refused("not_a_workbook", "slides")
    raise Refused("not_a_workbook", "archive")


def _is_opendocument_with_type(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument says what it is; raises Refused for one that is no sheet."""
    names = set(archive.namelist())
    manifest, mimetype = b"", b""
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as part:
            manifest = part.read(1_000_000)
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            mimetype = part.read(200)
    if b"encryption-data" in manifest:
        raise Refused("workbook_protected")
    if b"opendocument.text" in mimetype:
        raise Refused("not_a_workbook", "word")
    if b"opendocument.presentation" in mimetype:
        raise Refused("not_a_workbook", "slides")
    return bool(mimetype and manifest)


def _kind_of_ole(content: BinaryIO, unpacked: int) -> tuple[str, BinaryIO]:
    everything = content.read()
    content.seek(0)
    if _ENCRYPTED_PACKAGE in everything:
        return _kind_of_zip(io.BytesIO(unlocked(everything)), unpacked)
    for mark, what in ((_WORD_DOCUMENT, "word"), (_SLIDES, "slides"), (_MAIL, "mail")):
        if mark in everything:
            raise Refused("not_a_workbook", what)
    return "xls", content


def _is_flat_opendocument(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"office:document " in start and _ODS_TYPE in start


def _refuse_markup(head: bytes) -> None:
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"id;p"):
        raise Refused("old_workbook", "sylk")
    if not start.startswith(b"<"):
        return
    if b"excel.sheet" in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refused("old_workbook", "xml")
    if b"opendocument" in start:
        raise Refused("old_workbook", "fods")
    if b"<html" in start or b"<table" in start or start.startswith((b"<!doctype", b"<head")):
        raise Refused("not_a_workbook", "html")
    if start.startswith(b"<?xml"):
        raise Refused("not_a_workbook", "binary")
