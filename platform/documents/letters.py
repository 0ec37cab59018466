"""Letters: a docx template that the city edits in Word, filled in, and the same letter as PDF.

A field is `{{ nazwa }}`, a part on a condition `{% if … %}…{% endif %}`, a repeated row of a table
`{%tr for … %}`: the language of docxtpl, run in a sandbox that lets no template reach outside the
values it was given.
"""

import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeVar

import docxtpl
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from documents import pdf, word
from documents.errors import TemplateFaulty, TemplateUnreadable

MOST_BYTES = 40_000_000
"""Of a template once unpacked; a letter has a page, a stamp and a crest."""

_Result = TypeVar("_Result")


def fields_of(template: bytes) -> frozenset[str]:
    """The names of the values that the template asks for; what stands before the first dot.

    Raises `TemplateUnreadable`, `TemplateFaulty`.
    """
    opened = _opened(template)
    return _told(lambda: frozenset(opened.get_undeclared_template_variables(jinja_env=_Sandbox())))


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The letter as docx. Texts in `values` are texts: no mark in them is taken for XML or a field.

    Raises `TemplateUnreadable`, and `TemplateFaulty` for a field without a value or a broken one.
    """
    opened = _opened(template)

    def filled() -> bytes:
        opened.render(dict(values), jinja_env=_Sandbox(), autoescape=True)
        written = BytesIO()
        opened.save(written)
        return written.getvalue()

    return _told(filled)


def as_pdf(letter: bytes, *, title: str) -> bytes:
    """A docx as accessible PDF: its texts, lists, tables, pictures, headers and footers.

    What it keeps: styles of headings, bold, italic, underlined, sizes, alignment, indents, page
    margins. What it does not: fonts, colours, text boxes, columns. Raises `TemplateUnreadable`.
    """
    _measured(letter)
    try:
        return pdf.render(word.document(letter, title=title))
    except (KeyError, ValueError, LxmlError, PackageNotFoundError, zipfile.BadZipFile) as error:
        raise TemplateUnreadable from error


def _opened(template: bytes) -> docxtpl.DocxTemplate:
    _measured(template)
    opened = docxtpl.DocxTemplate(BytesIO(template))
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


class _Sandbox(ImmutableSandboxedEnvironment):
    """Values in, text out: no function, no attribute below the surface, no text made endless."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise SecurityError
        return left * right


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
