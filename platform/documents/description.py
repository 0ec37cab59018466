"""A document as plain data, so that it can pass into the process that draws it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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


def describe(document: Document) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the template for Typst reads, and the pictures by their names in it."""
    pictures: dict[str, bytes] = {}
    return _Description(pictures).document(document), pictures


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
