"""What a docx says, read for printing: python-docx underneath, our own pages above."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Literal, cast

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from documents.content import (
    Alignment,
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Margins,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
)

_ALIGNMENTS: dict[Any, Alignment] = {
    ALIGN.CENTER: "center",
    ALIGN.RIGHT: "right",
    ALIGN.JUSTIFY: "justify",
}
_ENDINGS: dict[str, Literal["png", "jpg", "gif"]] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
}
_EMU = 12700
"""English metric units in a point."""


def document(content: bytes, *, title: str) -> Document:
    """The letter's blocks, its header and footer of the first section, and its margins."""
    opened = docx.Document(BytesIO(content))
    section = opened.sections[0]
    reader = _Reader(opened)
    return Document(
        title=title,
        blocks=reader.blocks(opened.iter_inner_content()),
        header=reader.blocks(section.header.iter_inner_content()),
        footer=reader.blocks(section.footer.iter_inner_content()),
        margins=Margins(
            top=_points(section.top_margin, 62),
            right=_points(section.right_margin, 62),
            bottom=_points(section.bottom_margin, 62),
            left=_points(section.left_margin, 62),
        ),
        is_numbered=False,
        size=reader.size,
    )


def lines(content: bytes) -> list[str]:
    """The texts alone, as somebody reads them aloud: paragraphs, and rows of tables."""
    return [text for text in _texts(docx.Document(BytesIO(content))) if text.strip()]


def _texts(opened: Any) -> Iterator[str]:
    for content in opened.iter_inner_content():
        if isinstance(content, WordTable):
            for row in content.rows:
                yield " | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        else:
            yield content.text


class _Reader:
    def __init__(self, opened: Any) -> None:
        self.opened = opened
        normal = opened.styles["Normal"].font.size if "Normal" in opened.styles else None
        self.size = normal.pt if normal is not None else 11.0

    def blocks(self, contents: Any) -> list[Block]:
        """Paragraphs and tables in their order; neighbouring points become one list."""
        found: list[Block] = []
        for content in contents:
            if isinstance(content, WordTable):
                found.append(self._table(content))
                continue
            point = self._point(content)
            if point is None:
                found.extend(self._paragraph(content))
            elif found and _goes_on(found[-1], point):
                last = cast("Bullets", found[-1])
                found[-1] = Bullets([*last.points, *point.points], is_numbered=last.is_numbered)
            else:
                found.append(point)
        while found and found[-1] == Paragraph([]):
            found.pop()
        return found

    def _paragraph(self, paragraph: WordParagraph) -> Iterator[Block]:
        runs = self._runs(paragraph)
        alignment = _ALIGNMENTS.get(_alignment(paragraph), "left")
        if level := _heading(paragraph):
            if text := "".join(run.text for run in runs).strip():
                yield Heading(text, level)
        elif runs or not paragraph._p.findall(f".//{qn('w:drawing')}"):
            indent = paragraph.paragraph_format.left_indent
            yield Paragraph(runs, alignment, _points(indent, 0))
        yield from self._pictures(paragraph, alignment)
        if paragraph._p.findall(f".//{qn('w:br')}[@{qn('w:type')}='page']"):
            yield PageBreak()

    def _point(self, paragraph: WordParagraph) -> Bullets | None:
        """A list of the one point that this paragraph is."""
        style = paragraph.style
        properties = paragraph._p.pPr
        numbered: Any = properties.numPr if properties is not None else None
        if numbered is None and style is not None and style.element.pPr is not None:
            numbered = style.element.pPr.numPr
        if numbered is None or numbered.numId is None or numbered.numId.val == 0:
            return None
        level = numbered.ilvl.val if numbered.ilvl is not None else 0
        is_numbered = self._numbering(numbered.numId.val, level) != "bullet"
        return Bullets([self._runs(paragraph)], is_numbered=is_numbered)

    def _numbering(self, number: int, level: int) -> str:
        numbering = self.opened.part.numbering_part.element
        instance = numbering.find(f"{qn('w:num')}[@{qn('w:numId')}='{number}']")
        abstract = instance.find(qn("w:abstractNumId")).get(qn("w:val"))
        path = (
            f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{abstract}']/"
            f"{qn('w:lvl')}[@{qn('w:ilvl')}='{level}']/{qn('w:numFmt')}"
        )
        kind = numbering.find(path)
        return "bullet" if kind is None else str(kind.get(qn("w:val")))

    def _runs(self, paragraph: WordParagraph) -> list[Run]:
        found: list[Run] = []
        for part in paragraph.iter_inner_content():
            if isinstance(part, Hyperlink):
                found += [self._run(run, part.url) for run in part.runs]
            else:
                found.append(self._run(part, ""))
        return [run for run in found if run.text]

    def _run(self, run: WordRun, link: str) -> Run:
        size = run.font.size
        return Run(
            text=run.text.replace("\f", ""),
            bold=bool(_styled(run, "bold")),
            italic=bool(_styled(run, "italic")),
            underline=bool(run.underline),
            struck=bool(run.font.strike),
            link=link,
            size=size.pt if size is not None else None,
        )

    def _pictures(self, paragraph: WordParagraph, alignment: Alignment) -> Iterator[Picture]:
        for drawing in paragraph._p.findall(f".//{qn('w:drawing')}"):
            shown = drawing.find(f".//{qn('a:blip')}")
            extent = drawing.find(f".//{qn('wp:extent')}")
            described = drawing.find(f".//{qn('wp:docPr')}")
            if shown is None:
                continue
            part = paragraph.part.related_parts[shown.get(qn("r:embed"))]
            ending = _ENDINGS.get(part.content_type)
            if ending is None:
                continue
            yield Picture(
                content=part.blob,
                ending=ending,
                alternative=described.get("descr", "") if described is not None else "",
                width=float(extent.get("cx", 0)) / _EMU if extent is not None else None,
                alignment=alignment,
            )

    def _table(self, table: WordTable) -> Table:
        rows = [[self._cell(cell, table) for cell in row._tr.tc_lst] for row in table.rows]
        header: list[str] = []
        if rows and _is_header(table) and all(cell.columns == 1 for cell in rows[0]):
            header = [cell.text.strip() for cell in table.rows[0].cells]
            rows = rows[1:]
        return Table(header, rows, widths=_widths(table), has_lines=_has_lines(table))

    def _cell(self, cell: Any, table: WordTable) -> Cell:
        return Cell(self.blocks(WordCell(cell, table).iter_inner_content()), cell.grid_span)


def _is_header(table: WordTable) -> bool:
    """Whether Word repeats the first row as a header on each page."""
    return table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _goes_on(last: Block, point: Bullets) -> bool:
    return isinstance(last, Bullets) and last.is_numbered == point.is_numbered


def _heading(paragraph: WordParagraph) -> int:
    """The level of a heading style, in English or Polish Word; 0 for other paragraphs."""
    name = (paragraph.style.name or "" if paragraph.style is not None else "").lower()
    if name in {"title", "tytuł"}:
        return 1
    for word in ("heading ", "nagłówek "):
        if name.startswith(word) and name.removeprefix(word).isdigit():
            return int(name.removeprefix(word))
    return 0


def _alignment(paragraph: WordParagraph) -> Any:
    if paragraph.alignment is not None or paragraph.style is None:
        return paragraph.alignment
    return paragraph.style.paragraph_format.alignment


def _styled(run: WordRun, name: str) -> bool | None:
    own = getattr(run, name)
    if own is not None or run.style is None:
        return cast("bool | None", own)
    return cast("bool | None", getattr(run.style.font, name))


def _widths(table: WordTable) -> Sequence[float]:
    found = [column.width for column in table.columns]
    return [float(width) for width in found if width] if all(found) else []


def _has_lines(table: WordTable) -> bool:
    """A table of the style „Table Grid”, or with borders of its own; others place texts."""
    if table._tbl.tblPr is not None and table._tbl.tblPr.find(qn("w:tblBorders")) is not None:
        return True
    name = table.style.name if table.style is not None else ""
    return name not in {"Normal Table", "Standardowy", "", None}


def _points(length: Any, otherwise: float) -> float:
    return otherwise if length is None else float(length.pt)
