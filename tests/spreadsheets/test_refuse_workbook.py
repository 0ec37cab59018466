import gzip
import io
import os
import struct
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from spreadsheets import errors
from spreadsheets.answer import read_answer, read_block
from spreadsheets.readers import Limits, Reader, read_workbook


def refusal(content, **options):
    with pytest.raises(errors.WorkbookRefused) as caught:
        read_workbook(content, **options)
    return caught.value


def zipped(**parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def compound(stream: bytes) -> bytes:
    target = io.BytesIO()
    XlsDoc().save(target, stream)
    return target.getvalue()


def locked_xls() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "x")
    records = book.get_biff_data()
    after_bof = 4 + struct.unpack_from("<H", records, 2)[0]
    file_pass = struct.pack("<HHH", 0x2F, 6, 0) + b"\x12\x34\x56\x78"
    return compound(records[:after_bof] + file_pass + records[after_bof:])


LOCKED_ODS = zipped(
    mimetype="application/vnd.oasis.opendocument.spreadsheet",
    **{
        "content.xml": b"\x8f\x12" * 200,
        "META-INF__manifest.xml": "<manifest:file-entry><manifest:encryption-data/>",
    },
)
PASSWORD = "Plik jest zabezpieczony hasłem. Usuń hasło otwarcia i zapisz plik ponownie."


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(compound("EncryptedPackage".encode("utf-16-le") * 300), id="xlsx"),
        pytest.param(locked_xls(), id="xls"),
        pytest.param(LOCKED_ODS, id="ods"),
    ],
)
def test_a_password_is_one_sentence_for_every_format(content):
    assert str(refusal(content)) == PASSWORD


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"", "workbook_empty", "0 bajtów"),
        (b"%PDF-1.7 ...", "not_a_workbook", "PDF"),
        (b"\x89PNG\r\n", "not_a_workbook", "obraz"),
        (zipped(word__document="<w/>"), "not_a_workbook", "dokument tekstowy"),
        (zipped(readme="x"), "not_a_workbook", "archiwum"),
        (gzip.compress(b"0" * 10_000_000, mtime=0), "not_a_workbook", "archiwum"),
        (b"<html><table><tr><td>1</td></tr></table>", "not_a_workbook", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "old_workbook", "2003"),
        (b"ID;PWXL;N;E\nC;X1;Y1;K1\n", "old_workbook", "SYLK"),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00" + b"\0" * 100, "old_workbook", "Excel 2"),
        (bytes(range(256)) * 20, "not_a_workbook", "innego rodzaju"),
        (b"PK\x03\x04broken", "workbook_damaged", "uszkodzony"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "workbook_damaged", "uszkodzony"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_it_is(content, code, word):
    found = refusal(content)
    assert found.code == code
    assert word in str(found)


def test_a_truncated_xlsx_is_damaged(xlsx):
    content = xlsx({"A": [["x"] * 20] * 20})
    assert refusal(content[: len(content) // 2]).code == "workbook_damaged"


def test_an_xlsx_with_a_wrong_checksum_is_damaged(xlsx):
    content = bytearray(xlsx({"A": [["x"]]}))
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[at] ^= 0xFF
    assert refusal(bytes(content)).code == "workbook_damaged"


def test_the_name_of_a_file_does_not_count(tmp_path: Path, xls):
    path = tmp_path / "ankieta.csv"
    path.write_bytes(xls({"A": [["x"]]}))
    with read_workbook(path) as workbook:
        assert workbook.kind == "xls"


def test_a_file_beyond_the_size_limit_is_refused_before_it_is_read():
    assert "najwyżej 1 MB" in str(refusal(b";" * 1_100_000, limits=Limits(file=2**20)))


def test_a_sheet_of_too_many_cells_is_refused():
    content = b"1;2;3\n" * 400
    assert refusal(content, limits=Limits(cells=1000)).code == "workbook_too_many_cells"


def two_distant_cells() -> bytes:
    """A sheet of two cells that calamine holds as 100 million, in some 3 GB."""
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["ALL100000"] = 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def looping_xls() -> bytes:
    """A compound file of 1 KB whose directory chain never ends."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    return bytes(header) + struct.pack("<128I", *([0] * 128))


BOMB_HEAD = b'<row r="1"><c r="A1" t="inlineStr"><is><t>'


def bomb() -> bytes:
    """An xlsx of 400 kB whose sheet unpacks to 400 MB."""
    source, target = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, _, _ = content.partition(b"<sheetData")
                content = head + b"<sheetData>" + BOMB_HEAD + b"0" * 400_000_000
                content += b"</t></is></c></row></sheetData></worksheet>"
            new.writestr(name, content)
    return target.getvalue()


def lying_bomb() -> bytes:
    """The same, with the word that the sheet has 1 kB."""
    content = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    at = content.rindex(struct.pack("<I", size))
    content[at : at + 4] = struct.pack("<I", 1024)
    return bytes(content)


SMALL = Limits(memory=2**28)
TRUSTING = Limits(memory=2**28, unpacked=2**40)


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        pytest.param(two_distant_cells, Limits(), "workbook_too_demanding", id="distant cells"),
        pytest.param(looping_xls, Limits(), "workbook_too_demanding", id="endless directory"),
        pytest.param(bomb, TRUSTING, "workbook_too_demanding", id="zip bomb"),
        pytest.param(lying_bomb, SMALL, "workbook_damaged", id="zip bomb that lies"),
    ],
)
def test_a_memory_bomb_ends_in_a_sentence_and_the_next_file_is_read(content, limits, code, xlsx):
    hostile = content()
    with Reader(limits) as reader:
        began = time.monotonic()
        with pytest.raises(errors.WorkbookRefused) as caught:
            reader.read(hostile)
        assert caught.value.code == code
        assert time.monotonic() - began < 25
        with reader.read(xlsx({"A": [["dalej"]]})) as workbook:
            assert [row for _, row in workbook.sheets[0].rows()] == [["dalej"]]


def test_a_zip_bomb_that_tells_its_size_is_not_unpacked():
    honest = zipped(**{"xl__workbook.xml": "", "xl__worksheets__sheet1.xml": b"0" * 20_000_000})
    found = refusal(honest, limits=Limits(unpacked=2**24))
    assert found.code == "workbook_too_demanding"


def test_a_file_that_takes_too_long_is_given_up(xlsx):
    slow = (b"1;" * 99 + b"1\n") * 300_000
    with Reader(Limits(seconds=1, cells=10**9, memory=2**33, answer=2**33)) as reader:
        began = time.monotonic()
        with pytest.raises(errors.WorkbookTooSlow):
            reader.read(slow)
        assert time.monotonic() - began < 10
        reader.read(xlsx({"A": [["dalej"]]})).close()


def test_a_child_that_dies_is_replaced(xlsx):
    content = xlsx({"A": [["x"]]})
    with Reader() as reader:
        reader.read(content).close()
        os.killpg(reader._process.pid, 9)
        reader._process.wait()
        reader.read(content).close()


def test_the_child_sees_nothing_of_the_environment(xlsx, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    with Reader() as reader:
        reader.read(xlsx({"A": [["x"]]})).close()
        environment = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    assert b"secret" not in environment
    assert {entry.split(b"=")[0] for entry in environment.split(b"\0") if entry} <= {
        b"PYTHONPATH",
        b"LC_ALL",
    }


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json",
        b'{"kind": "xlsx", "sheets": 3}\n',
        b'{"kind": "xlsx", "sheets": 1}\n{"name": "A", "lines": 1}\n',
        b"[" * 100_000,
        b'{"refused": ["x"]}',
    ],
)
def test_a_false_answer_of_the_child_is_a_refusal(answer):
    with pytest.raises(errors.WorkbookRefused):
        read_answer(io.BytesIO(answer))


@pytest.mark.parametrize(
    "line", [b"[0, [[{}]]]", b'[0, [["a", ["d", 10e9]]]]', b"[0]", b'[0,[[["x"]]]]']
)
def test_a_false_row_of_the_child_is_a_refusal(line):
    with pytest.raises(errors.WorkbookDamaged):
        read_block(line)


def test_the_memory_of_the_child_is_what_the_limit_says():
    content = b"a;b;c\n" * 1_000_000
    read_workbook(content).close()
    assert refusal(content, limits=Limits(memory=2**27)).code == "workbook_too_demanding"
