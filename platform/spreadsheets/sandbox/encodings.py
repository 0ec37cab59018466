"""The encoding of a text file, out of those that Polish offices still save.

The order of decisions: byte order mark, UTF-16/32 by the pattern of zero bytes, strict UTF-8, and
then the code page in which the text has the most Polish letters and the fewest strange ones.
"""

import codecs
import re
from collections.abc import Sequence

from spreadsheets.sandbox.refusal import Refused

LOST = "\ufffd"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp1250", "utf-8", "iso-8859-2", "cp852", "mac_latin2")
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_USUAL = frozenset("„”“’‘–—…€§°²³½×·•´ \u00a0üöäÜÖÄßéÉèáčšžřů")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LAST_LATIN = "\u024f"
_SAMPLE = 200_000
_TEXT_CONTROLS = b"\t\n\r\x0c\x1a"
_WEIGHTS = {"polish": 3, "usual": 0, "letter": -1, "other": -3, "lost": -4}


def decoded(content: bytes) -> str:
    """The text of the file; raises Refused when it is no text at all.

    Letters that cannot be read come as LOST.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        return _with_zeros(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _by_letters(content)


def _with_zeros(content: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, or letters with stray zeros between them."""
    readings = []
    encoding = _by_zeros(content[:4096])
    if encoding:
        readings.append(content.decode(encoding, "replace"))
    bare = content.replace(b"\0", b"")
    if bare and not _controls(bare):
        readings.append(decoded(bare))
    honest = [text for text in readings if not _controls(text.encode("utf-8", "replace"))]
    if not honest:
        raise Refused("not_a_workbook", "binary")
    return max(honest, key=lambda text: _score(text[:_SAMPLE]))


def _by_zeros(sample: bytes) -> str:
    usable = sample[: len(sample) // 4 * 4]
    zeros = [usable[start::4].count(0) for start in range(4)]
    quarter = max(len(usable) // 4, 1)
    if zeros[1] > quarter / 2 and zeros[2] > quarter / 2:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    if zeros[1] + zeros[3] > quarter and zeros[0] + zeros[2] < quarter / 2:
        return "utf-16-le"
    if zeros[0] + zeros[2] > quarter and zeros[1] + zeros[3] < quarter / 2:
        return "utf-16-be"
    return ""


def _controls(content: bytes) -> int:
    sample = content[:_SAMPLE]
    return sum(sample.count(byte) for byte in range(32) if byte not in _TEXT_CONTROLS)


def _by_letters(content: bytes) -> str:
    if _controls(content):
        raise Refused("not_a_workbook", "binary")
    return most_polish(content, _CANDIDATES)


def most_polish(content: bytes, candidates: Sequence[str]) -> str:
    """The text in the encoding in which it reads best; the first of equally good ones."""
    sample = content[:_SAMPLE]
    best = max(
        candidates,
        key=lambda encoding: (
            _score(sample.decode(encoding, "replace")),
            -candidates.index(encoding),
        ),
    )
    return content.decode(best, "replace")


def _score(text: str) -> int:
    return sum(_WEIGHTS[_kind(text, found.start())] for found in _FOREIGN.finditer(text))


def _kind(text: str, place: int) -> str:
    letter = text[place]
    if letter == LOST:
        return "lost"
    if letter in _USUAL:
        return "usual"
    if not letter.isalpha() or letter > _LAST_LATIN:
        return "other"
    is_capital_inside = (
        letter.isupper()
        and text[place - 1 : place].islower()
        and text[place + 1 : place + 2].islower()
    )
    if is_capital_inside:
        return "other"
    return "polish" if letter in _POLISH else "letter"
