"""A workbook is read as people see it, and its facts tell what else there is."""

import datetime as dt

import pytest

from spreadsheets.facts import Facts
from spreadsheets.readers import read_workbook
from tests.spreadsheets import making
from tests.spreadsheets.making import RAISED, STRUCK, ods_cell, ods_content, ods_of, ods_row, styled
from tests.spreadsheets.seen import seen, values

ODS_STRUCK = (
    '<style:style style:name="S" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T" style:family="text"><style:text-properties '
    'style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="U" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style>'
)


STRUCK_CELLS = [
    pytest.param(styled([["a", 5], ["b", 6]], {"A2": STRUCK, "B2": STRUCK}), id="xlsx"),
    pytest.param(
        making.styled_xls(
            [["a", 5], ["b", 6]], {"A2": "font: struck_out on", "B2": "font: struck_out on"}
        ),
        id="xls",
    ),
    pytest.param(
        ods_of(
            ods_content(
                ods_row(ods_cell("a"), ods_cell(5))
                + ods_row(
                    ods_cell("b", 'table:style-name="S"'), ods_cell(6, 'table:style-name="S"')
                ),
                ODS_STRUCK,
            )
        ),
        id="ods",
    ),
    pytest.param(
        ods_of(
            ods_content(
                ods_row(ods_cell("a", 'table:style-name="N"'), ods_cell(5, 'table:style-name="N"'))
                + ods_row(ods_cell("b"), ods_cell(6)),
                ODS_STRUCK + '<style:style style:name="N" style:family="table-cell"/>',
                '<table:table-column table:number-columns-repeated="2" '
                'table:default-cell-style-name="S"/>',
            )
        ),
        id="ods, the column's own style",
    ),
]


@pytest.mark.parametrize("content", STRUCK_CELLS)
def test_a_struck_out_cell_is_not_read_and_a_fact_keeps_what_it_said(content):
    rows, facts = seen(content)
    assert [[value for value in row if value is not None] for row in rows if any(row)] == [["a", 5]]
    assert facts.struck == {(1, 0): "b", (1, 1): "6"}


def test_without_facts_a_workbook_is_read_as_it_is():
    content = styled([["b", 0.5]], {"A1": STRUCK, "B1": {"num_format": "0%"}})
    with read_workbook(content) as workbook:
        ((_, row),) = workbook.sheets[0].rows()
        assert [type(value) for value in row] == [str, float]
        assert workbook.sheets[0].facts == Facts()


RICH = [
    pytest.param(styled([[[STRUCK, "120", " 250"]]]), "250", "120", id="xlsx, a new number"),
    pytest.param(styled([[["TAK / ", STRUCK, "NIE"]]]), "TAK", "NIE", id="xlsx, the first word"),
    pytest.param(styled([[[STRUCK, "TAK", " / NIE"]]]), "NIE", "TAK", id="xlsx, the second word"),
    pytest.param(
        styled([[["12 ", STRUCK, "13", " zł"]]]), "12  zł", "13", id="xlsx, in the middle"
    ),
    pytest.param(
        making.styled_xls([[[("120", "struck_out on"), (" 250", "")]]]), "250", "120", id="xls"
    ),
    pytest.param(
        ods_of(
            ods_content(
                ods_row(
                    ods_cell(
                        "x",
                        inside='<text:p><text:span text:style-name="T">120</text:span> 250'
                        "</text:p>",
                    )
                ),
                ODS_STRUCK,
            )
        ),
        "250",
        "120",
        id="ods",
    ),
    pytest.param(
        making.with_part(
            styled([["x"]]),
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(
                '<c r="A1" t="s"><v>0</v></c>',
                '<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>120</t></r>'
                "<r><t> 250</t></r></is></c>",
            ),
        ),
        "250",
        "120",
        id="xlsx, texts in the cells",
    ),
]


@pytest.mark.parametrize(("content", "read", "struck"), RICH)
def test_what_is_struck_out_within_a_cell_is_not_read(content, read, struck):
    ((value,), *_), facts = seen(content)
    assert value == read
    assert facts.struck == {(0, 0): struck}


def test_a_format_that_says_strike_is_off_strikes_nothing():
    content = making.with_part(
        styled([["a"]], {"A1": STRUCK}),
        "xl/styles.xml",
        lambda xml: xml.replace("<strike/>", '<strike val="0"/>'),
    )
    assert seen(content) == ([["a"]], Facts())


@pytest.mark.parametrize(
    ("runs", "read", "footnotes"),
    [
        (["25", RAISED, "1"], "25", {(0, 0): "1"}),
        (["1 250,50", RAISED, "2)"], "1 250,50", {(0, 0): "2)"}),
        (["m", RAISED, "2"], "m²", {}),
        (["Kowalski", RAISED, "1"], "Kowalski¹", {}),
    ],
)
def test_a_raised_digit_is_not_glued_to_the_number_before_it(runs, read, footnotes):
    ((value,), *_), facts = seen(styled([[runs]]))
    assert (value, facts.footnotes) == (read, footnotes)


def test_a_raised_digit_of_an_ods_is_not_glued_either():
    inside = '<text:p>25<text:span text:style-name="U">1</text:span></text:p>'
    content = ods_content(ods_row(ods_cell("x", inside=inside)), ODS_STRUCK)
    ((value,), *_), facts = seen(ods_of(content))
    assert (value, facts.footnotes) == ("25", {(0, 0): "1"})


FORMATS = [
    (1234, "00-000", ("code", "01-234")),
    (85021, r"00\-000", ("code", "85-021")),
    (7, "000", ("code", "007")),
    (123, '"S-"000', ("unit", "S-123")),
    (521234567, "000-000-000", ("code", "521-234-567")),
    (0.95, "0%", ("percent", "95%")),
    (0.954, "0.0%", ("percent", "95,4%")),
    (95, '0"%"', ("points", "95%")),
    (1200, '#,##0.00\\ "€"', ("currency", "1200 €")),
    (1200, "[$€-2]\\ #,##0.00", ("currency", "1200 €")),
    (1200, "#,##0.00\\ [$USD]", ("currency", "1200 USD")),
    (12, '0" tys. zł"', ("scale", "12 tys. zł")),
    (1.5, '0.0" mln zł"', ("scale", "1,5 mln zł")),
    (12000, '#,##0,\\ "tys. zł"', ("unit", "12 tys. zł")),
    (25, '0" osób"', ("unit", "25 osób")),
    (1, '"tak";"tak";"nie"', ("words", "tak")),
    (0, '[=1]"TAK";[=0]"NIE";General', ("words", "NIE")),
    (5, ";;;", ("hidden", "")),
]
PLAIN = [
    (5, '_-* #,##0.00\\ "zł"_-;\\-* #,##0.00\\ "zł"_-;_-* "-"??\\ "zł"_-;_-@_-'),
    (1200, "#,##0.00\\ [$zł-415]"),
    (-5, "0.00;[Red]-0.00"),
    (0, "0;-0;;@"),
    (1.5, "# ?/?"),
    (15, "0.00E+00"),
    (1234567, "#\\ ##0"),
    (777, "000"),
]


@pytest.mark.parametrize(("number", "code", "told"), FORMATS)
def test_a_number_format_that_speaks_is_heard(number, code, told):
    assert values(styled([[number]], {"A1": {"num_format": code}})) == [(number, *told)]
    assert values(making.styled_xls([[number]], {"A1": f"|{code}"})) == [(number, *told)]


@pytest.mark.parametrize(("number", "code"), PLAIN)
def test_a_format_that_only_draws_digits_tells_nothing(number, code):
    assert values(styled([[number]], {"A1": {"num_format": code}})) == [number]


ODS_CODE = (
    '<number:number-style style:name="N"><number:number number:min-integer-digits="5">'
    '<number:embedded-text number:position="3">-</number:embedded-text></number:number>'
    "</number:number-style>"
)
ODS_THOUSANDS = (
    '<number:number-style style:name="N"><number:number number:min-integer-digits="1"/>'
    "<number:text> tys. zł</number:text></number:number-style>"
)


def ods_format(value: str, style: str) -> bytes:
    cell = (
        '<style:style style:name="C" style:family="table-cell" style:data-style-name="N"/>' + style
    )
    return ods_of(ods_content(ods_row(ods_cell(1, f'table:style-name="C" {value}')), cell))


@pytest.mark.parametrize(
    ("value", "style", "told"),
    [
        ('office:value-type="percentage" office:value="0.95"', "", (0.95, "percent", "95%")),
        (
            'office:value-type="currency" office:currency="EUR" office:value="1200"',
            "",
            (1200, "currency", "1200 EUR"),
        ),
        ('office:value-type="currency" office:currency="PLN" office:value="1200"', "", 1200),
        (
            'office:value-type="float" office:value="1234"',
            ODS_CODE,
            (1234, "code", "01-234"),
        ),
        (
            'office:value-type="float" office:value="12"',
            ODS_THOUSANDS,
            (12, "scale", "12 tys. zł"),
        ),
    ],
)
def test_the_formats_of_an_ods_speak_too(value, style, told):
    assert values(ods_format(value, style)) == [told]


SPANNED = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'


def test_what_lies_under_a_merged_cell_is_not_read():
    rows = ods_row(
        ods_cell("1a"),
        ods_cell(21, 'table:number-rows-spanned="2" table:number-columns-spanned="1"'),
    ) + ods_row(ods_cell("1b"), ods_cell(99, element="table:covered-table-cell"))
    rows_read, facts = seen(ods_of(ods_content(rows)))
    assert rows_read == [["1a", 21], ["1b", None]]
    assert facts.covered == {(1, 1): "99"}
    with read_workbook(ods_of(ods_content(rows)), facts=True) as workbook:
        assert workbook.sheets[0].merged == ((0, 1, 1, 1),)


def test_a_break_in_a_cell_of_an_ods_does_not_glue_its_numbers_and_a_comment_is_not_its_words():
    comment = (
        "<office:annotation><dc:creator>Jan</dc:creator><text:p>uwaga</text:p></office:annotation>"
    )
    rows = ods_row(
        ods_cell("x", inside=comment + "<text:p>1a</text:p>"),
        ods_cell("x", inside="<text:p>12<text:line-break/>13</text:p>"),
        ods_cell("x", inside="<text:p>14<text:tab/>15</text:p>"),
    )
    (row, *_), facts = seen(ods_of(ods_content(rows)))
    assert list(row) == ["1a", "12\n13", "14\t15"]
    assert facts.comments == {(0, 0): "uwaga"}


def test_hours_beyond_a_day_are_durations_in_an_ods_too():
    times = [
        ods_cell("x", f'office:value-type="time" office:time-value="{said}"')
        for said in ("PT30H15M00S", "PT08H30M00S", "-PT01H00M00S")
    ]
    assert values(ods_of(ods_content(ods_row(*times)))) == [
        dt.timedelta(hours=30, minutes=15),
        dt.time(8, 30),
        dt.timedelta(hours=-1),
    ]
