"""The kinds of files that the platform can tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OPEN_XML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """`types`: each extension that such a file may have, and the content type that goes with it.

    A kind without extensions is recognised only to be refused by its name.
    """

    label: str
    types: Mapping[str, str] = field(default_factory=dict)


UNKNOWN = Kind("plik nierozpoznanego rodzaju")
PROGRAM = Kind("program")
SCRIPT = Kind("skrypt")
HTML = Kind("strona HTML")
SVG = Kind("rysunek SVG")

TEXT = Kind("zwykły tekst", {"txt": "text/plain", "csv": "text/csv", "json": "application/json"})
XML = Kind("plik XML", {"xml": "application/xml", "xades": "application/xml", "txt": "text/plain"})
RTF = Kind("dokument RTF", {"rtf": "application/rtf", "doc": "application/rtf"})
PDF = Kind("dokument PDF", {"pdf": "application/pdf"})
JPEG = Kind("zdjęcie JPEG", {"jpg": "image/jpeg", "jpeg": "image/jpeg"})
PNG = Kind("obraz PNG", {"png": "image/png"})
GIF = Kind("obraz GIF", {"gif": "image/gif"})
WEBP = Kind("obraz WebP", {"webp": "image/webp"})
HEIC = Kind("zdjęcie HEIC", {"heic": "image/heic", "heif": "image/heif"})
TIFF = Kind("obraz TIFF", {"tif": "image/tiff", "tiff": "image/tiff"})
ZIP = Kind("archiwum ZIP", {"zip": "application/zip"})
SEVEN_ZIP = Kind("archiwum 7z", {"7z": "application/x-7z-compressed"})

DOC = Kind("dokument Word 97–2003 (doc)", {"doc": "application/msword"})
XLS = Kind("skoroszyt Excel 97–2003 (xls)", {"xls": "application/vnd.ms-excel"})
PPT = Kind("prezentacja PowerPoint 97–2003 (ppt)", {"ppt": "application/vnd.ms-powerpoint"})
DOCX = Kind("dokument Word (docx)", {"docx": f"{OPEN_XML}.wordprocessingml.document"})
XLSX = Kind("skoroszyt Excel (xlsx)", {"xlsx": f"{OPEN_XML}.spreadsheetml.sheet"})
XLSM = Kind(
    "skoroszyt Excel z makrami (xlsm)", {"xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12"}
)
XLSB = Kind(
    "binarny skoroszyt Excel (xlsb)",
    {"xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12"},
)
PPTX = Kind("prezentacja PowerPoint (pptx)", {"pptx": f"{OPEN_XML}.presentationml.presentation"})
PPSX = Kind("pokaz PowerPoint (ppsx)", {"ppsx": f"{OPEN_XML}.presentationml.slideshow"})
ODT = Kind("dokument OpenDocument (odt)", {"odt": f"{ODF}.text"})
ODS = Kind("arkusz OpenDocument (ods)", {"ods": f"{ODF}.spreadsheet"})
ODP = Kind("prezentacja OpenDocument (odp)", {"odp": f"{ODF}.presentation"})
ENCRYPTED = Kind(
    "dokument Office zabezpieczony hasłem",
    {**DOCX.types, **XLSX.types, **XLSM.types, **XLSB.types, **PPTX.types, **PPSX.types},
)

SIGNATURES: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"GIF87a", GIF),
    (0, b"GIF89a", GIF),
    (8, b"WEBPVP8", WEBP),
    (0, b"II*\x00", TIFF),
    (0, b"MM\x00*", TIFF),
    (0, b"{\\rtf", RTF),
    (0, b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (0, b"\x09\x00\x04\x00", XLS),
    (0, b"\x09\x02\x06\x00", XLS),
    (0, b"\x09\x04\x06\x00", XLS),
    (0, b"\x09\x08\x08\x00", XLS),
    (0, b"MZ\x90\x00", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
)
"""Offset, bytes and what they mean; the four after 7z are workbooks of Excel 2 to 5."""
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc"}

DECLARED: Mapping[bytes, Kind] = {
    f"{OPEN_XML}.wordprocessingml.document.main+xml".encode(): DOCX,
    f"{OPEN_XML}.spreadsheetml.sheet.main+xml".encode(): XLSX,
    f"{OPEN_XML}.presentationml.presentation.main+xml".encode(): PPTX,
    f"{OPEN_XML}.presentationml.slideshow.main+xml".encode(): PPSX,
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml": XLSM,
    b"application/vnd.ms-excel.sheet.binary.macroEnabled.main": XLSB,
    **{
        kind.types[name].encode(): kind for name, kind in (("odt", ODT), ("ods", ODS), ("odp", ODP))
    },
}
"""What a package says of itself: the type of its main part, or of the whole in OpenDocument."""
OLE_STREAMS: Mapping[str, Kind] = {
    "encryptedpackage": ENCRYPTED,
    "worddocument": DOC,
    "workbook": XLS,
    "book": XLS,
    "powerpoint document": PPT,
}
"""In small letters, for not every program keeps Microsoft's own."""


def content_type_of(extension: str) -> str:
    """What files of this extension usually are; only for those that we make ourselves."""
    for kind in (TEXT, XLSX, ZIP, PDF, DOCX, ODS, XML):
        if extension in kind.types:
            return kind.types[extension]
    return "application/octet-stream"
