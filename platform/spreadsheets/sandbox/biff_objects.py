"""What lies over the cells of an xls: text boxes and form controls ([MS-XLS] 2.4.181, 2.4.329)."""

import struct
from dataclasses import dataclass, replace

from spreadsheets.facts import MOST, Place, Shape
from spreadsheets.sandbox.details import Details

_DRAWING, _OBJECT, _TEXT, _CONTINUE = 0x00EC, 0x005D, 0x01B6, 0x003C
_KINDS = {0x02: "text", 0x06: "text", 0x0B: "tick", 0x0C: "choice"}
"""By the type of an object: a rectangle, a text box, a check box, an option button."""
_STATE = 0x0012
_ANCHOR = struct.pack("<HI", 0xF010, 18)
"""The head of a client anchor in a drawing: its type and its length."""


@dataclass(slots=True)
class Objects:
    """Follows the records of a sheet and puts down its objects as they end."""

    place: Place | None = None
    shape: Shape | None = None
    awaited: int = 0

    def take(self, details: Details, kind: int, body: bytes) -> None:
        """A record of the sheet; raises what `struct` raises where it is damaged."""
        if kind == _DRAWING:
            self.place = _place(body) or self.place
        elif kind == _OBJECT:
            self._put(details)
            self.shape, self.awaited = _shape(body, self.place), 0
        elif kind == _TEXT and self.shape is not None:
            (self.awaited,) = struct.unpack_from("<H", body, 10)
        elif kind == _CONTINUE and self.shape is not None and self.awaited:
            text, self.awaited = _words(body)[: self.awaited], 0
            self.shape = replace(self.shape, text=text.replace("\r", "\n").strip())

    def _put(self, details: Details) -> None:
        shape, self.shape = self.shape, None
        is_told = shape is not None and (shape.text or shape.kind != "text")
        if shape is not None and is_told and len(details.facts.shapes) < MOST:
            details.facts.shapes.append(shape)

    def end(self, details: Details | None) -> None:
        """The sheet is over; without one something within it is, or the workbook's own part."""
        if details is not None:
            self._put(details)
            self.place, self.awaited = None, 0


def _place(body: bytes) -> Place | None:
    """The cell under the upper left corner."""
    at = body.rfind(_ANCHOR)
    if at < 0 or len(body) < at + len(_ANCHOR) + 8:
        return None
    column, _, row = struct.unpack_from("<HHH", body, at + len(_ANCHOR) + 2)
    return row, column


def _shape(body: bytes, place: Place | None) -> Shape | None:
    (kind,) = struct.unpack_from("<H", body, 4)
    if kind not in _KINDS:
        return None
    return Shape(_KINDS[kind], "", place, is_on=_is_on(body))


def _is_on(body: bytes) -> bool:
    """Whether a control is ticked; the parts of an object are (type, length, content)."""
    at = 0
    while at + 4 <= len(body):
        part, length = struct.unpack_from("<HH", body, at)
        if part == _STATE:
            return bool(struct.unpack_from("<H", body, at + 4)[0] == 1)
        at += 4 + length
    return False


def _words(body: bytes) -> str:
    return body[1:].decode("utf-16-le" if body[:1] == b"\x01" else "latin-1", "replace")
