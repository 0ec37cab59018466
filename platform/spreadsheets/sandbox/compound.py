"""Streams of a compound file, which xls and its kin are kept in ([MS-CFB] 2)."""

import struct
from collections.abc import Iterator

_END_OF_CHAIN = 0xFFFFFFFA
_MINI_STREAM_BELOW = 4096
_HEADER = 512
_ENTRY = 128


def stream(everything: bytes, wanted: str) -> bytes:
    """The stream of a name, in small letters; empty where there is none. May raise struct.error."""
    (sector_bits,) = struct.unpack_from("<H", everything, 30)
    size = 1 << min(sector_bits, 16)
    directory_start, mini_fat_start = (
        struct.unpack_from("<I", everything, offset)[0] for offset in (48, 60)
    )
    fat = _table(_sector(everything, number, size) for number in _fat_sectors(everything, size))
    directory = _chain(everything, fat, directory_start, size)
    entries = [directory[start : start + _ENTRY] for start in range(0, len(directory), _ENTRY)]
    named = {_entry_name(entry): entry for entry in entries if len(entry) == _ENTRY}
    entry = named.get(wanted)
    if entry is None:
        return b""
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= _MINI_STREAM_BELOW:
        return _chain(everything, fat, start, size)[:length]
    (root_start,) = struct.unpack_from("<I", entries[0], 116)
    mini_stream = _chain(everything, fat, root_start, size)
    mini_fat = _table([_chain(everything, fat, mini_fat_start, size)])
    numbers = _numbers(mini_fat, start)
    return b"".join(mini_stream[number * 64 : number * 64 + 64] for number in numbers)[:length]


def _fat_sectors(everything: bytes, size: int) -> Iterator[int]:
    yield from (
        number for number in struct.unpack_from("<109I", everything, 76) if number < _END_OF_CHAIN
    )
    (following,) = struct.unpack_from("<I", everything, 68)
    seen: set[int] = set()
    while following < _END_OF_CHAIN and following not in seen:
        seen.add(following)
        *numbers, following = struct.unpack(f"<{size // 4}I", _sector(everything, following, size))
        yield from (number for number in numbers if number < _END_OF_CHAIN)


def _sector(everything: bytes, number: int, size: int) -> bytes:
    start = max(size, _HEADER) + number * size
    return everything[start : start + size]


def _table(sectors: Iterator[bytes] | list[bytes]) -> tuple[int, ...]:
    raw = b"".join(sectors)
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _numbers(table: tuple[int, ...], start: int) -> Iterator[int]:
    seen: set[int] = set()
    while start < len(table) and start not in seen:
        seen.add(start)
        yield start
        start = table[start]


def _chain(everything: bytes, fat: tuple[int, ...], start: int, size: int) -> bytes:
    return b"".join(_sector(everything, number, size) for number in _numbers(fat, start))


def _entry_name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
