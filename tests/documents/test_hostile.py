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


@pytest.mark.parametrize(
    "text", ["{% if x == “a” %}tak{% endif %}", "{%\u00a0if x %}tak{% endif %}"]
)
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
    with pytest.raises(TemplateFaulty, match=r"błędne pole .*'tr'"):
        letters.fields_of(word("{%tr for a in x %}"))


def test_more_fields_than_any_letter_has_are_refused_before_they_are_sought():
    with pytest.raises(TemplateFaulty, match="więcej niż 10000 pól"):
        letters.fields_of(word(*["{{ x }}"] * 10_001))


@pytest.mark.parametrize(
    "text",
    ["{{ x", "{% if x", "{{ x {{ x }}", "{% if x {{ x }}", "{# uwaga {# dalej #}", "{{ x %}"],
)
def test_a_field_without_its_end_is_named_in_the_refusal(text):
    with pytest.raises(TemplateFaulty) as refused:
        letters.fields_of(word(f"Treść {text}"))
    assert f"„{text[:2]}" in str(refused.value) or "„{#" in str(refused.value)


def test_a_single_brace_begins_no_field():
    assert letters.fields_of(word("{")) == frozenset()


def test_a_remark_may_hold_a_field():
    assert words(letters.fill(word("a{# bez {{ y }} #}b"), {})) == ["ab"]


def table(*rows):
    document = docx.Document()
    made = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def cells(content):
    """The texts of each row's own cells, with how many columns each spans and how it is merged."""
    found = docx.Document(io.BytesIO(content)).tables[0]
    return [
        [
            (docx.table._Cell(cell, found).text, cell.grid_span, cell.vMerge)
            for cell in row._tr.tc_lst
        ]
        for row in found.rows
    ]


def test_a_row_is_repeated_and_its_first_cell_merged_down_as_docxtpl_says():
    template = table(
        ["{%tr for a in x %}", ""], ["Razem{% vm %}", "{{ a }}"], ["{%tr endfor %}", ""]
    )
    assert cells(letters.fill(template, {"x": ["1", "2"]})) == [
        [("Razem", 1, "restart"), ("1", 1, None)],
        [("", 1, "continue"), ("2", 1, None)],
    ]


def test_a_cell_is_merged_across_a_repeated_column_as_docxtpl_says():
    template = table(
        ["{%tc for a in x %}", "Tytuł{% hm %}", "{%tc endfor %}"],
        ["{%tc for a in x %}", "{{ a }}", "{%tc endfor %}"],
    )
    assert cells(letters.fill(template, {"x": ["1", "2", "3"]})) == [
        [("Tytuł", 3, None)],
        [("1", 1, None), ("2", 1, None), ("3", 1, None)],
    ]


def test_a_cell_takes_its_columns_and_its_colour_from_values():
    template = table(["{% colspan x %}Razem"], ["{% cellbg y %}Barwa"])
    filled = letters.fill(template, {"x": 2, "y": "FF0000"})
    assert cells(filled)[0] == [("Razem", 2, None)]
    found = docx.Document(io.BytesIO(filled)).tables[0]._tbl.xml
    assert 'w:fill="FF0000"' in found


def test_a_mark_with_a_dash_joins_the_paragraphs_around_it():
    template = word("Dla", "{%- if x %} szkoły", "{%- endif %} tak")
    assert words(letters.fill(template, {"x": "1"})) == ["Dla szkoły tak"]
