"""How large a picture is once it is unpacked, told from its first bytes.

A small file can unpack to gigabytes: 147 kB of PNG to 944 MB.
"""

import struct

from documents.errors import NotPrintable

MOST_POINTS = 40_000_000
"""Of one picture: a whole page of A4 at 600 points an inch has 35 million."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def check(content: bytes) -> None:
    """Raise `NotPrintable` for a picture with more points than are drawn.

    What says no size passes: it is no picture, and whatever draws it will say so.
    """
    width, height = size_of(content)
    if width * height > MOST_POINTS:
        raise NotPrintable(
            reason=f"obraz ma {width} × {height} punktów, a może mieć najwyżej "
            f"{MOST_POINTS // 1_000_000} mln. Zmniejsz go i wstaw ponownie"
        )


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in points, as a PNG, JPEG or GIF says them; (0, 0) for anything else."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack_from(">II", content, 16)
        if content.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack_from("<HH", content, 6)
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
    except struct.error:
        return (0, 0)
    return (0, 0)


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at : at + 1] == b"\xff":
        kind = content[at + 1] if at + 1 < len(content) else 0
        if kind == 0xFF:  # noqa: PLR2004  # a filling byte
            at += 1
        elif kind in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        elif kind in _ALONE:
            at += 2
        else:
            (length,) = struct.unpack_from(">H", content, at + 2)
            at += 2 + length
    return (0, 0)
