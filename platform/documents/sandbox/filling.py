"""Fills a docx template in, and reads a docx for printing.

The template's language is run in a sandbox that lets it reach nothing but the values it was given;
what it may still cost is bounded by the process that it runs in.
"""

import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import docxtpl
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from documents.description import describe
from documents.errors import TemplateFaulty, TemplateUnreadable
from documents.sandbox import drawing, fields, word

MOST_BYTES = 40_000_000
"""Of a template once unpacked; a letter has a page, a stamp and a crest."""

_Result = TypeVar("_Result")


def fields_of(template: bytes) -> frozenset[str]:
    """What stands before the first dot of each field."""
    opened = _opened(template)
    return _told(lambda: frozenset(opened.get_undeclared_template_variables(jinja_env=_Sandbox())))


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The letter as docx. Texts in `values` are texts: no mark in them is XML or a field."""
    opened = _opened(template)

    def filled() -> bytes:
        opened.render(dict(values), jinja_env=_Sandbox(), autoescape=True)
        written = BytesIO()
        opened.save(written)
        return written.getvalue()

    return _told(filled)


def as_pdf(letter: bytes, *, title: str, room: Path) -> bytes:
    """A docx, ours or not, as accessible PDF; drawn in the empty folder `room`."""
    _measured(letter)
    try:
        described, shown = describe(word.document(letter, title=title))
    except (KeyError, ValueError, LxmlError, PackageNotFoundError, zipfile.BadZipFile) as error:
        raise TemplateUnreadable from error
    return drawing.draw(described, shown, room=room)


def _opened(template: bytes) -> "_Template":
    _measured(template)
    opened = _Template(BytesIO(template))
    try:
        opened.init_docx()
    except (KeyError, ValueError, LxmlError, PackageNotFoundError, zipfile.BadZipFile) as error:
        raise TemplateUnreadable from error
    return opened


def _measured(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise TemplateUnreadable from error
    if size > MOST_BYTES or "word/document.xml" not in names:
        raise TemplateUnreadable


class _Template(docxtpl.DocxTemplate):
    def patch_xml(self, src_xml: str) -> str:
        fields.check(src_xml)
        return str(super().patch_xml(src_xml))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Values in, text out: no function, no attribute below the surface, no text made endless."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise SecurityError
        return left % right if operator == "%" else left * right


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal)


def _told(work: Callable[[], _Result]) -> _Result:
    try:
        return work()
    except UndefinedError as error:
        raise TemplateFaulty(reason=f"nieznane pole ({error.message})") from error
    except SecurityError as error:
        raise TemplateFaulty(reason="pole sięga po coś, czego list nie może użyć") from error
    except TemplateSyntaxError as error:
        raise TemplateFaulty(reason=f"niezamknięte albo błędne pole ({error.message})") from error
    except (TemplateError, LxmlError, TypeError, ArithmeticError, LookupError) as error:
        raise TemplateFaulty(reason=str(error) or "pola nie da się wypełnić") from error
