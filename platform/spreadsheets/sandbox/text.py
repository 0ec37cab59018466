"""Text files with separators, in every encoding that Polish offices still save.

The order of decisions: byte order mark, UTF-16/32 by the pattern of zero bytes, strict UTF-8, and
then Windows-1250 or ISO-8859-2, told apart by where the two keep ą ś ź.
"""

import codecs
import csv
import io
import re

from spreadsheets.facts import Facts
from spreadsheets.sandbox.refusal import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONLY_CP1250 = b"\xb9\x9c\x9f\xa5\x8c\x8f\x84\x94\x96\x93"
_ONLY_ISO = b"\xb1\xb6\xbc\xa1\xa6\xac"
_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 50
_ESCAPED = re.compile(r'="(.*)"', re.DOTALL)
_FIELD = 10_000_000


def decoded(content: bytes) -> str:
    """The text of the file; raises Refused when it is no text at all."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if b"\0" in content:
        return _strict(content, _by_zeros(content[:4096]))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Refused("workbook_damaged") from problem


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
    raise Refused("not_a_workbook", "binary")


def _eight_bit(content: bytes) -> str:
    control = sum(content[:4096].count(byte) for byte in range(9))
    if control:
        raise Refused("not_a_workbook", "binary")
    windows = sum(content.count(byte) for byte in _ONLY_CP1250)
    iso = sum(content.count(byte) for byte in _ONLY_ISO)
    if iso > windows:
        return content.decode("iso-8859-2")
    return content.decode("cp1250", errors="replace")


def separator(text: str) -> str:
    """The character that cuts the first lines into the most even rows; `sep=;` is obeyed."""
    if text[:4].lower() == "sep=" and len(text) > 4:  # noqa: PLR2004  # "sep=" and its character
        return text[4]
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    return max(_SEPARATORS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: str, mark: str) -> tuple[float, int]:
    if mark not in sample:
        return (0.0, 0)
    widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if any(row)]
    if not widths or max(widths) == 1:
        return (0.0, 0)
    usual = max((width for width in widths if width > 1), key=widths.count)
    return (widths.count(usual) / len(widths), -_SEPARATORS.index(mark))


def rows(content: bytes, facts: Facts) -> list[list[str]]:
    """The rows of the file, Excel's `="015"` unwrapped to the text that it protects."""
    text = decoded(content)
    if "\0" in text:
        raise Refused("not_a_workbook", "binary")
    mark = separator(text)
    if text[:4].lower() == "sep=":
        _, _, text = text.partition("\n")
    csv.field_size_limit(_FIELD)
    try:
        return [
            [_unwrapped(cell) for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        ]
    except csv.Error as problem:
        raise Refused("workbook_damaged") from problem


def _unwrapped(cell: str) -> str:
    if cell.startswith("="):
        escaped = _ESCAPED.fullmatch(cell)
        if escaped:
            return escaped[1].replace('""', '"')
    return cell
