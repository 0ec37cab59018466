"""Accessible PDF: tagged, with a title and a language (PDF/UA-1), archivable (PDF/A-2a)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from documents.content import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
)
from documents.errors import NotPrintable

_TEMPLATE = Path(__file__).with_name("document.typ")


def render(document: Document) -> bytes:
    """The document as PDF/UA-1 and PDF/A-2a; no text in it is taken for an instruction.

    Raises `NotPrintable` for a picture that cannot be read or a sign that no font has.
    """
    pictures: dict[str, bytes] = {}
    described = _Description(pictures).document(document)
    with TemporaryDirectory() as folder:
        room = Path(folder)
        for name, content in pictures.items():
            (room / name).write_bytes(content)
        (room / "document.json").write_text(json.dumps(described))
        main = room / "document.typ"
        main.write_bytes(_TEMPLATE.read_bytes())
        try:
            return typst.compile(
                main, root=room, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
            )
        except RuntimeError as error:
            raise NotPrintable(reason=str(error).splitlines()[0]) from error


@dataclass(slots=True)
class _Description:
    """The document as the template reads it; pictures are put aside as files."""

    pictures: dict[str, bytes]
    headings: list[int] = field(default_factory=list)

    def document(self, document: Document) -> dict[str, Any]:
        return {
            "title": document.title or "Dokument",
            "blocks": self._blocks(document.blocks),
            "header": self._blocks(document.header),
            "footer": self._blocks(document.footer),
            "size": document.size,
            "numbered": document.is_numbered,
            "landscape": document.is_landscape,
            "margins": {
                side: getattr(document.margins, side) for side in ("top", "right", "bottom", "left")
            },
        }

    def _blocks(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading():
                told: dict[str, Any] = {"text": block.text, "level": self._level(block.level)}
            case Paragraph():
                told = {"alignment": block.alignment, "indent": block.indent}
                told["runs"] = _runs(block.runs)
            case Bullets():
                told = {"numbered": block.is_numbered, "start": block.start}
                told["points"] = [_runs(point) for point in block.points]
            case Facts():
                told = {"pairs": [list(pair) for pair in block.pairs]}
            case Table():
                told = self._table(block)
            case Picture():
                told = self._picture(block)
            case PageBreak():
                told = {}
        return told | {"kind": type(block).__name__}

    def _level(self, wanted: int) -> int:
        """PDF/UA lets no level be skipped: a third under a first becomes a second."""
        while self.headings and self.headings[-1] >= wanted:
            self.headings.pop()
        self.headings.append(wanted)
        return len(self.headings)

    def _table(self, table: Table) -> dict[str, Any]:
        cells = [[self._cell(cell) for cell in row] for row in table.rows]
        columns = max(
            [len(table.header), *(sum(cell["columns"] for cell in row) for row in cells)], default=0
        )
        return {
            "columns": columns or 1,
            "header": list(table.header),
            "rows": cells,
            "widths": list(table.widths) if len(table.widths) == columns else [],
            "lines": table.has_lines,
            "numeric": list(table.numeric),
        }

    def _cell(self, cell: str | Cell) -> dict[str, Any]:
        if isinstance(cell, str):
            return {"columns": 1, "text": cell, "blocks": []}
        return {"columns": cell.columns, "text": "", "blocks": self._blocks(cell.blocks)}

    def _picture(self, picture: Picture) -> dict[str, Any]:
        name = f"picture-{len(self.pictures)}.{picture.ending}"
        self.pictures[name] = picture.content
        return {
            "name": name,
            "alternative": picture.alternative,
            "width": picture.width,
            "alignment": picture.alignment,
        }


def _runs(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text,
            "bold": run.bold,
            "italic": run.italic,
            "underline": run.underline,
            "struck": run.struck,
            "link": run.link if run.link.startswith(("https://", "http://", "mailto:")) else "",
            "size": run.size,
        }
        for run in runs
        if run.text
    ]
