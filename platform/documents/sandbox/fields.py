"""Looks at the fields of a letter's template before docxtpl does.

docxtpl finds them by a row of patterns over the whole XML. Those take time in proportion to its
length as long as every field is closed, and its square where one is not: 16,000 open tags took a
minute. So one walk refuses what is open, and what is more than any letter has.
"""

import re
from typing import TypeAlias

from documents.errors import TemplateFaulty

MOST = 10_000
"""Fields of one part of a template; docxtpl takes half a second for them."""
_TAGS = r"(?:<[^>]*>)*"
_OPENING = re.compile(rf"\{{{_TAGS}([{{%#]{_TAGS})")
_CLOSINGS = {
    "{": re.compile(rf"\}}{_TAGS}\}}"),
    "%": re.compile(rf"%{_TAGS}\}}"),
    "#": re.compile(rf"#{_TAGS}\}}"),
}
_SHOWN = 40
_Found: TypeAlias = "re.Match[str]"


def check(xml: str) -> None:
    """Raise `TemplateFaulty` for a field without an end, and for too many of them.

    Takes time in proportion to the length of the XML. Word may cut a field up as it likes.
    """
    at = remark_ends = 0
    for _ in range(MOST):
        opening = _OPENING.search(xml, at)
        if opening is None:
            return
        kind = opening[1][0]
        closing = _CLOSINGS[kind].search(xml, opening.end())
        if closing is None or _is_cut(xml, opening, closing, remark_ends):
            raise TemplateFaulty(
                reason=f"niezamknięte albo błędne pole („{_shown(xml, opening.start())}”)"
            )
        if kind == "#":
            # The fields in a remark are looked at as well: docxtpl does not know that it is one.
            at, remark_ends = opening.end(), closing.end()
        else:
            at = closing.end()
    raise TemplateFaulty(reason=f"więcej niż {MOST} pól w jednej części pisma")


def _is_cut(xml: str, opening: _Found, closing: _Found, remark_ends: int) -> bool:
    """Whether another field begins in this one, so that it has no end of its own."""
    if opening[1][0] == "#":
        return opening.start() < remark_ends
    return _OPENING.search(xml, opening.end(), closing.start()) is not None


def _shown(xml: str, start: int) -> str:
    return re.sub(r"<[^>]*>", "", xml[start : start + 20 * _SHOWN])[:_SHOWN]
