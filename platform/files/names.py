"""File names that open everywhere: Polish letters kept, nothing that Windows refuses.

The rules are Microsoft's "Naming Files, Paths, and Namespaces": characters and device names that
are reserved, no dot or blank at the end, and a path of 260 characters in all, of which an archive
name takes at most `LONGEST`, so that it can be unpacked into a folder of ordinary depth. Linux and
its kin count bytes instead, of which a Polish letter takes two.
"""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 180
"""The most UTF-16 units (what Windows counts) of a name, its number included."""
LONGEST_IN_BYTES = 255
"""The most bytes of a name in UTF-8, its number included."""
LONGEST_EXTENSION = 16
SHORTEST_PART = 12
ROOM_FOR_NUMBER = len(" (99999)")
SEPARATOR = " - "
NAMELESS = "plik"
_ELLIPSIS = "…"

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])(?=[ .]|$)", re.IGNORECASE
)
_SUBSTITUTES = str.maketrans({'"': "'", "<": "(", ">": ")", ":": "-", "/": "-", "\\": "-"})


def given_name(name: str) -> str:
    """The name that an uploader gave: composed letters, no folders, nothing invisible.

    Direction marks could show a file as another type (`faktura[RLO]fdp.exe`), so they go.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return _BLANKS.sub(" ", _visible(last)).strip()


def extension_of(name: str) -> str:
    """Small letters, without the dot; empty where there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem.strip(". ") else ""


def archive_name(*parts: str, extension: str) -> str:
    """`<part> - <part> - <part>.<extension>`, safe and at most `LONGEST` with room for a number.

    Empty parts are left out. Where it is too long the longest part is cut, with an ellipsis.
    """
    suffix = _suffix(extension)
    kept = [clean for part in parts if (clean := _clean(part))] or [NAMELESS]
    room = LONGEST - ROOM_FOR_NUMBER - _length(suffix)
    stem = SEPARATOR.join(_fitted(kept, room - _length(SEPARATOR) * (len(kept) - 1)))
    return _safe_stem(_cut(stem, room)) + suffix


def safe_name(name: str) -> str:
    """The name of a file, made safe; a safe one is left as it is."""
    whole = _clean(name)
    extension = extension_of(whole)
    if not extension.isalnum() or len(extension) > LONGEST_EXTENSION:
        extension = ""
    suffix = whole[-len(extension) - 1 :] if extension else ""
    stem = whole.removesuffix(suffix).strip(" .") or NAMELESS
    return _safe_stem(_cut(stem, LONGEST - _length(suffix))) + suffix


class Names:
    """Hands out names of one folder, no two of which Windows or macOS would take for the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name made safe, and numbered ` (2)`, ` (3)`… where it is taken."""
        name = safe_name(name)
        if self._take(name):
            return name
        extension = extension_of(name)
        stem = name[: -len(extension) - 1] if extension else name
        suffix = name[len(stem) :]
        number = self._last.get(_same(name), 1)
        while True:
            number += 1
            mark = f" ({number})"
            room = LONGEST - _length(mark) - _length(suffix)
            numbered = _cut(stem, room) + mark + suffix
            if self._take(numbered):
                self._last[_same(name)] = number
                return numbered

    def _take(self, name: str) -> bool:
        key = _same(name)
        if key in self._taken:
            return False
        self._taken.add(key)
        return True


def _same(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded.upper().casefold())


def _visible(text: str) -> str:
    kept = (
        " " if char in "\t\n\r\v\f" else char
        for char in text
        if char in "\t\n\r\v\f" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return "".join(kept)


def _clean(part: str) -> str:
    text = _visible(unicodedata.normalize("NFC", part)).translate(_SUBSTITUTES)
    return _BLANKS.sub(" ", _FORBIDDEN.sub("", text)).strip(" .")


def _suffix(extension: str) -> str:
    letters = "".join(char for char in _clean(extension) if char.isalnum()).lower()
    return f".{_cut_plainly(letters, LONGEST_EXTENSION)}" if letters else ""


def _safe_stem(stem: str) -> str:
    stem = stem.strip(" .") or NAMELESS
    return (
        _RESERVED.sub(lambda found: f"{found[0]}_", stem, count=1)
        if _RESERVED.match(stem)
        else stem
    )


def _fitted(parts: Sequence[str], room: int) -> list[str]:
    """The parts, the longest cut first, until together they take at most `room`."""
    fitted = list(parts)
    excess = sum(map(_length, fitted)) - room
    while excess > 0:
        longest = max(range(len(fitted)), key=lambda index: _length(fitted[index]))
        others = sorted((_length(part) for part in fitted), reverse=True)
        second = others[1] if len(others) > 1 else 0
        target = max(_length(fitted[longest]) - excess, second - 1, SHORTEST_PART)
        if target >= _length(fitted[longest]):
            break
        fitted[longest] = _cut(fitted[longest], target)
        excess = sum(map(_length, fitted)) - room
    return fitted


def _cut(text: str, room: int) -> str:
    if _length(text) <= room:
        return text
    return _cut_plainly(text, room - _length(_ELLIPSIS)).rstrip(" .,-") + _ELLIPSIS


def _cut_plainly(text: str, room: int) -> str:
    """At most `room` long, never between a letter and its accents."""
    while _length(text) > room:
        text = text[:-1]
        while text and unicodedata.combining(text[-1]):
            text = text[:-1]
    return text


def _length(text: str) -> int:
    """In UTF-16 units, or in bytes on the same scale where these are scarcer.

    So what is at most `LONGEST` long keeps both limits.
    """
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    size = len(text.encode("utf-8", "surrogatepass"))
    return max(units, -(-size * LONGEST // LONGEST_IN_BYTES))
