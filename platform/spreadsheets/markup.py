"""Texts as the content of XML elements in a sheet."""

import re

from spreadsheets.cells import MAX_TEXT

_UNSAFE = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")


class Escaped(dict[str, str]):
    """Texts as XML content; remembers those that repeat."""

    def __missing__(self, text: str) -> str:
        if len(self) > 50_000:  # noqa: PLR2004  # bounds the memory, nothing depends on it
            self.clear()
        escaped = escape(text)
        if len(text) < 100:  # noqa: PLR2004  # long texts do not repeat
            self[text] = escaped
        return escaped


def escape(text: str) -> str:
    """The text as XML content; characters that XML forbids are written Excel's way (_x0007_)."""
    text = xml_text(text[:MAX_TEXT])
    if text[:1].isspace() or text[-1:].isspace():
        return f'<is><t xml:space="preserve">{text}</t></is>'
    return f"<is><t>{text}</t></is>"


def xml_text(text: str) -> str:
    return _UNSAFE.sub(_escaped_character, text) if _UNSAFE.search(text) else text


def _escaped_character(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 1:
        return f"_x005F{found}"
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found)
    if named is not None:
        return named
    return "\ufffd" if found >= "\ud800" else f"_x{ord(found):04X}_"
