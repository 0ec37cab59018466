"""Whether bytes are text in an encoding of a Polish office, and whether the text is markup."""

import codecs
import re
import unicodedata

from files.sniffing import kinds
from files.sniffing.kinds import Kind

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x85")
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?xml.*?\?>|<!--.*?-->|<\?xml-[^>]*\?>)*", re.DOTALL)
_ROOT = re.compile(r"<(?:!doctype\s+)?(?:[\w.-]+:)?([\w.-]+)", re.IGNORECASE)
_HTML = frozenset({"html", "head", "body", "script", "style", "iframe", "div", "meta"})


def decoded(head: bytes, *, is_whole: bool) -> str | None:
    """The beginning of a text, or None where it isn't one.

    Tried in turn: what the byte order mark says, UTF-8, and then the one-byte code pages
    (cp1250, ISO 8859-2), in which anything without control characters is text.
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _plain(_decode(head[len(mark) :], encoding, is_whole=is_whole))
    text = _plain(_decode(head, "utf-8", is_whole=is_whole))
    if text is not None or b"\0" in head:
        return text
    return _plain(head.decode("cp1250", "replace"))


def kind_of(text: str) -> Kind:
    if text.startswith(("#!", "<?php")):
        return kinds.SCRIPT
    start = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, start.end() if start else 0)
    name = root[1].lower() if root else ""
    if name == "svg":
        return kinds.SVG
    if name in _HTML:
        return kinds.HTML
    return kinds.XML if root else kinds.TEXT


def _decode(head: bytes, encoding: str, *, is_whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, final=is_whole)
    except UnicodeDecodeError:
        return None


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    strange = any(
        unicodedata.category(char) == "Cc" and char not in ALLOWED_CONTROLS for char in set(text)
    )
    return None if strange else text
