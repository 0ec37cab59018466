"""What lies over and around the cells of an xlsx: comments, text boxes, form controls, tables."""

import re
from collections.abc import Iterator

from spreadsheets import references
from spreadsheets.facts import MOST, Facts, ListTable, Shape
from spreadsheets.sandbox.looks import integer, plain_text
from spreadsheets.sandbox.package import Package, attributes, text

_COMMENT = re.compile(rb"<(?:\w+:)?comment\s([^>]*)>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_THREADED = re.compile(
    rb"<(?:\w+:)?threadedComment\s([^>]*)>(.*?)</(?:\w+:)?threadedComment>", re.DOTALL
)
_THREADED_TEXT = re.compile(rb"<(?:\w+:)?text\b[^>]*>([^<]*)<")
_ANCHOR = re.compile(
    rb"<(?:\w+:)?(?:two|one)CellAnchor\b.*?</(?:\w+:)?(?:two|one)CellAnchor>"
    rb"|<(?:\w+:)?absoluteAnchor\b.*?</(?:\w+:)?absoluteAnchor>",
    re.DOTALL,
)
_FROM = re.compile(rb"<(?:\w+:)?from>.*?<(?:\w+:)?col>(\d+)<.*?<(?:\w+:)?row>(\d+)<", re.DOTALL)
_PARAGRAPH = re.compile(rb"<a:p\b[^>]*>(.*?)</a:p>", re.DOTALL)
_DRAWN_TEXT = re.compile(rb"<a:t\b[^>]*>([^<]*)</a:t>")
_CONTROL_ONLY = re.compile(rb'<mc:Choice\b[^>]*Requires\s*=\s*"a14"')
_VML_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_VML_KIND = re.compile(rb'ObjectType\s*=\s*["\'](\w+)["\']')
_VML_TEXT = re.compile(rb"<v:textbox\b[^>]*>(.*?)</v:textbox>", re.DOTALL)
_VML_ANCHOR = re.compile(rb"<x:Anchor>\s*(\d+)\s*,[^,]*,\s*(\d+)\s*,")
_VML_STATE = re.compile(rb"<x:Checked>\s*(\d)\s*<")
_VML_LINK = re.compile(rb"<x:FmlaLink>([^<]*)<")
_TAG = re.compile(rb"<[^>]*>")
_KINDS = {b"checkbox": "tick", b"radio": "choice", b"drop": "list", b"list": "list"}
_TABLE = re.compile(rb"<(?:\w+:)?table\s([^>]*)>")


def add(package: Package, sheet: str, facts: Facts) -> None:
    """Put down what the relations of a sheet lead to."""
    relations = package.relations(sheet)
    parts = {(relation.kind, relation.part) for relation in relations if relation.part in package}
    for kind, part in sorted(parts):
        match kind:
            case "comments":
                _add_comments(package.small(part), facts)
            case "threadedcomment":
                _add_threads(package.small(part), facts)
            case "drawing":
                facts.shapes.extend(_drawn(package.small(part)))
            case "vmldrawing":
                facts.shapes.extend(_controls(package.small(part)))
            case "table":
                _add_table(package.small(part), facts)
    del facts.shapes[MOST:]


def _add_comments(content: bytes, facts: Facts) -> None:
    for said, body in _COMMENT.findall(content):
        place = references.place(attributes(said).get(b"ref", b""))
        words = plain_text(_PHONETIC.sub(b"", body)).strip()
        if place is not None and words:
            facts.note(facts.comments, place, words)


def _add_threads(content: bytes, facts: Facts) -> None:
    """Comments with answers; they stand for the old comment of their cell, which only warns."""
    threads: dict[tuple[int, int], list[str]] = {}
    for said, body in _THREADED.findall(content):
        place = references.place(attributes(said).get(b"ref", b""))
        words = _THREADED_TEXT.search(body)
        if place is not None and words:
            threads.setdefault(place, []).append(text(words[1]).strip())
    for place, said_words in threads.items():
        facts.note(facts.comments, place, " / ".join(said_words))


def _drawn(content: bytes) -> Iterator[Shape]:
    for anchor in _ANCHOR.findall(content):
        if _CONTROL_ONLY.search(anchor):
            continue
        lines = [
            "".join(map(text, _DRAWN_TEXT.findall(paragraph)))
            for paragraph in _PARAGRAPH.findall(anchor)
        ]
        words = "\n".join(filter(None, lines)).strip()
        if words:
            corner = _FROM.search(anchor)
            place = (integer(corner[2]), integer(corner[1])) if corner else None
            yield Shape("text", words, place)


def _controls(content: bytes) -> Iterator[Shape]:
    """Form controls; they are drawn in VML whatever the program's age."""
    for shape in _VML_SHAPE.findall(content):
        kind = _VML_KIND.search(shape)
        if kind is None or kind[1].lower() == b"note":
            continue
        box = _VML_TEXT.search(shape)
        words = " ".join(text(_TAG.sub(b" ", box[1])).split()) if box else ""
        anchor, state, link = (
            pattern.search(shape) for pattern in (_VML_ANCHOR, _VML_STATE, _VML_LINK)
        )
        control = _KINDS.get(kind[1].lower(), "text")
        if control == "text" and not words:
            continue
        yield Shape(
            control,
            words,
            (integer(anchor[2]), integer(anchor[1])) if anchor else None,
            is_on=state is not None and state[1] == b"1",
            linked=text(link[1]) if link else "",
        )


def _add_table(content: bytes, facts: Facts) -> None:
    for said in map(attributes, _TABLE.findall(content)):
        area = references.area(said.get(b"ref", b""))
        if area is not None and len(facts.tables) < MOST:
            facts.tables.append(ListTable(area, integer(said.get(b"totalsRowCount"))))
