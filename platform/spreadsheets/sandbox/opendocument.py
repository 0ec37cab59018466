"""What calamine leaves out of an ods: errors, formulas, looks, merged cells, what is hidden."""

import datetime as dt
import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from spreadsheets.cells import MAX_COLUMNS, MAX_ROWS, Fault
from spreadsheets.facts import MOST, Shape
from spreadsheets.sandbox.details import Details, Inspected, Rich, Wish
from spreadsheets.sandbox.odf_styles import Attributes, Styles

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1 << 20
_MARKS = (b"table:formula", b'value-type="error"', b"time-value=", b"text:line-break", b"text:tab")
_TELLING = (
    *_MARKS, b"-spanned=", b"covered-table-cell", b"office:annotation", b"line-through", b"draw:",
    b"text-position", b"percentage", b"currency", b"visibility=", b"row-group", b"embedded-text",
    b"min-integer-digits", b"number:text",
)  # fmt: skip  # a list of words
_SPANNED = 2_000
_REPEATED = 1_000
_DURATION = re.compile(r"-?PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_REFERENCE = re.compile(r"\[([^\]]*)\]")
_SPACES = 100
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_BREAKS = {"text:tab": "\t", "text:line-break": "\n"}
_UNSAID = {"dc:creator", "dc:date", "meta:date-string"}
"""Who wrote a comment and when is not what it says."""
_DAY = dt.timedelta(days=1)


def inspect(content: BinaryIO, wish: Wish) -> Inspected:
    """Details by sheet name; a damaged part gives nothing (calamine will say so)."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
            properties = _properties(archive, names) if wish.facts else {}
            if not _is_interesting(archive, _TELLING if wish.facts else _MARKS):
                return Inspected({}, properties)
            styles = Styles()
            if wish.facts and "styles.xml" in names:
                _feed(archive, "styles.xml", styles.parser)
            scan = _Scan(styles, wish)
            _feed(archive, "content.xml", scan.parser)
            return Inspected(scan.sheets, properties)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, KeyError, expat.ExpatError):
        return Inspected()


def _feed(archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)


def _properties(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """The document's own properties (meta:user-defined)."""
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal name
        name = attributes.get("meta:name", "") if element == "meta:user-defined" else ""

    def words(said: str) -> None:
        if name and len(found) < _SPACES:
            found[name] = found.get(name, "") + said

    if "meta.xml" in names:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.CharacterDataHandler = start, words
        _feed(archive, "meta.xml", parser)
    return found


def _is_interesting(archive: zipfile.ZipFile, marks: tuple[bytes, ...]) -> bool:
    overlap = b""
    with archive.open("content.xml") as stream:
        while chunk := stream.read(_CHUNK):
            window = overlap + chunk
            if any(mark in window for mark in marks):
                return True
            overlap = chunk[-32:]
    return False


class _Scan:
    """Counts rows and columns, with their repetitions, to give each telling cell its place."""

    def __init__(self, styles: Styles, wish: Wish) -> None:
        self.sheets: dict[str, Details] = {}
        self._styles = styles
        self._wish = wish
        self._sheet = Details()
        self._row = self._next_row = self._column = self._next_column = 0
        self._columns: list[str] = []
        self._row_style = ""
        self._level = 0
        self._path: list[str] = []
        self._cell: Attributes | None = None
        self._count = 1
        self._words = _Words(styles)
        self._controls: dict[str, Shape] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "table:table": self._start_sheet,
            "table:table-column": self._start_column,
            "table:table-row": self._start_row,
            "table:table-cell": self._start_cell,
            "table:covered-table-cell": self._start_cell,
            "table:table-row-group": self._start_group,
            "office:annotation": self._start_aside,
            "draw:frame": self._start_aside,
            "draw:custom-shape": self._start_aside,
            "draw:control": self._place_control,
            "form:checkbox": self._note_control,
            "form:radio": self._note_control,
        }

    def _start(self, name: str, attributes: Attributes) -> None:
        self._path.append(name)
        if self._styles.start(name, attributes):
            return
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)
        elif self._words.is_open:
            self._words.start(name, attributes)

    def _end(self, name: str) -> None:
        self._path.pop()
        self._styles.end(name)
        if name in _CELLS:
            self._end_cell()
        elif name in {"office:annotation", "draw:frame", "draw:custom-shape"}:
            self._end_aside(name)
        elif name == "table:table-row-group":
            self._level -= 1
        elif self._words.is_open:
            self._words.end(name)

    def _say(self, said: str) -> None:
        if not self._styles.say(said) and self._words.is_open:
            self._words.say(said)

    def _start_sheet(self, attributes: Attributes) -> None:
        self._sheet = self.sheets.setdefault(attributes.get("table:name", ""), Details())
        self._row = self._next_row = self._next_column = self._level = 0
        self._columns = []

    def _start_column(self, attributes: Attributes) -> None:
        count = _repeated(attributes, "table:number-columns-repeated", MAX_COLUMNS)
        style = attributes.get("table:default-cell-style-name", "")
        if len(self._columns) + count <= MAX_COLUMNS:
            self._columns += [style] * count
        if self._is_hidden(attributes):
            first = len(self._columns) - count
            self._sheet.facts.hidden_columns.update(range(first, first + min(count, _REPEATED)))

    def _start_row(self, attributes: Attributes) -> None:
        self._row, self._column, self._next_column = self._next_row, 0, 0
        count = _repeated(attributes, "table:number-rows-repeated", MAX_ROWS)
        self._next_row += count
        self._row_style = attributes.get("table:default-cell-style-name", "")
        facts = self._sheet.facts
        rows = range(self._row, self._row + min(count, _REPEATED))
        if self._is_hidden(attributes) and len(facts.hidden_rows) < MOST:
            facts.hidden_rows.update(rows)
        if self._level and self._wish.facts and len(facts.outline) < MOST:
            facts.outline.update(dict.fromkeys(rows, self._level))

    def _is_hidden(self, attributes: Attributes) -> bool:
        return self._wish.facts and attributes.get("table:visibility") in {"collapse", "filter"}

    def _start_group(self, _attributes: Attributes) -> None:
        self._level += 1

    def _start_cell(self, attributes: Attributes) -> None:
        self._column = self._next_column
        self._count = _repeated(attributes, "table:number-columns-repeated", MAX_COLUMNS)
        self._next_column += self._count
        self._cell = attributes
        self._words.open()

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell, None
        rich = self._words.close()
        if attributes is None:
            return
        words = "".join(text for text, _, _ in rich.runs).strip()
        places = [(self._row, self._column + n) for n in range(min(self._count, _REPEATED))]
        if self._words.is_broken and attributes.get("office:value-type") == "string":
            self._sheet.texts.update(dict.fromkeys(places, words or None))
        fault = _fault(attributes, words)
        if fault:
            self._sheet.add_fault(*places[0], fault)
        duration = _duration(attributes)
        if duration is not None:
            for place in places:
                self._sheet.texts[place] = duration
        if self._wish.facts:
            self._add_facts(attributes, places, rich)

    def _add_facts(self, attributes: Attributes, places: list[tuple[int, int]], rich: Rich) -> None:
        facts, (row, column) = self._sheet.facts, places[0]
        formula = attributes.get("table:formula", "")
        if formula:
            facts.note(facts.formulas, places[0], _formula(formula))
        down = _repeated(attributes, "table:number-rows-spanned", MAX_ROWS)
        right = _repeated(attributes, "table:number-columns-spanned", MAX_COLUMNS)
        if down * right > 1 and len(self._sheet.merged) < _SPANNED:
            self._sheet.merged.append((row, column, row + down - 1, column + right - 1))
        kind = attributes.get("office:value-type", "")
        if not kind:
            return
        style = attributes.get("table:style-name", "") or self._default_style(column)
        code = self._styles.code(style, kind, attributes.get("office:currency", ""))
        is_struck = self._styles.is_struck(style)
        if code or is_struck:
            for place in places:
                self._sheet.add_look(place, code, is_struck=is_struck)
        if kind == "string":
            for place in places:
                self._sheet.add_rich(place, rich)

    def _default_style(self, column: int) -> str:
        own = self._columns[column] if column < len(self._columns) else ""
        return self._row_style or own

    def _start_aside(self, _attributes: Attributes) -> None:
        self._words.open()

    def _end_aside(self, name: str) -> None:
        """A comment or a drawing: its words are not the cell's."""
        words = "".join(text for text, _, _ in self._words.close().runs).strip()
        if not words or not self._wish.facts:
            return
        place = (self._row, self._column) if self._cell is not None else None
        if name == "office:annotation":
            if place is not None:
                self._sheet.facts.note(self._sheet.facts.comments, place, words)
        elif len(self._sheet.facts.shapes) < MOST:
            self._sheet.facts.shapes.append(Shape("text", words, place))

    def _note_control(self, attributes: Attributes) -> None:
        name = attributes.get("xml:id") or attributes.get("form:id", "")
        kind = "tick" if self._path[-1] == "form:checkbox" else "choice"
        state = attributes.get("form:current-state", attributes.get("form:state", ""))
        is_on = state == "checked" or attributes.get("form:current-selected") == "true"
        linked = attributes.get("form:linked-cell", "").rpartition(".")[2]
        shape = Shape(kind, attributes.get("form:label", ""), None, is_on=is_on, linked=linked)
        if len(self._controls) < MOST:
            self._controls[name] = shape

    def _place_control(self, attributes: Attributes) -> None:
        control = self._controls.get(attributes.get("draw:control", ""))
        if control is None or not self._wish.facts or len(self._sheet.facts.shapes) >= MOST:
            return
        place = (self._row, self._column) if self._cell is not None else None
        self._sheet.facts.shapes.append(
            Shape(control.kind, control.text, place, control.is_on, control.linked)
        )


class _Words:
    """Collects the words of nested cells, comments and boxes, with their looks."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.is_broken = False
        """Whether the last cell has what calamine glues to its words: breaks, comments, boxes."""
        self._open: list[list[tuple[str, bool, bool]]] = []
        self._unsaid = 0
        self._spans: list[tuple[bool, bool]] = []

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    def open(self) -> None:
        self.is_broken = bool(self._open)
        self._open.append([])

    def close(self) -> Rich:
        return Rich(tuple(self._open.pop())) if self._open else Rich(())

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "text:p" and self._open[-1]:
            self.say("\n")
        elif name == "text:span":
            style = attributes.get("text:style-name", "")
            struck, raised = self._spans[-1] if self._spans else (False, False)
            self._spans.append(
                (struck or self._styles.is_struck(style), raised or self._styles.is_raised(style))
            )
        elif name == "text:s":
            self.say(" " * _repeated(attributes, "text:c", _SPACES))
        elif name in _BREAKS:
            self.is_broken = True
            self.say(_BREAKS[name])
        elif name in _UNSAID:
            self._unsaid += 1

    def end(self, name: str) -> None:
        if name == "text:span" and self._spans:
            self._spans.pop()
        elif name in _UNSAID:
            self._unsaid -= 1

    def say(self, said: str) -> None:
        if self._unsaid:
            return
        struck, raised = self._spans[-1] if self._spans else (False, False)
        self._open[-1].append((said, struck, raised))


def _repeated(attributes: Attributes, name: str, limit: int) -> int:
    count = attributes.get(name, "1")
    return min(int(count), limit) if count.isdecimal() and len(count) < 8 else 1  # noqa: PLR2004  # no int bombs


def _fault(attributes: Attributes, words: str) -> Fault | None:
    if attributes.get("calcext:value-type") == "error":
        return Fault(words[:20] if words.startswith("#") else "#ERR!")
    if "table:formula" in attributes and "office:value-type" not in attributes:
        return Fault()
    return None


def _duration(attributes: Attributes) -> dt.timedelta | None:
    """Hours that are no time of a day: 30:15; calamine gives them as a text."""
    found = _DURATION.fullmatch(attributes.get("office:time-value", ""))
    if found is None or max(map(len, found.groups())) > 7:  # noqa: PLR2004  # no int bombs
        return None
    hours, minutes, seconds = map(int, found.groups())
    long = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    is_negative = attributes["office:time-value"].startswith("-")
    return None if long < _DAY and not is_negative else -long if is_negative else long


def _formula(said: str) -> str:
    """of:=SUM([.B4:.B9]) as SUM(B4:B9)."""
    _, _, formula = said.partition("=")
    return _REFERENCE.sub(
        lambda found: ":".join(part.removeprefix(".") for part in found[1].split(":")), formula
    )
