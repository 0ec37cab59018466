"""Workbooks put together again the way that calamine wants them, for those that only LibreOffice
and Excel understand as they are.
"""

import html
import io
import posixpath
import zipfile
from typing import BinaryIO

from spreadsheets.sandbox.package import Package, Relation

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPELT = {"sharedstrings": "sharedStrings"}
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def with_usual_parts(content: BinaryIO) -> BinaryIO:
    """The same workbook with its parts where Excel puts them, for readers that look only there."""
    content.seek(0)
    moved = io.BytesIO()
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(moved, "w") as target:
        package = Package(archive)
        lines = []
        for number, relation in enumerate(package.parts):
            if relation.part not in package:
                continue
            extension = posixpath.splitext(relation.part)[1]
            place = {
                "sharedstrings": f"sharedStrings{extension}",
                "styles": f"styles{extension}",
            }.get(relation.kind, f"worksheets/sheet{number}{extension}")
            lines.append(_relation_line(relation, place))
            target.writestr(f"xl/{place}", package.read(relation.part))
        extension = posixpath.splitext(package.workbook)[1]
        target.writestr(f"xl/workbook{extension}", package.read(package.workbook))
        listed = "".join(lines)
        target.writestr(
            f"xl/_rels/workbook{extension}.rels",
            f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>',
        )
    moved.seek(0)
    return moved


def _relation_line(relation: Relation, place: str) -> str:
    kind = _SPELT.get(relation.kind, relation.kind)
    name = html.escape(relation.name, quote=True)
    return f'<Relationship Id="{name}" Type="{_TYPES}/{kind}" Target="{place}"/>'


def as_opendocument(content: BinaryIO) -> BinaryIO:
    """An ods without its entry "mimetype", or one that is no zip (fods), as calamine reads it."""
    content.seek(0)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("mimetype", _MIMETYPE)
        if not zipfile.is_zipfile(content):
            content.seek(0)
            target.writestr("content.xml", content.read())
        else:
            with zipfile.ZipFile(content) as archive:
                for name in archive.namelist():
                    if name.endswith(".xml"):
                        target.writestr(name, archive.read(name))
    made.seek(0)
    return made
