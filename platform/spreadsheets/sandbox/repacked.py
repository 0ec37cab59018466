"""Workbooks put together again as calamine wants them, where only Excel and LibreOffice cope."""

import html
import io
import posixpath
import zipfile
from typing import BinaryIO

from spreadsheets.sandbox.package import Package, Relation

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPELT = {"sharedstrings": "sharedStrings"}
_KEPT = frozenset(
    {"worksheet", "chartsheet", "dialogsheet", "macrosheet", "sharedstrings", "styles"}
)
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    "</manifest:manifest>"
)
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_USUAL = {
    "": "xl/workbook.xml",
    "sharedstrings": "xl/sharedstrings.xml",
    "styles": "xl/styles.xml",
}


def has_usual_parts(package: Package) -> bool:
    """Whether the parts of an xlsx lie where calamine looks, in the letters that it reads."""
    parts = [("", package.workbook), *((r.kind, r.part) for r in package.parts)]
    return (
        "_rels/.rels" in package
        and all(_USUAL.get(kind, part.lower()) == part.lower() for kind, part in parts)
        and not any(package.is_wide(part) for kind, part in parts if _is_read(kind, part, package))
    )


def _is_read(kind: str, part: str, package: Package) -> bool:
    return kind in {"", "worksheet", "sharedstrings"} and part in package


def with_usual_parts(content: BinaryIO) -> BinaryIO:
    """The same workbook with its parts where Excel puts them, for readers that look only there."""
    content.seek(0)
    moved = io.BytesIO()
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(moved, "w") as target:
        package = Package(archive)
        target.writestr("[Content_Types].xml", _CONTENT_TYPES)
        main = f'<Relationship Id="main" Type="{_TYPES}/officeDocument" Target="xl/workbook.xml"/>'
        target.writestr("_rels/.rels", _relations(main))
        lines = []
        for number, relation in enumerate(package.parts):
            if relation.part not in package or relation.kind not in _KEPT:
                continue
            extension = posixpath.splitext(relation.part)[1]
            place = {
                "sharedstrings": f"sharedStrings{extension}",
                "styles": f"styles{extension}",
            }.get(relation.kind, f"worksheets/sheet{number}{extension}")
            lines.append(_relation_line(relation, place))
            target.writestr(f"xl/{place}", package.read(relation.part))
        target.writestr("xl/workbook.xml", package.read(package.workbook))
        target.writestr("xl/_rels/workbook.xml.rels", _relations("".join(lines)))
    moved.seek(0)
    return moved


def _relations(lines: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'


def _relation_line(relation: Relation, place: str) -> str:
    kind = _SPELT.get(relation.kind, relation.kind)
    name = html.escape(relation.name, quote=True)
    return f'<Relationship Id="{name}" Type="{_TYPES}/{kind}" Target="{place}"/>'


def as_opendocument(content: BinaryIO) -> BinaryIO:
    """An ods that does not say what it is, or one that is no zip (fods), as calamine reads it."""
    content.seek(0)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("mimetype", _MIMETYPE)
        target.writestr("META-INF/manifest.xml", _MANIFEST)
        if not zipfile.is_zipfile(content):
            content.seek(0)
            target.writestr("content.xml", content.read())
        else:
            with zipfile.ZipFile(content) as archive:
                for name in archive.namelist():
                    if name.endswith(".xml") and not name.startswith("META-INF/"):
                        target.writestr(name, archive.read(name))
    made.seek(0)
    return made
