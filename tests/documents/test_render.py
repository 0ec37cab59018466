import struct
from io import BytesIO
from zlib import compress, crc32

import pypdf
import pytest

from documents import pdf
from documents.content import (
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Run,
    Table,
    plain,
)
from documents.errors import NotPrintable


def part(kind, content):
    return (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))
    )


DOT = (
    b"\x89PNG\r\n\x1a\n"
    + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + part(b"IDAT", compress(b"\0\xff\0\0"))
    + part(b"IEND", b"")
)


def read(document):
    return pypdf.PdfReader(BytesIO(pdf.render(document)))


def texts(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def tags(node):
    """The kinds of the structure tree, in the order of reading."""
    node = node.get_object()
    found = [str(node["/S"])] if isinstance(node, dict) and "/S" in node else []
    children = node.get("/K", []) if isinstance(node, dict) else []
    for child in children if isinstance(children, list) else [children]:
        resolved = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(resolved, dict):
            found += tags(resolved)
    return found


def structure(document):
    return tags(read(document).trailer["/Root"]["/StructTreeRoot"])


def test_a_page_says_its_title_its_language_and_that_it_is_accessible():
    content = pdf.render(Document("Wniosek „Łąka”", [Heading("Wniosek"), plain("Treść")]))
    reader = pypdf.PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Wniosek „Łąka”"
    assert root["/Lang"] == "pl-PL"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in content


def test_headings_lists_and_tables_are_tagged_as_what_they_are():
    blocks = [
        Heading("Wniosek"),
        Bullets([[Run("raz")], [Run("dwa")]]),
        Table(["Pozycja", "Kwota"], [["Farby", "10,00"]], numeric=[1]),
    ]
    found = structure(Document("Wniosek", blocks))
    assert [tag for tag in found if tag in {"/H1", "/LI", "/TH", "/TD"}] == [
        "/H1",
        "/LI",
        "/LI",
        "/TH",
        "/TH",
        "/TD",
        "/TD",
    ]


def test_a_skipped_level_of_heading_is_closed_up():
    found = structure(Document("A", [Heading("a", 1), Heading("b", 3), Heading("c", 2)]))
    assert [tag for tag in found if tag.startswith("/H")] == ["/H1", "/H2", "/H2"]


@pytest.mark.parametrize("text", ["#panic()", "$x^2$ *a* _b_ [c]", "\\ ` @ < > ~ = / -- // {}"])
def test_no_text_is_taken_for_an_instruction(text):
    blocks = [
        Heading(text),
        plain(text),
        Facts([("Pole", text)]),
        Table([text], [[text], [Cell([plain(text)])]]),
    ]
    found = texts(read(Document(text, blocks)))
    assert found.count(text) == 6


def test_polish_signs_and_line_breaks_stay():
    found = texts(read(Document("A", [plain("Zażółć gęślą\njaźń — „ŁĄKA” 12 345,67 zł")])))
    assert found.splitlines()[:2] == ["Zażółć gęślą", "jaźń — „ŁĄKA” 12 345,67 zł"]


def test_a_link_leads_only_to_the_web_or_to_mail():
    runs = [Run("dobry", link="https://example.org/"), Run("zły", link="file:///etc/passwd")]
    reader = read(Document("A", [Paragraph(runs)]))
    targets = [one.get_object()["/A"]["/URI"] for one in reader.pages[0]["/Annots"]]
    assert targets == ["https://example.org/"]


def test_a_picture_is_told_in_words_and_a_decoration_is_passed_over():
    described = structure(Document("A", [Heading("a"), Picture(DOT, "png", "Herb miasta")]))
    bare = structure(Document("A", [Heading("a"), Picture(DOT, "png")]))
    assert "/Figure" in described
    assert "/Figure" not in bare


def test_a_broken_picture_is_refused_with_a_sentence():
    with pytest.raises(NotPrintable) as refused:
        pdf.render(Document("A", [Picture(b"not a picture", "png", "Herb")]))
    assert str(refused.value).startswith("Dokumentu nie da się zapisać jako PDF: ")


def test_every_page_is_numbered_where_asked():
    rows = [[f"pozycja {number}", "1,00"] for number in range(120)]
    reader = read(Document("A", [Table(["Pozycja", "Kwota"], rows)]))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2
    assert all(
        f"strona {number} z {len(pages)}" in text for number, text in enumerate(pages, start=1)
    )
    assert all("Pozycja" in text for text in pages)
