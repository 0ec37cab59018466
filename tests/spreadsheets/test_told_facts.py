"""What there is beside the cells of a workbook is told: boxes, controls, comments, formulas."""

import io

import xlwt

from spreadsheets.facts import Facts, ListTable, Shape
from spreadsheets.readers import read_workbook
from tests.spreadsheets import making
from tests.spreadsheets.making import ods_cell, ods_content, ods_of, ods_row, styled
from tests.spreadsheets.seen import seen


def around(book, sheet) -> None:
    sheet.write_comment("B2", "Bez dwóch uczniów")
    sheet.insert_textbox("D4", "Wycieczka odwołana\nz powodu remontu")
    sheet.set_row(2, None, None, {"hidden": True, "level": 1})
    sheet.set_column("C:C", None, None, {"hidden": True})
    sheet.add_table("A1:B4", {"total_row": True, "columns": [{"header": "a"}, {"header": "b"}]})
    book.set_custom_property("opium", "zestawienie")


def test_comments_boxes_hidden_rows_and_tables_are_told():
    content = styled([["a", "b"], [1, 2], [3, 4], [None, 6]], extra=around)
    _, facts = seen(content)
    assert facts == Facts(
        comments={(1, 1): "Bez dwóch uczniów"},
        shapes=[Shape("text", "Wycieczka odwołana\nz powodu remontu", (3, 3))],
        outline={2: 1},
        hidden_rows={2},
        hidden_columns={2},
        tables=[ListTable((0, 0, 3, 1), 1)],
    )
    with read_workbook(content, facts=True) as workbook:
        assert workbook.properties == {"opium": "zestawienie"}


VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape type="#_x0000_t201">
<v:textbox><div>Szkoła ma <font>windę</font></div></v:textbox>
<x:ClientData ObjectType="Checkbox"><x:Anchor>1, 15, 4, 2, 3, 15, 5, 4</x:Anchor>
<x:Checked>1</x:Checked><x:FmlaLink>$D$5</x:FmlaLink></x:ClientData></v:shape>
<v:shape><v:textbox><div>Publiczna</div></v:textbox><x:ClientData ObjectType="Radio">
<x:Anchor>0, 1, 6, 2, 3, 15, 5, 4</x:Anchor></x:ClientData></v:shape>
<v:shape><v:textbox><div>notka</div></v:textbox><x:ClientData ObjectType="Note"/></v:shape></xml>"""


def test_boxes_and_controls_of_an_xls_are_told_and_the_box_of_a_comment_is_none():
    objects = [
        making.xls_object(0x06, "Wycieczka odwołana\rz powodu remontu", (3, 3)),
        making.xls_object(0x0B, "Szkoła ma windę", (4, 1), is_on=True),
        making.xls_object(0x0C, "Publiczna", (6, 0)),
        making.xls_object(0x19, "notka", (0, 0)),
        making.xls_object(0x06, "", (9, 9)),
    ]
    _, facts = seen(making.styled_xls([["a", "b"], [1, 2]], objects=b"".join(objects)))
    assert facts.shapes == [
        Shape("text", "Wycieczka odwołana\nz powodu remontu", (3, 3)),
        Shape("tick", "Szkoła ma windę", (4, 1), is_on=True),
        Shape("choice", "Publiczna", (6, 0)),
    ]


def test_form_controls_are_told_with_their_state():
    content = styled([["a"]], extra=lambda _, sheet: sheet.write_comment("A1", "notka"))
    content = making.with_part(content, "xl/drawings/vmlDrawing1.vml", lambda _: VML)
    _, facts = seen(content)
    assert facts.shapes == [
        Shape("tick", "Szkoła ma windę", (4, 1), is_on=True, linked="$D$5"),
        Shape("choice", "Publiczna", (6, 0)),
    ]


def test_the_same_of_an_ods():
    note = "<office:annotation><text:p>Bez dwóch</text:p></office:annotation>"
    cell = ods_cell("x", inside=f"{note}<text:p>x</text:p>")
    box = "<draw:frame><draw:text-box><text:p>Remont</text:p></draw:text-box></draw:frame>"
    control = '<draw:control draw:control="c1"/>'
    rows = ods_row(cell, ods_cell(None, inside=box), ods_cell(None, inside=control)) + (
        '<table:table-row table:visibility="collapse">' + ods_cell(1) + "</table:table-row>"
    )
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:label="Winda" '
        'form:current-state="checked" form:linked-cell="Dane.D5"/></form:form></office:forms>'
    )
    meta = (
        '<office:document-meta xmlns:office="o" xmlns:meta="m"><office:meta>'
        '<meta:user-defined meta:name="opium">zestawienie</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    content = ods_of(ods_content(rows, before=forms), meta__xml=meta)
    rows_read, facts = seen(content)
    assert rows_read[0][0] == "x"
    assert facts == Facts(
        comments={(0, 0): "Bez dwóch"},
        shapes=[Shape("text", "Remont", (0, 1)), Shape("tick", "Winda", (0, 2), True, "D5")],
        hidden_rows={1},
    )
    with read_workbook(content, facts=True) as workbook:
        assert workbook.properties == {"opium": "zestawienie"}


def test_hidden_rows_and_comments_of_an_xls_are_told():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Dane")
    for number in range(3):
        sheet.write(number, 0, number)
    sheet.row(1).hidden = True
    sheet.row(2).level = 1
    sheet.col(2).hidden = True
    target = io.BytesIO()
    book.save(target)
    _, facts = seen(target.getvalue())
    assert (facts.hidden_rows, facts.outline, facts.hidden_columns) == ({1}, {2: 1}, {2})


def test_formulas_are_told_also_those_that_share_the_first_ones():
    content = making.with_part(
        styled([[1, 2, 3], [4, 5, 6]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            '<c r="C1"><v>3</v></c>',
            '<c r="C1"><f t="shared" ref="C1:C2" si="0">SUM(A1:$B1)*$A$1&amp;"A1"</f><v>3</v></c>',
        ).replace('<c r="C2"><v>6</v></c>', '<c r="C2"><f t="shared" si="0"/><v>6</v></c>'),
    )
    rows, facts = seen(content)
    assert rows == [[1, 2, 3], [4, 5, 6]]
    assert facts.formulas == {(0, 2): 'SUM(A1:$B1)*$A$1&"A1"', (1, 2): 'SUM(A2:$B2)*$A$1&"A1"'}


def test_formulas_of_ods_and_xls_are_told_in_the_same_words():
    cell = ods_cell(3, 'table:formula="of:=SUM([.A1:.B1])"')
    _, facts = seen(ods_of(ods_content(ods_row(ods_cell(1), ods_cell(2), cell))))
    assert facts.formulas == {(0, 2): "SUM(A1:B1)"}
    book = xlwt.Workbook()
    sheet = book.add_sheet("Dane")
    sheet.write(0, 2, xlwt.Formula("SUM(A1:B1)/2+ROUND(A1;1)"))
    target = io.BytesIO()
    book.save(target)
    _, facts = seen(target.getvalue())
    assert facts.formulas == {(0, 2): "SUM(A1:B1)/2+ROUND(A1,1)"}
