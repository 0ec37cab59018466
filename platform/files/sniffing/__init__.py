"""What a file really is, told from its bytes and never from its name.

A table of our own instead of a library: the general ones (puremagic, filetype, libmagic) answer
"zip" or "OLE" for most of what an office sends, or read containers without a bound; what we need
beyond their tables is the look inside, and twenty signatures make the rest.
"""

from pathlib import Path

from files.sniffing import kinds, ole, texts, zips
from files.sniffing.kinds import Kind

HEAD = 64 * 1024
PDF_WITHIN = 1024
"""Where Adobe's readers look for the mark; scanners put their own lines before it."""


class Damaged(ValueError):
    """The file begins as a known container, and what must follow is not there."""


def sniff(path: Path) -> Kind:
    """The kind of the file; `kinds.UNKNOWN` where nothing fits. Reads a bounded part of it.

    Raises `Damaged`.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        try:
            if head.startswith(zips.SIGNATURES):
                return zips.kind_of(file)
            if head.startswith(ole.SIGNATURE):
                return ole.kind_of(file)
        except (zips.BrokenZip, ole.BrokenContainer) as error:
            raise Damaged from error
    return _by_signature(head) or _by_text(head, is_whole=path.stat().st_size <= HEAD)


def _by_signature(head: bytes) -> Kind | None:
    for offset, mark, kind in kinds.SIGNATURES:
        if head.startswith(mark, offset):
            return kind
    if head[4:8] == b"ftyp" and kinds.HEIC_BRANDS & _brands(head):
        return kinds.HEIC
    if b"%PDF-" in head[:PDF_WITHIN]:
        return kinds.PDF
    return None


def _brands(head: bytes) -> set[bytes]:
    """Of an ISO base media file: the major one and the compatible ones."""
    end = min(int.from_bytes(head[:4], "big"), 256)
    return {head[8:12], *(head[start : start + 4] for start in range(16, end, 4))}


def _by_text(head: bytes, *, is_whole: bool) -> Kind:
    text = texts.decoded(head, is_whole=is_whole)
    return kinds.UNKNOWN if text is None else texts.kind_of(text)
