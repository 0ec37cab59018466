"""What a printed page holds, whatever it is printed with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Alignment = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; a line break in the text is one on the page."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    struck: bool = False
    link: str = ""
    size: float | None = None
    """In points; None is the document's own size."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Sequence[Run]
    alignment: Alignment = "left"
    indent: float = 0
    """From the left margin, in points."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points of a list; a numbered one counts from `start`."""

    points: Sequence[Sequence[Run]]
    is_numbered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values, one pair a line: „Tytuł — Łąka”."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: Sequence["Block"]
    columns: int = 1
    """Over how many columns it stretches."""


@dataclass(frozen=True, slots=True)
class Table:
    """`header` names the columns and is repeated on each page; empty where there is none."""

    header: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    widths: Sequence[float] = ()
    """Relative widths of the columns; empty lets the text decide."""
    has_lines: bool = True
    numeric: Sequence[int] = ()
    """Columns (from 0) whose figures stand at the right."""


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    ending: Literal["png", "jpg", "gif", "svg"]
    alternative: str = ""
    """What it shows, for who cannot see it; empty marks a mere decoration."""
    width: float | None = None
    """In points."""
    alignment: Alignment = "left"


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Facts | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Margins:
    """In points."""

    top: float = 62
    right: float = 62
    bottom: float = 62
    left: float = 62


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    blocks: Sequence[Block]
    header: Sequence[Block] = ()
    footer: Sequence[Block] = ()
    """Above the page number where `is_numbered`."""
    margins: Margins = field(default_factory=Margins)
    size: float = 10.5
    is_numbered: bool = True
    is_landscape: bool = False


def plain(text: str) -> Paragraph:
    return Paragraph([Run(text)])
