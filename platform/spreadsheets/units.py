"""Whose a file is, by its name and its folder.

Files saved by the platform are called `<unit> - <subject> - <name>.xlsx`, and units may have " - "
in their names too: the subject is what many files share, a part that begins like the name of an
institution belongs to the unit. In a folder of folders the unit is the outermost folder that is
called like an institution.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

_SEPARATOR = " - "
_KINDS = (
    r"szko[łl]a|przedszkole|[żz][łl]obek|liceum|technikum|zesp[óo][łl]|bran[żz]owa|bursa|internat|"
    r"o[śs]rodek|poradnia|plac[óo]wka|pa[łl]ac|dom|centrum|gimnazjum|sp|lo|zs\w{0,4}|pp|mp|mdk|"
    r"cku|ckz|ckp|sosw|mos|ppp|zss|zsp|zpo|bs|psm|tech|filia|oddzia[łl]y?"
)
_BEGINS_LIKE_A_UNIT = re.compile(rf"(?:{_KINDS})\b", re.IGNORECASE)
_IS_LIKE_A_UNIT = re.compile(
    rf"(?:[\w.]+ ){{0,3}}(?:{_KINDS})\b|\b[^\W\d_]{{1,5}} ?(?:nr ?)?\d{{1,3}}\b|\bnr ?\d",
    re.IGNORECASE,
)


def units_of(paths: Sequence[PurePosixPath]) -> list[str]:
    """The unit of each file, in the order of the paths, which are those of one folder or ZIP."""
    shared = _shared_folders(paths)
    stems = [_stem(path) for path in paths]
    subject = _subject(stems)
    found = []
    for path, stem in zip(paths, stems, strict=True):
        folders = path.parts[shared:-1]
        own = _unit_of_name(stem, subject)
        named = next((part for part in folders if _IS_LIKE_A_UNIT.match(part)), "")
        if not named and folders and not _IS_LIKE_A_UNIT.match(own):
            named = folders[0]
        found.append(named or own)
    return found


def _stem(path: PurePosixPath) -> str:
    return path.stem.strip(" .~$")


def _shared_folders(paths: Sequence[PurePosixPath]) -> int:
    """How many outer folders hold all files, and are therefore no unit's."""
    folders = [path.parts[:-1] for path in paths]
    count = 0
    for level in zip(*folders, strict=False):
        if len(set(level)) > 1 or _is_one_units(level[0], paths):
            break
        count += 1
    return count


def _is_one_units(folder: str, paths: Sequence[PurePosixPath]) -> bool:
    """Whether a folder is called like an institution, and none of the files in it is."""
    return bool(_IS_LIKE_A_UNIT.match(folder)) and not any(
        _IS_LIKE_A_UNIT.match(_stem(path)) for path in paths
    )


def _subject(stems: Sequence[str]) -> str:
    """What stands behind the unit in at least half of the names that have parts; empty if none."""
    parted = [parts for stem in stems if len(parts := stem.split(_SEPARATOR)) > 1]
    counted = Counter(
        part.casefold()
        for parts in parted
        for part in dict.fromkeys(parts[1:])
        if not _BEGINS_LIKE_A_UNIT.match(part)
    )
    if not counted:
        return ""
    part, count = max(counted.items(), key=lambda found: (found[1], -_place(found[0], parted)))
    return part if count > 1 and count * 2 >= len(parted) else ""


def _place(part: str, parted: Sequence[Sequence[str]]) -> int:
    """The place of a part in the names, the smallest: the subject stands before the name."""
    return min(
        folded.index(part)
        for parts in parted
        if part in (folded := [piece.casefold() for piece in parts])
    )


def _unit_of_name(stem: str, subject: str) -> str:
    parts = stem.split(_SEPARATOR)
    folded = [part.casefold() for part in parts]
    if subject and subject in folded[1:]:
        return _SEPARATOR.join(parts[: folded.index(subject, 1)]).strip()
    count = 1
    while count < len(parts) and _BEGINS_LIKE_A_UNIT.match(parts[count]):
        count += 1
    return _SEPARATOR.join(parts[:count]).strip()
