"""Templates as a city writes them, and what is read from the letters that come of them."""

import io

import docx
import pypdf

from files import services as files
from opium.permissions import SYSTEM
from procedures.services import correspondence
from tests.factories.files import uploaded_and_read


def word(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def template(person, *paragraphs, key="wezwanie", name="Wezwanie"):
    file = uploaded_and_read(person, "wzor.docx", word(*paragraphs), correspondence.NEW)
    return correspondence.add_template(actor=person, key=key, name=name, file=file.pk)


def text_of(file):
    content = b"".join(files.read_chunks(file))
    if file.name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join(page.extract_text() for page in reader.pages)
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def rendered(letter):
    correspondence.render_letter(actor=SYSTEM, letter=letter)
    letter.refresh_from_db()
    return letter
