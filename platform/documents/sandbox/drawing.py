"""Accessible PDF: tagged, with a title and a language (PDF/UA-1), archivable (PDF/A-2a)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from documents.errors import NotPrintable
from documents.sandbox import pictures

_TEMPLATE = Path(__file__).with_name("document.typ").read_bytes()


def draw(described: Mapping[str, Any], shown: Mapping[str, bytes], *, room: Path) -> bytes:
    """The described document as PDF/UA-1 and PDF/A-2a; no text is taken for an instruction.

    Typst reads files, so they are laid out in the empty folder `room`. Raises `NotPrintable` for
    a picture that is too large or cannot be read, or a sign that no font has.
    """
    for content in shown.values():
        pictures.check(content)
    main = room / "document.typ"
    files = {main.name: _TEMPLATE, "document.json": json.dumps(described).encode(), **shown}
    for name, content in files.items():
        (room / name).write_bytes(content)
    try:
        return typst.compile(
            main, root=room, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
        )
    except RuntimeError as error:
        raise NotPrintable(reason=str(error).splitlines()[0]) from error
