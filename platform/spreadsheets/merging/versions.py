"""Files that are no answers of their own: a result of a merge, the template, an older version.

A unit is counted once. Two files of one unit with the same cells are one. Where the name says that
one of them is a correction ("poprawione", "korekta", "v2"), it alone is merged. Otherwise both are,
and the remark says so.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path, PurePosixPath

from opium.polish import fold
from spreadsheets import headers, readers
from spreadsheets.log import Log
from spreadsheets.report import Source
from spreadsheets.template import TemplateSheet

MARK = "OPIUM"
MARKED = "zestawienie"
_FRONT = ("jednostka", "rspo", "plik")
_CORRECTION = (
    r"popraw\w*|popr\b\.?|korekt\w*|korygow\w*|skoryg\w*|zaktual\w*|aktual\w*|ostateczn\w*|"
    r"final\w*|uzupeln\w*|nowa wersja|wersja nowa|nowsz\w*|zmienion\w*|v\.? ?\d+|"
    r"wer(?:sja)?\.? ?\d+|rev\.? ?\d+"
)
_CORRECTED = re.compile(rf"(?<![^\W_])(?:{_CORRECTION})(?![^\W_])", re.IGNORECASE)
_MARKS = re.compile(
    rf"\(\d+\)|(?<![^\W_])(?:{_CORRECTION}|kopia|copy|duplikat|nowe|nowy|nowa)(?![^\W_])",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\b(?:szablon|wzor|template|pusty|formularz do wypelnienia)\b")
_NUMBER = re.compile(r"(\d+)\D*$")
_SEPARATORS = re.compile(r"[\s_.,\-–—]+")
_NAMED = 3
_TELLING = 12
"""Filled cells that two units hardly share by chance."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file that is left out, and the kind of remark that says why."""

    source: int
    kind: str
    others: str = ""


def is_own_result(workbook: readers.Workbook, template: Sequence[TemplateSheet]) -> bool:
    """Whether the workbook was made by a merge: by its mark, or by the columns that only it has."""
    if workbook.properties.get(MARK) == MARKED:
        return True
    if any(row[:3] and _begins(row) for sheet in template for row in sheet.rows[:1]):
        return False
    return any(_begins(row) for sheet in workbook.sheets for row in sheet.head(1))


def _begins(row: Sequence[object]) -> bool:
    return tuple(headers.key(str(value)) for value in row[:3] if value is not None) == _FRONT


def fingerprint(workbook: readers.Workbook) -> bytes:
    """What the filled sheets of a workbook hold; equal for a copy, however it was saved."""
    return sha256(
        b"".join(sheet.fingerprint() for sheet in workbook.sheets if not sheet.is_empty)
    ).digest()


def is_named_as_template(source: Source, content: readers.Content) -> bool:
    name = PurePosixPath(source.file).name
    if isinstance(content, Path) and fold(content.name) == fold(name):
        return True
    return _TEMPLATE.search(_SEPARATORS.sub(" ", fold(name))) is not None


@dataclass(slots=True)
class Versions:
    """What was merged, by its unit and by its content; asked at the end what to leave out."""

    sources: Sequence[Source]
    _prints: dict[int, bytes]

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self._prints = {}

    def add(self, source: int, content: bytes) -> None:
        """A file that was merged, with the fingerprint of what it holds."""
        self._prints[source] = content

    def settle(self, log: Log) -> list[Verdict]:
        """The files to leave out; remarks on the others that a person must look at."""
        verdicts: list[Verdict] = []
        units: dict[tuple[str, str], list[int]] = defaultdict(list)
        for source in sorted(self._prints, key=lambda one: self.sources[one].file):
            whose = self.sources[source]
            units[whose.rspo, _base(whose.unit)].append(source)
        for files in units.values():
            if len(files) > 1:
                verdicts += self._of_one_unit(files, log)
        self._note_foreign_copies({verdict.source for verdict in verdicts}, log)
        return verdicts

    def _of_one_unit(self, files: list[int], log: Log) -> list[Verdict]:
        verdicts = []
        kept: dict[bytes, int] = {}
        for source in sorted(files, key=lambda one: (_is_marked(self._name(one)), self._name(one))):
            content = self._prints[source]
            if content in kept:
                verdicts.append(Verdict(source, "same_content", self._named([kept[content]])))
            else:
                kept[content] = source
        left = list(kept.values())
        if len(left) < 2:  # noqa: PLR2004  # one file is no choice
            return verdicts
        newest = self._newest(left)
        others = [source for source in left if source != newest]
        if newest is None:
            for source in left:
                rest = [other for other in left if other != source]
                log.note(source, "several_files", others=self._named(rest))
            return verdicts
        log.note(newest, "newer_version", others=self._named(others))
        shortest = min((self.sources[one].unit for one in left), key=len)
        log.sources[newest] = replace(self.sources[newest], unit=shortest)
        return verdicts + [Verdict(one, "older_version", self._named([newest])) for one in others]

    def _newest(self, files: list[int]) -> int | None:
        """The one that its name calls a correction of the others; None where none or several."""
        ranked = sorted(files, key=lambda one: _rank(self._name(one)))
        ranks = [_rank(self._name(one)) for one in ranked]
        if not ranks[-1] or any(one == other and one for one, other in pairwise(ranks)):
            return None
        return ranked[-1] if ranks.count(0) <= 1 and ranks[-2] < ranks[-1] else None

    def _note_foreign_copies(self, left_out: set[int], log: Log) -> None:
        """Remark on files of several units that hold the same."""
        same: dict[bytes, list[int]] = defaultdict(list)
        for source, content in self._prints.items():
            if source not in left_out:
                same[content].append(source)
        for files in same.values():
            for source in files if len(files) > 1 else ():
                others = sorted(
                    other
                    for other in files
                    if self.sources[other].unit != self.sources[source].unit
                )
                account = log.accounts[source]
                if others and account.read - account.template >= _TELLING:
                    log.note(source, "same_content_elsewhere", others=self._named(others))

    def _name(self, source: int) -> str:
        return self.sources[source].file

    def _named(self, files: list[int]) -> str:
        names = sorted(self._name(one) for one in files)
        shown = "”, „".join(names[:_NAMED])
        return shown if len(names) <= _NAMED else f"{shown}” i innych ({len(names) - _NAMED}) „…"


def _base(unit: str) -> str:
    return _SEPARATORS.sub(" ", _MARKS.sub(" ", fold(unit))).strip()


def _is_marked(name: str) -> bool:
    return _MARKS.search(fold(PurePosixPath(name).stem)) is not None


def _rank(name: str) -> int:
    """0 for a plain name; a correction counts 1 or more, by the number of its version."""
    stem = fold(PurePosixPath(name).stem)
    found = _CORRECTED.search(stem)
    if found is None:
        return 0
    number = _NUMBER.search(found[0])
    return 1 + (int(number[1]) if number and len(number[1]) < 6 else 1)  # noqa: PLR2004  # no bombs
