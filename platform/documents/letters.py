"""Letters: a docx template that the city edits in Word, filled in, and the same letter as PDF.

A field is `{{ nazwa }}`, a part on a condition `{% if … %}…{% endif %}`, a repeated row of a table
`{%tr for … %}`. Everything here is done in the child process (`documents.bounded`) and so, besides
its own refusals, raises `DocumentTooDemanding`, `DocumentBroken` and `DocumentsBusy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents import bounded

_WHILE_ONE_WAITS = 5
"""Seconds; a template of ten thousand fields takes one."""


@dataclass(frozen=True, slots=True)
class Letter:
    docx: bytes
    pdf: bytes


def fields_of(template: bytes) -> frozenset[str]:
    """The names of the values that the template asks for; what stands before the first dot.

    Raises `TemplateUnreadable`, `TemplateFaulty`.
    """
    told, _ = bounded.ask("fields", {}, {"template": template}, seconds=_WHILE_ONE_WAITS)
    return frozenset(told["fields"])


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The letter as docx. Texts in `values` are texts: no mark in them is taken for XML or a field.

    Raises `TemplateUnreadable`, and `TemplateFaulty` for a field without a value or a broken one.
    """
    _, made = bounded.ask("fill", {"values": values}, {"template": template})
    return made["docx"]


def read_through(template: bytes, values: Mapping[str, Any]) -> list[str]:
    """The texts of the letter that `fill` would make, in their order; a row of a table is one.

    Within the time that somebody waits. Raises as `fill` does.
    """
    told, _ = bounded.ask(
        "read", {"values": values}, {"template": template}, seconds=_WHILE_ONE_WAITS
    )
    return list(told["lines"])


def as_pdf(letter: bytes, *, title: str) -> bytes:
    """A docx as accessible PDF: its texts, lists, tables, pictures, headers and footers.

    What it keeps: styles of headings, bold, italic, underlined, sizes, alignment, indents, page
    margins. What it does not: fonts, colours, text boxes, columns. Raises `TemplateUnreadable`,
    `NotPrintable`.
    """
    _, made = bounded.ask("convert", {"title": title}, {"docx": letter})
    return made["pdf"]


def draw_up(template: bytes, values: Mapping[str, Any], *, title: str) -> Letter:
    """Both files of a letter at once; see `fill` and `as_pdf`."""
    _, made = bounded.ask("letter", {"values": values, "title": title}, {"template": template})
    return Letter(made["docx"], made["pdf"])
