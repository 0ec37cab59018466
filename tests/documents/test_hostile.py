"""What a template or a picture may cost, and who pays."""

import io
import struct
import zlib

import docx
import pytest
from docx.shared import Cm

from documents import bounded, letters, pdf
from documents.content import Document, Picture, plain
from documents.errors import DocumentTooDemanding, NotPrintable, TemplateFaulty

NESTED = "{% for a in x %}" * 12 + "y" + "{% endfor %}" * 12


def word(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def words(content):
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def chunk(kind, content):
    checked = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checked


def png(width, height):
    """All black, and so a thousandth of what it unpacks to."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(width * 3 + 1)) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.fixture
def child():
    """With a second where the platform gives twenty."""
    child = bounded.Child(bounded.Limits(seconds=1))
    yield child
    child.stop()


@pytest.mark.parametrize("opening", ["{% ", "{{ ", "{# ", "{%tr ", "{%p ", "{{r "])
def test_a_template_of_many_open_tags_is_read_in_its_limits_and_refused(opening):
    with pytest.raises(TemplateFaulty, match="niezamknięte albo błędne pole"):
        letters.fields_of(word(opening * 16_000))


def test_a_template_of_many_fields_in_as_many_paragraphs_is_read_in_its_limits():
    fields = ["{% if miasto %}{{ miasto }}{% endif %}"] * 2_000
    assert letters.fields_of(word(" ".join(fields), *fields[:500])) == {"miasto"}


@pytest.mark.parametrize(
    "text", ["{{ '%400000000d' % 1 }}", "{{ '%1000000s' % x }}", "{% set y = '%9999999d' % 1 %}"]
)
def test_no_text_is_formatted_into_an_endless_one(text):
    with pytest.raises(TemplateFaulty, match="sięga po coś"):
        letters.fill(word(text), {"x": "a"})


def test_a_remainder_of_numbers_is_still_one():
    assert words(letters.fill(word("{{ 7 % 4 }}"), {})) == ["3"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x'|center(2000000000) }}",
        "{{ '{:2000000000}'.format(1) }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    ],
)
def test_what_takes_too_much_memory_or_calls_itself_is_refused_with_a_sentence(text):
    with pytest.raises(DocumentTooDemanding, match="sprawdź powtórzenia"):
        letters.fill(word(text), {"x": "a"})


def test_a_fork_that_outlives_its_seconds_is_killed_and_the_next_document_is_made(child):
    asked = {"values": {"x": list(range(20))}}
    with pytest.raises(DocumentTooDemanding, match="więcej niż 1 s pracy"):
        child.ask("fill", asked, {"template": word(NESTED)})

    _, made = child.ask("fill", {"values": {"x": "dalej"}}, {"template": word("{{ x }}")})
    assert words(made["docx"]) == ["dalej"]


def test_a_child_that_died_is_started_again(child):
    asked = ("fill", {"values": {"x": "dalej"}}, {"template": word("{{ x }}")})
    child.ask(*asked)
    first = child._process
    first.kill()
    first.wait()
    _, made = child.ask(*asked)
    assert words(made["docx"]) == ["dalej"]
    assert child._process is not first


def test_a_small_picture_that_unpacks_to_a_gigabyte_is_refused_by_its_size():
    huge = png(18_000, 18_000)
    assert len(huge) < 2_000_000
    document = docx.Document()
    document.add_picture(io.BytesIO(png(2, 2)), width=Cm(2))
    part = next(
        one for one in document.part.package.iter_parts() if one.content_type == "image/png"
    )
    part._blob = huge

    for draw in (
        lambda: letters.as_pdf(saved(document), title="A"),
        lambda: pdf.render(Document("A", [Picture(huge, "png", "Herb")])),
    ):
        with pytest.raises(NotPrintable, match="obraz ma 18000 × 18000 punktów, a może mieć"):
            draw()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(10), "gif"),
        (
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08"
            + struct.pack(">HH", 60_000, 60_000)
            + bytes(20),
            "jpg",
        ),
    ],
)
def test_every_kind_of_picture_says_its_size(content, ending):
    with pytest.raises(NotPrintable, match="60000 × 60000"):
        pdf.render(Document("A", [Picture(content, ending, "Herb")]))


def test_a_document_of_thousands_of_paragraphs_is_drawn_in_its_limits():
    content = pdf.render(Document("A", [plain("Zażółć gęślą jaźń")] * 3_000))
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["{% if x == “a” %}tak{% endif %}", "{%\u00a0if x %}tak{% endif %}"])
def test_what_word_makes_of_quotation_marks_and_spaces_is_understood(text):
    assert words(letters.fill(word(text), {"x": "a"})) == ["tak"]


def test_a_field_that_word_has_cut_up_is_whole():
    document = docx.Document()
    paragraph = document.add_paragraph("Dla: ")
    for piece in ("{", "{ mia", "sto ", "}} i {{", " rok }", "}."):
        paragraph.add_run(piece)
    filled = letters.fill(saved(document), {"miasto": "Łódź", "rok": 2026})
    assert words(filled) == ["Dla: Łódź i 2026."]


def test_a_paragraph_on_a_condition_goes_with_its_mark():
    template = word("a", "{%p if x %}", "b", "{%p endif %}", "c")
    assert words(letters.fill(template, {"x": ""})) == ["a", "c"]
    assert words(letters.fill(template, {"x": "1"})) == ["a", "b", "c"]


def test_a_field_for_a_row_outside_a_table_is_refused_with_its_words():
    with pytest.raises(TemplateFaulty, match="dotyczy wiersza, a stoi poza tabelą"):
        letters.fields_of(word("{%tr for a in x %}"))
