"""How the cells of an xlsx look: number formats, struck out fonts, texts of mixed looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spreadsheets.sandbox import formats
from spreadsheets.sandbox.details import Rich
from spreadsheets.sandbox.package import Package, attributes, text

_CHUNK = 1 << 20
_MARKS = (b"strike", b"vertAlign")
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b(.*?)</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(
    rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)",
    re.DOTALL,
)
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b([^>]*)/?>")
_RAISED = re.compile(rb"<(?:\w+:)?vertAlign\b[^>]*superscript")
_OFF = re.compile(rb'val\s*=\s*["\'](?:0|false|off)["\']')
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_ITEM = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r\b[^>]*>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</(?:\w+:)?t>")
_MOST_RICH = 20_000
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy hh:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 49: "@",
}  # fmt: skip  # ECMA-376 part 1, 18.8.30, as a table


@dataclass(frozen=True, slots=True)
class Looks:
    """How cells of each style look.

    `codes` are the number formats (empty for General), `telling` those that say more than digits,
    `struck` the styles of struck out cells, `rich` the shared texts of mixed looks by number.
    """

    codes: list[str] = field(default_factory=list)
    telling: dict[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    rich: dict[int, Rich] = field(default_factory=dict)


def looks(package: Package, *, facts: bool) -> Looks:
    """Of a workbook; without `facts` only its number formats."""
    styles = package.small(package.part("styles"))
    fonts, codes = _cell_styles(styles)
    if not facts:
        return Looks(codes)
    telling = {number: code for number, code in enumerate(codes) if formats.tells(code)}
    is_struck = _struck_fonts(styles)
    struck = frozenset(number for number, font in enumerate(fonts) if font in is_struck)
    return Looks(codes, telling, struck, _shared_texts(package))


def _cell_styles(styles: bytes) -> tuple[list[int], list[str]]:
    """The font's number and the format's code of each cell style."""
    known = dict(BUILT_IN)
    for number_format in map(attributes, _NUMBER_FORMAT.findall(styles)):
        known[integer(number_format.get(b"numFmtId"))] = text(number_format.get(b"formatCode", b""))
    block = _CELL_FORMATS.search(styles)
    found = [attributes(style) for style in _FORMAT.findall(block[1])] if block else []
    codes = [known.get(integer(style.get(b"numFmtId")), "") for style in found]
    fonts = [integer(style.get(b"fontId")) for style in found]
    return fonts, ["" if code.lower() == "general" else code for code in codes]


def _struck_fonts(styles: bytes) -> set[int]:
    block = _FONTS.search(styles)
    if block is None or b"strike" not in block[1]:
        return set()
    return {number for number, font in enumerate(_FONT.findall(block[1])) if is_struck(font)}


def is_struck(properties: bytes) -> bool:
    found = _STRIKE.search(properties)
    return found is not None and not _OFF.search(found[1])


def integer(raw: bytes | None) -> int:
    return int(raw) if raw and raw.isdigit() and len(raw) < 8 else 0  # noqa: PLR2004  # no int bombs


def rich_text(item: bytes) -> Rich:
    """The runs of a text element (si, is, comment's text)."""
    runs = []
    for run in _RUN.findall(item):
        properties, _, _ = run.partition(b"t>")
        words = "".join(map(text, _TEXT.findall(run)))
        runs.append((words, is_struck(properties), bool(_RAISED.search(properties))))
    return Rich(tuple(runs))


def plain_text(item: bytes) -> str:
    return "".join(map(text, _TEXT.findall(item)))


def _shared_texts(package: Package) -> dict[int, Rich]:
    part = package.part("sharedstrings")
    if not part or not _has_looks(package, part):
        return {}
    found: dict[int, Rich] = {}
    for number, item in enumerate(_items(package, part)):
        if any(mark in item for mark in _MARKS):
            rich = rich_text(item)
            if not rich.is_plain and len(found) < _MOST_RICH:
                found[number] = rich
    return found


def _has_looks(package: Package, part: str) -> bool:
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            if any(mark in window for mark in _MARKS):
                return True
            tail = chunk[-16:]
    return False


def _items(package: Package, part: str) -> Iterator[bytes]:
    buffer = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            buffer += chunk
            end = 0
            for item in _ITEM.finditer(buffer):
                end = item.end()
                yield item[1] or b""
            buffer = buffer[end:]
