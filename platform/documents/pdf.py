"""Accessible PDF: tagged, with a title and a language (PDF/UA-1), archivable (PDF/A-2a)."""

from collections.abc import Mapping
from typing import Any

from documents import bounded
from documents.content import Document
from documents.description import describe


def render(document: Document) -> bytes:
    """The document as PDF/UA-1 and PDF/A-2a; no text in it is taken for an instruction.

    Drawn in the child process (`documents.bounded`). Raises `NotPrintable` for a picture that
    cannot be read or a sign that no font has, `DocumentTooDemanding`, `DocumentsBusy`.
    """
    described, pictures = describe(document)
    return _drawn(described, pictures)


def told(document: Document) -> dict[str, Any]:
    """A document without pictures as plain JSON, to be drawn later from that (`draw`)."""
    described, pictures = describe(document)
    if pictures:
        raise ValueError("A document with pictures is no plain JSON")
    return described


def draw(described: Mapping[str, Any]) -> bytes:
    """What `render` would give for the document that was `told`; raises as it does."""
    return _drawn(described, {})


def _drawn(described: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    _, made = bounded.ask("draw", {"document": described}, pictures)
    return made["pdf"]
