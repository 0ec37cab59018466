"""Finds the fields of a letter's template, and gives the XML that Jinja is to run.

docxtpl's own way is a row of patterns over the whole text, each of which looks from every open tag
to the end: 16,000 of them take a minute. This is one walk over the texts of each paragraph. A
field lies within a paragraph, however Word has cut it up; `{%tr …%}`, `{%tc …%}` and `{%p …%}`
stand for the row, the cell or the paragraph that they stand in.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from documents.errors import TemplateFaulty

_OPENING = re.compile(r"\{[{%#]")
_CLOSINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STANDS_FOR = re.compile(r"(tr|tc|p|r)\s")
_PARAGRAPH, _TEXT = qn("w:p"), qn("w:t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
"""What Word makes of quotation marks and spaces while one types."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Field:
    start: int
    end: int
    code: str
    """As Jinja reads it."""
    stands_for: str
    """The tag of the element that it replaces; empty for a field within the text."""


@dataclass(slots=True)
class _Codes:
    """Fields set aside under a mark that no text can hold, so that no XML can change them."""

    mark: str = field(default_factory=lambda: f"field-{secrets.token_hex(8)}-")
    kept: list[str] = field(default_factory=list)

    def put(self, code: str) -> str:
        self.kept.append(code)
        return f"{self.mark}{len(self.kept) - 1}."

    def back(self, xml: str) -> str:
        pattern = re.compile(rf"(?:<!--)?{self.mark}(\d+)\.(?:-->)?")
        return pattern.sub(lambda found: self.kept[int(found[1])], xml)


def prepared(xml: str) -> str:
    """The XML of a part with each field whole and free of marks of XML.

    Takes time in proportion to its length. Raises `TemplateFaulty` for a field without an end or
    one for a row where there is none.
    """
    tree: Any = parse_xml(xml.encode())
    codes = _Codes()
    replaced: dict[Any, list[str]] = {}
    for texts in _by_paragraph(tree):
        joined = "".join(text.text or "" for text in texts)
        found = list(_fields(joined))
        if found:
            _rewrite(texts, joined, found, codes, replaced)
    for element, marks in replaced.items():
        _replace(element, codes.put("".join(map(codes.back, marks))))
    return codes.back(etree.tostring(tree, encoding="unicode"))


def _by_paragraph(tree: Any) -> Iterator[Sequence[Any]]:
    """The texts of each paragraph, those of a text box in it apart."""
    found: dict[Any, list[Any]] = {}
    for text in tree.iter(_TEXT):
        found.setdefault(_above(text, _PARAGRAPH), []).append(text)
    yield from found.values()


def _above(element: Any, tag: str) -> Any:
    """The nearest element of this tag around it. XML is at most 256 levels deep."""
    while element is not None and element.tag != tag:
        element = element.getparent()
    return element


def _fields(text: str) -> Iterator[_Field]:
    at = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        end = text.find(_CLOSINGS[opening[0]], opening.end())
        if end < 0:
            raise TemplateFaulty(
                reason=f"niezamknięte albo błędne pole („{text[start : start + _SHOWN]}”); "
                "pole zaczyna się i kończy w tym samym akapicie"
            )
        at = end + 2
        inner = text[opening.end() : end].translate(_TYPED)
        stands_for = _STANDS_FOR.match(inner)
        kind = stands_for[1] if stands_for else ""
        code = f"{opening[0]} {inner.removeprefix(kind)}{text[end:at]}" if kind else ""
        yield _Field(
            start,
            at,
            code or f"{opening[0]}{inner}{text[end:at]}",
            qn(f"w:{kind}") if kind in {"tr", "tc", "p"} else "",
        )


def _rewrite(
    texts: Sequence[Any],
    joined: str,
    found: Sequence[_Field],
    codes: _Codes,
    replaced: dict[Any, list[str]],
) -> None:
    """Put each field, as a mark, whole into the text in which it begins."""
    waiting = iter(found)
    current = next(waiting, None)
    at = offset = 0
    for element in texts:
        end = offset + len(element.text or "")
        kept: list[str] = []
        while current is not None and current.start < end:
            kept += (joined[at : current.start], _placed(element, current, codes, replaced))
            at = current.end
            current = next(waiting, None)
        kept.append(joined[at:end])
        at, offset = max(at, end), end
        element.text = "".join(kept)
        element.set(_SPACE, "preserve")


def _placed(
    element: Any, one: _Field, codes: _Codes, replaced: dict[Any, list[str]]
) -> str:
    """The mark that stands for the field in the text; none where it replaces an element."""
    mark = codes.put(one.code)
    if not one.stands_for:
        return mark
    around = _above(element, one.stands_for)
    if around is None:
        raise TemplateFaulty(reason=f"pole „{one.code}” dotyczy wiersza, a stoi poza tabelą")
    replaced.setdefault(around, []).append(mark)
    return ""


def _replace(element: Any, mark: str) -> None:
    parent = element.getparent()
    if parent is not None:
        instead = etree.Comment(mark)
        instead.tail = element.tail
        parent.replace(element, instead)
