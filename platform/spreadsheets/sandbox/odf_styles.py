"""Styles of an ods, as far as they say more than how a cell is drawn."""

from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from spreadsheets.sandbox import formats

Attributes: TypeAlias = dict[str, str]
_MOST = 20_000
_FORMATS = frozenset(
    {"number:number-style", "number:percentage-style", "number:currency-style", "number:text-style"}
)
_PIECES = frozenset({"number:number", "number:embedded-text", "number:text", "number:fraction"})
_WORDS = frozenset({"number:embedded-text", "number:text", "number:currency-symbol"})


@dataclass(slots=True)
class _Style:
    parent: str = ""
    format: str = ""
    is_struck: bool | None = None
    is_raised: bool = False


@dataclass(slots=True)
class _Format:
    """A number format in the making: Excel's code for it."""

    is_percent: bool = False
    code: str = ""
    digits: int = 0
    number_at: int = -1
    embedded: list[tuple[int, str]] = field(default_factory=list)


class Styles:
    """Fed by a parser of styles.xml or content.xml; automatic styles come before the sheets."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._codes: dict[str, str] = {}
        self._style: _Style | None = None
        self._name = ""
        self._format: _Format | None = None
        self._piece = ""
        self._position = 0
        self._words = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.say

    def start(self, name: str, attributes: Attributes) -> bool:
        """Whether the element belongs to a style."""
        if name == "style:style":
            self._style = _Style(
                attributes.get("style:parent-style-name", ""),
                attributes.get("style:data-style-name", ""),
            )
            if len(self._styles) < _MOST:
                self._styles[attributes.get("style:name", "")] = self._style
        elif name == "style:text-properties" and self._style is not None:
            self._add_text_properties(self._style, attributes)
        elif name in _FORMATS:
            self._name = attributes.get("style:name", "")
            self._format = _Format(name == "number:percentage-style")
        elif self._format is not None:
            self._start_piece(self._format, name, attributes)
        else:
            return False
        return True

    def end(self, name: str) -> None:
        if name == "style:style":
            self._style = None
        elif self._format is None:
            return
        elif name in _FORMATS:
            if len(self._codes) < _MOST:
                self._codes[self._name] = _code(self._format)
            self._format = None
        elif name in _WORDS:
            if name == "number:embedded-text":
                self._format.embedded.append((self._position, self._words))
            else:
                self._format.code += _quoted(self._words)
            self._piece = ""

    def say(self, said: str) -> bool:
        if self._format is not None:
            if self._piece:
                self._words += said
            return True
        return False

    def _start_piece(self, made: _Format, name: str, attributes: Attributes) -> None:
        if name == "number:number":
            made.digits = _count(attributes.get("number:min-integer-digits", "1"))
            made.number_at = len(made.code)
            decimals = _count(attributes.get("number:decimal-places", "0"))
            factor = attributes.get("number:display-factor", "1")
            made.code += ("." + "0" * decimals if decimals else "") + "," * (factor.count("0") // 3)
        elif name in _WORDS:
            self._piece, self._words = name, ""
            self._position = _count(attributes.get("number:position", "0"))

    @staticmethod
    def _add_text_properties(style: _Style, attributes: Attributes) -> None:
        line = attributes.get("style:text-line-through-style") or attributes.get(
            "style:text-line-through-type"
        )
        if line is not None:
            style.is_struck = line != "none"
        position = attributes.get("style:text-position", "")
        style.is_raised = position.startswith("super") or (
            position[:1].isdigit() and not position.startswith("0")
        )

    def is_struck(self, name: str) -> bool:
        for style in self._line(name):
            if style.is_struck is not None:
                return style.is_struck
        return False

    def is_raised(self, name: str) -> bool:
        return any(style.is_raised for style in self._line(name))

    def code(self, name: str, kind: str, currency: str) -> str:
        """The telling number format of a cell; empty where it only sets digits."""
        if kind == "percentage":
            return "0%"
        if kind not in {"float", "currency"}:
            return ""
        if kind == "currency" and currency:
            return "" if currency.upper() == "PLN" else f'0 "{currency[:10]}"'
        named = next((style.format for style in self._line(name) if style.format), "")
        code = self._codes.get(named, "")
        return code if formats.tells(code) else ""

    def _line(self, name: str) -> list[_Style]:
        """A style and its ancestors."""
        found: list[_Style] = []
        while name in self._styles and len(found) < 10:  # noqa: PLR2004  # styles may be circular
            found.append(self._styles[name])
            name = found[-1].parent
        return found


def _count(said: str) -> int:
    return min(int(said), 30) if said.isdecimal() and len(said) < 5 else 0  # noqa: PLR2004  # no int bombs


def _quoted(words: str) -> str:
    if words == "%":
        return words
    clean = words.replace('"', "")
    return f'"{clean}"' if clean else ""


def _code(made: _Format) -> str:
    """The format with its digits where they belong: 00-000 for five digits with a dash at 3."""
    if made.number_at < 0:
        return made.code
    digits = ["0"] * made.digits or ["#"]
    for position, words in sorted(made.embedded):
        digits.insert(max(made.digits - position, 0), _quoted(words))
    code = made.code[: made.number_at] + "".join(digits) + made.code[made.number_at :]
    return code if not made.is_percent or "%" in code else f"{code}%"
