"""Accessible PDF: tagged, with a title and a language (PDF/UA-1), archivable (PDF/A-2a)."""

from documents import bounded
from documents.content import Document
from documents.description import describe


def render(document: Document) -> bytes:
    """The document as PDF/UA-1 and PDF/A-2a; no text in it is taken for an instruction.

    Drawn in the child process (`documents.bounded`). Raises `NotPrintable` for a picture that
    cannot be read or a sign that no font has, `DocumentTooDemanding`, `DocumentsBusy`.
    """
    described, pictures = describe(document)
    _, made = bounded.ask("draw", {"document": described}, pictures)
    return made["pdf"]
