import io
import random
import struct
import tracemalloc
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentPresentation, OpenDocumentSpreadsheet, OpenDocumentText

from files import sniffing
from files.sniffing import kinds
from tests.factories.files import PDF, archive_of


@pytest.fixture
def sniff(tmp_path):
    path = tmp_path / "no-name-to-help"

    def kind_of(content):
        path.write_bytes(content)
        return sniffing.sniff(path)

    return kind_of


def written(save):
    content = io.BytesIO()
    save(content)
    return content.getvalue()


def by_openpyxl():
    return written(openpyxl.Workbook().save)


def by_xlsxwriter():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write(0, 0, "Żółw")
    return content.getvalue()


def by_xlwt():
    book = xlwt.Workbook()
    book.add_sheet("Arkusz").write(0, 0, "Żółw")
    return written(book.save)


def package(part):
    types = f'<?xml version="1.0"?><Types><Override PartName="/x" ContentType="{part}"/></Types>'
    return archive_of({"a.xml": "<a/>", "[Content_Types].xml": types})


def compound(*streams, tree=True):
    """An OLE container of these empty streams: a header, one allocation table, a directory."""
    header = struct.pack(
        "<8s16s6H10L",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        0,
        0,
        1,
        1,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    header += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<3L", 0xFFFFFFFD, 2, 0xFFFFFFFE).ljust(512, b"\xff")

    def entry(name, kind, right, child):
        spelled = name.encode("utf-16-le")
        return struct.pack(
            "<64sH2B3L", spelled, len(spelled) + 2, kind, 1, 0xFFFFFFFF, right, child
        ).ljust(128, b"\0")

    links = [2, 3, 0xFFFFFFFF] if tree else [0xFFFFFFFF] * 3
    entries = [entry("Root Entry", 5, 0xFFFFFFFF, 1)]
    entries += [
        entry(
            name,
            2,
            links[place] if place + 1 < len(streams) or not tree else 0xFFFFFFFF,
            0xFFFFFFFF,
        )
        for place, name in enumerate(streams)
    ]
    return (header + table + b"".join(entries).ljust(1024, b"\0")).ljust(4096, b"\0")


OPEN_XML = "application/vnd.openxmlformats-officedocument"
EXCEL = "application/vnd.ms-excel.sheet"


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (by_openpyxl, kinds.XLSX),
        (by_xlsxwriter, kinds.XLSX),
        (by_xlwt, kinds.XLS),
        (lambda: written(OpenDocumentSpreadsheet().write), kinds.ODS),
        (lambda: written(OpenDocumentText().write), kinds.ODT),
        (lambda: written(OpenDocumentPresentation().write), kinds.ODP),
        (lambda: package(f"{OPEN_XML}.wordprocessingml.document.main+xml"), kinds.DOCX),
        (lambda: package(f"{OPEN_XML}.presentationml.presentation.main+xml"), kinds.PPTX),
        (lambda: package(f"{OPEN_XML}.presentationml.slideshow.main+xml"), kinds.PPSX),
        (lambda: package(f"{EXCEL}.macroEnabled.main+xml"), kinds.XLSM),
        (lambda: package(f"{EXCEL}.binary.macroEnabled.main"), kinds.XLSB),
        (lambda: package("application/vnd.ms-visio.drawing.main+xml"), kinds.ZIP),
        (lambda: compound("WordDocument", "1Table"), kinds.DOC),
        (lambda: compound("\x05SummaryInformation", "PowerPoint Document"), kinds.PPT),
        (lambda: compound("\x01CompObj", "WORKBOOK"), kinds.XLS),
        (lambda: compound("EncryptionInfo", "EncryptedPackage"), kinds.ENCRYPTED),
        (lambda: compound("\x05SummaryInformation"), kinds.UNKNOWN),
    ],
)
def test_office_documents_are_told_apart_by_what_is_inside(sniff, make, kind):
    assert sniff(make()) is kind


def test_a_document_within_a_workbook_does_not_make_it_a_document(sniff):
    assert sniff(compound("Workbook", "MBD0001", "WordDocument", tree=False)) is kinds.XLS


def test_a_sheet_without_its_mimetype_is_told_by_its_manifest(sniff):
    manifest = f'<m><f full-path="/" media-type="{kinds.ODF}.spreadsheet"/></m>'

    assert sniff(archive_of({"META-INF/manifest.xml": manifest})) is kinds.ODS


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, kinds.PDF),
        (b"\x1b%-12345X@PJL\r\n" + PDF, kinds.PDF),
        (b"\xff\xd8\xff\xe1\x00\x18Exif", kinds.JPEG),
        (b"\x89PNG\r\n\x1a\n", kinds.PNG),
        (b"GIF89a\x01", kinds.GIF),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", kinds.WEBP),
        (b"II*\x00\x08", kinds.TIFF),
        (b"MM\x00*\x00", kinds.TIFF),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", kinds.HEIC),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heicmiaf", kinds.HEIC),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", kinds.UNKNOWN),
        (rb"{\rtf1\ansi\deff0 {\fonttbl}}", kinds.RTF),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", kinds.SEVEN_ZIP),
        (archive_of({"a.txt": "x"}), kinds.ZIP),
        (archive_of({}), kinds.ZIP),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", kinds.XLS),
        (b"MZ\x90\x00\x03\x00\x00\x00", kinds.PROGRAM),
        (b"\x7fELF\x02\x01\x01\x00", kinds.PROGRAM),
        (b"#!/usr/bin/env python\n", kinds.SCRIPT),
        (b"<?php echo 1;", kinds.SCRIPT),
        (b"  \r\n<!-- x --><!DOCTYPE html>\n<html>", kinds.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", kinds.HTML),
        (b"<ScRiPt>alert(1)</script>", kinds.HTML),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a'?><svg/>", kinds.SVG),
        (b"<svg:svg xmlns:svg='x'/>", kinds.SVG),
        ("<svg/>".encode("utf-16"), kinds.SVG),
        (b"<?xml version='1.0'?><faktura/>", kinds.XML),
        (b"\x00\x01\x02\x03", kinds.UNKNOWN),
        (b"tekst z zerem\x00", kinds.UNKNOWN),
    ],
)
def test_other_kinds_are_told_by_how_they_begin(sniff, content, kind):
    assert sniff(content) is kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
def test_polish_text_is_text_in_every_encoding_of_an_office(sniff, encoding):
    text = "Szkoła;Liczba uczniów\r\nZażółć gęślą jaźń;12,5\r\n" * 3000

    assert sniff(text.encode(encoding)) is kinds.TEXT


@pytest.mark.parametrize("make", [by_openpyxl, by_xlwt, lambda: archive_of({"a": "x" * 999})])
def test_a_container_cut_short_is_damaged(sniff, make):
    content = make()

    for length in (len(content) // 3, len(content) // 10, 30):
        with pytest.raises(sniffing.Damaged):
            sniff(content[:length])


def test_a_container_whose_chain_never_ends_is_damaged(sniff):
    looping = bytearray(compound("Workbook"))
    struct.pack_into("<L", looping, 512 + 2 * 4, 1)

    with pytest.raises(sniffing.Damaged):
        sniff(bytes(looping))


def test_an_archive_of_the_large_format_is_read_by_its_second_directory(sniff, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    content = package(f"{OPEN_XML}.spreadsheetml.sheet.main+xml")

    assert b"PK\x06\x06" in content
    assert sniff(content) is kinds.XLSX


def test_a_bomb_is_not_unpacked_to_be_told(sniff):
    bomb = archive_of({"[Content_Types].xml": b" " * 50_000_000})

    tracemalloc.start()
    kind = sniff(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert kind is kinds.ZIP
    assert peak < 5_000_000


@settings(deadline=None)
@given(
    st.binary(max_size=2000),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_no_bytes_break_the_look_inside(tmp_path_factory, content, start):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(start + content)

    try:
        kind = sniffing.sniff(path)
    except sniffing.Damaged:
        return
    assert kind.label


@pytest.mark.parametrize("make", [by_openpyxl, by_xlwt, lambda: compound("Workbook", "Book")])
def test_no_flipped_byte_breaks_the_look_inside(tmp_path, make):
    whole, chance, path = make(), random.Random(7), tmp_path / "flipped"

    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            assert sniffing.sniff(path).label
        except sniffing.Damaged:
            continue
