"""What opens in LibreOffice is read, or refused for the true reason."""

import datetime as dt
import io
import re
import struct
import zipfile

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from spreadsheets.cells import Fault
from spreadsheets.errors import WorkbookRefused
from spreadsheets.readers import read_workbook
from tests.spreadsheets import making
from tests.spreadsheets.making import ods_cell, ods_content, ods_row, styled

ROWS = [["Oddział", "Liczba"], ["żółć", 21]]


def rows_of(content: bytes, **options) -> list[list[object]]:
    with read_workbook(content, **options) as workbook:
        return [row for _, row in workbook.sheets[0].rows()]


def refusal(content: bytes) -> str:
    with pytest.raises(WorkbookRefused) as caught:
        read_workbook(content)
    return caught.value.code


def encrypted(content: bytes, password: str) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def test_a_workbook_that_excel_opens_without_asking_is_opened():
    assert rows_of(encrypted(styled(ROWS), "VelvetSweatshop")) == ROWS


@pytest.mark.parametrize("password", ["tajne", "velvetsweatshop", " "])
def test_a_workbook_with_a_password_of_its_own_is_refused_as_such(password):
    assert refusal(encrypted(styled(ROWS), password)) == "workbook_protected"


@pytest.mark.parametrize("wrap", [making.compound, bytes], ids=["in a compound file", "bare"])
def test_a_workbook_of_excel_95_is_read(wrap):
    assert rows_of(wrap(making.excel_95(ROWS))) == ROWS


def with_dimension(rows: int, columns: int) -> bytes:
    """An xls whose sheet claims to be so large."""
    content = making.styled_xls(ROWS)
    claimed = struct.pack("<IIHHH", 0, rows, 0, columns, 0)
    found = re.search(rb"\x00\x02\x0e\x00", content)
    assert found is not None
    return content[: found.end()] + claimed + content[found.end() + len(claimed) :]


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 30), (1_048_576, 256), (65_536, 255)])
def test_an_xls_that_claims_to_reach_to_the_end_is_read(rows, columns):
    assert rows_of(with_dimension(rows, columns)) == ROWS


def moved(content: bytes, old: str, new: str) -> bytes:
    """The xlsx with its parts elsewhere; only the relations say where."""
    return making.repacked(
        content,
        lambda name, part: (
            re.sub(f"^{old}", new, name),
            part.replace(old.encode(), new.encode())
            if name.endswith((".rels", "s].xml"))
            else part,
        ),
    )


def wide(part: str):
    """An entry written in UTF-16."""

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        if name != part:
            return name, content
        return name, content.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    return change


def without(part: str):
    return lambda name, content: None if name == part else (name, content)


ELSEWHERE = [
    pytest.param(moved(styled(ROWS), "xl/", "arkusz/"), id="another folder"),
    pytest.param(moved(styled(ROWS), "xl/", ""), id="the root"),
    pytest.param(moved(styled(ROWS), "xl/", "a/b/c/"), id="deep down"),
    pytest.param(
        making.repacked(
            styled(ROWS),
            lambda name, part: (
                name.replace("sharedStrings.xml", "t/teksty.xml"),
                part.replace(b'"sharedStrings.xml"', b'"t/teksty.xml"'),
            ),
        ),
        id="texts elsewhere",
    ),
    pytest.param(making.repacked(styled(ROWS), wide("xl/sharedStrings.xml")), id="wide texts"),
    pytest.param(making.repacked(styled(ROWS), wide("xl/worksheets/sheet1.xml")), id="wide sheet"),
    pytest.param(making.repacked(styled(ROWS), wide("xl/workbook.xml")), id="wide workbook"),
    pytest.param(making.repacked(styled(ROWS), without("[Content_Types].xml")), id="no types"),
    pytest.param(making.repacked(styled(ROWS), without("_rels/.rels")), id="no relations"),
    pytest.param(
        making.repacked(styled(ROWS), lambda name, part: (name.replace("/", "\\"), part)),
        id="names of Windows",
    ),
]


@pytest.mark.parametrize("content", ELSEWHERE)
def test_the_parts_of_an_xlsx_may_lie_anywhere(content):
    assert rows_of(content) == ROWS
    assert rows_of(content, facts=True) == ROWS


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2026-09-01T00:00:00Z", dt.date(2026, 9, 1)),
        ("2026-09-01T12:30:00.000+02:00", dt.datetime.fromisoformat("2026-09-01T12:30")),
        ("2026-09-01", dt.date(2026, 9, 1)),
        ("12:30:00", dt.time(12, 30)),
    ],
)
def test_dates_written_as_such_are_dates_with_a_zone_too(said, read):
    content = making.with_part(
        styled([[1]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<c r="A1"><v>1</v></c>', f'<c r="A1" t="d"><v>{said}</v></c>'),
    )
    assert rows_of(content) == [[read]]


def test_cells_without_names_are_counted():
    content = making.with_part(
        styled([[1, "b"], [None, 0.5]], {"B2": {"num_format": "0%"}}),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r' r="[A-Z]+\d+"', "", xml).replace("<c><v>1</v>", "<c><f>1</f>"),
    )
    rows = rows_of(content, facts=True)
    assert rows[0] == [1, "b"]
    assert [str(getattr(value, "mark", "")) for value in rows[1]] == ["percent", ""]


def zipped(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return target.getvalue()


ODS = ods_content("".join(ods_row(*map(ods_cell, row)) for row in ROWS))
FODS = ODS.replace("office:document-content ", "office:document ").replace(
    'office:version="1.3"', f'office:version="1.3" office:mimetype="{making.ODS_TYPE}"'
)


@pytest.mark.parametrize(
    "content",
    [zipped(content__xml=ODS), zipped(content__xml=ODS, mimetype=making.ODS_TYPE), FODS.encode()],
    ids=["no type", "no manifest", "flat"],
)
def test_an_ods_that_does_not_say_what_it_is_is_read(content):
    assert rows_of(content) == ROWS


def xlsb_record(kind: int, body: bytes) -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(body)]) + body


def test_errors_of_an_xlsb_are_faults_and_its_looks_are_seen():
    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    def cell(kind: int, column: int, style: int, body: bytes) -> bytes:
        return xlsb_record(kind, struct.pack("<II", column, style) + body)

    sheet = xlsb_record(129, b"") + xlsb_record(148, struct.pack("<IIII", 0, 2, 0, 1))
    sheet += xlsb_record(145, b"")
    for row, cells in enumerate(
        (
            cell(6, 0, 0, text("a")) + cell(5, 1, 1, struct.pack("<d", 0.95)),
            cell(6, 0, 2, text("b")) + cell(3, 1, 0, b"\x2a"),
            cell(6, 0, 0, text("c")) + cell(11, 1, 0, b"\x17" + b"\0" * 10),
        )
    ):
        sheet += xlsb_record(0, struct.pack("<IIHBBBI", row, 0, 0, 0, 0, 0, 0)) + cells
    sheet += xlsb_record(146, b"") + xlsb_record(130, b"")
    fonts = xlsb_record(43, struct.pack("<HH", 220, 0) + b"\0" * 20)
    fonts += xlsb_record(43, struct.pack("<HH", 220, 8) + b"\0" * 20)
    styles = fonts + xlsb_record(617, struct.pack("<I", 3))
    for code, font in ((0, 0), (9, 0), (0, 1)):
        styles += xlsb_record(47, struct.pack("<HHH", 0, code, font) + b"\0" * 10)
    styles += xlsb_record(618, b"")
    book = xlsb_record(131, b"") + xlsb_record(153, b"\0" * 12) + xlsb_record(143, b"")
    book += xlsb_record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Dane"))
    book += xlsb_record(144, b"") + xlsb_record(132, b"")
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
        "</Relationships>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            relations.format(
                f'<Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.bin"/>'
            ),
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            relations.format(
                f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/>'
                f'<Relationship Id="rId2" Type="{kind}/styles" Target="styles.bin"/>'
            ),
        )
        for name, part in (("workbook", book), ("worksheets/sheet1", sheet), ("styles", styles)):
            archive.writestr(f"xl/{name}.bin", part)
    with read_workbook(target.getvalue(), facts=True) as workbook:
        (sheet_read,) = workbook.sheets
        rows = [row for _, row in sheet_read.rows()]
        assert [row[1] for row in rows] == [0.95, Fault("#N/A"), Fault("#REF!")]
        assert rows[0][1].shown == "95%"
        assert sheet_read.facts.struck == {(1, 0): "b"}


def uncalculated(*formulas: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Dane")
    for column, formula in enumerate(formulas):
        sheet.write(0, column, xlwt.Formula(formula))
    sheet.write(1, 0, 6)
    sheet.write(1, 1, 4)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_formulas_without_a_result_are_calculated_where_they_are_arithmetic():
    content = uncalculated("SUM(A2:B2)", "A2*B2-3^2", "A1/B2", "ROUND(A2/B2;0)", 'LEFT("ab";1)')
    with read_workbook(content, facts=True) as workbook:
        (sheet,) = workbook.sheets
        assert next(sheet.rows())[1] == [10, 15, 2.5, 2, Fault()]
        assert sheet.facts.calculated == {
            (0, 0): "10", (0, 1): "15", (0, 2): "2,5", (0, 3): "2",
        }  # fmt: skip  # by cell
    assert rows_of(content)[0] == [Fault()] * 5


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A2:B2)", 10),
        ("A2+B2", 10),
        ("AVERAGE(A2:C2)", 5),
        ("IF(A2&gt;B2,A2,B2)", 6),
        ("SUM(A2:A3)", 6),
        ("A2+C1", Fault()),
        ("C1+1", Fault()),
        ("A2/D9", Fault()),
        ("VLOOKUP(1,A1:B2,2)", Fault()),
        ("Arkusz2!A1", Fault()),
    ],
)
def test_a_formula_is_calculated_exactly_or_left_without_a_result(formula, result):
    content = making.with_part(
        styled([[None, None, 1], [6, 4, "x"], ["tekst"]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<c r="C1"><v>1</v></c>', f'<c r="C1"><f>{formula}</f></c>'),
    )
    assert rows_of(content, facts=True)[0][2] == result
