import zipfile
from io import BytesIO

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement

from documents import letters
from documents.errors import TemplateFaulty, TemplateUnreadable


def saved(document):
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def template(*paragraphs, header=""):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def words(content):
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


def test_a_template_tells_which_values_it_asks_for_also_in_its_header():
    content = template(
        "{{ sprawa.znak }} {% if powod %}{{ powod }}{% endif %}", header="{{ miasto }}"
    )
    assert letters.fields_of(content) == {"sprawa", "powod", "miasto"}


def test_fields_are_filled_and_texts_stay_texts():
    content = letters.fill(
        template("Wniosek {{ tytul }} – {{ kwota }}"),
        {"tytul": "A & B <w:t> {{ kwota }}", "kwota": "1 000,00 zł"},
    )
    assert words(content) == ["Wniosek A & B <w:t> {{ kwota }} – 1 000,00 zł"]


def test_a_row_is_repeated_for_each_position():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for pozycja in pozycje %}"
    table.cell(1, 0).text = "{{ pozycja.nazwa }}"
    table.cell(1, 1).text = "{{ pozycja.kwota }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    rows = [{"nazwa": "Farby", "kwota": "10,00"}, {"nazwa": "Śruby", "kwota": "5,00"}]

    filled = docx.Document(BytesIO(letters.fill(saved(document), {"pozycje": rows})))

    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows] == [
        ["Farby", "10,00"],
        ["Śruby", "5,00"],
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{{ nieznane }}", "nieznane pole"),
        ("{% if x %}bez końca", "niezamknięte albo błędne pole"),
        ("{{ x.__class__.__mro__ }}", "sięga po coś"),
        ("{{ ''.__class__ }}", "sięga po coś"),
        ("{{ 'x' * 1000000000 }}", "sięga po coś"),
        ("{{ 9 ** 9 ** 9 }}", "sięga po coś"),
        ("{% for i in range(1000000000) %}x{% endfor %}", "nieznane pole"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_faulty_or_hostile_field_is_refused_with_its_reason(text, part):
    with pytest.raises(TemplateFaulty) as refused:
        letters.fill(template(text), {"x": "a"})
    assert part in str(refused.value)


def packed(**parts):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        packed(hello="x"),
        packed(word__document="<a/>"),
        packed(word__document=b"0" * 50_000_000),
    ],
    ids=["nothing", "a PDF", "another archive", "a hollow docx", "a bomb"],
)
def test_what_is_no_docx_is_refused_with_a_sentence(content):
    for use in (
        letters.fields_of,
        lambda given: letters.fill(given, {}),
        lambda given: letters.as_pdf(given, title="A"),
    ):
        with pytest.raises(TemplateUnreadable, match="Otwórz go w Wordzie"):
            use(content)


def test_a_letter_as_pdf_keeps_header_headings_lists_and_tables():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Urząd Miasta Łódź"
    document.add_heading("Zawiadomienie", 1)
    document.add_paragraph("pierwszy", style="List Bullet")
    document.add_paragraph("drugi", style="List Bullet")
    document.add_paragraph("raz", style="List Number")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], "ABCD", strict=True):
        cell.text = text

    content = letters.as_pdf(saved(document), title="Zawiadomienie o decyzji")
    reader = pypdf.PdfReader(BytesIO(content))

    assert reader.metadata.title == "Zawiadomienie o decyzji"
    assert reader.pages[0].extract_text().splitlines() == [
        "Urząd Miasta Łódź",
        "Zawiadomienie",
        "• pierwszy",
        "• drugi",
        "1. raz",
        "A B",
        "C D",
    ]
    assert b"pdfuaid:part" in content
