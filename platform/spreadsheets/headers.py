"""Finding the header of a template's table in a sheet that somebody else has filled in.

Headers are compared by their key: no case, no diacritics, no punctuation, blanks and line breaks
as one blank. A header that occurs twice is told apart by its order.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from opium.polish import fold
from spreadsheets.cells import Row, Value

SEARCHED_ROWS = 300
LEAST_MATCH = 0.5
_SAME_WORD = 0.8
_SHORTEST_MISSPELT = 4
_NOT_WORDS = re.compile(r"[^\w%+#]+")
_LEVELS = " / "

Key = tuple[str, int]


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """What two spellings of one header have in common."""
    folded = fold(text)
    return _NOT_WORDS.sub(" ", folded).strip() or folded


def keys(titles: Sequence[str]) -> list[Key | None]:
    """The key of each title with its occurrence, None where there is no title."""
    seen: Counter[str] = Counter()
    found: list[Key | None] = []
    for title in titles:
        word = key(title) if title else ""
        if not word:
            found.append(None)
            continue
        seen[word] += 1
        found.append((word, seen[word]))
    return found


def title(value: Value) -> str:
    """The text of a header cell, blanks and line breaks as one blank."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


Merged = Sequence[tuple[int, int, int, int]]


def titles(rows: Sequence[Row], first: int, width: int, merged: Merged) -> list[str]:
    """Titles of the columns under a header of several rows: "Uczniowie / dziewczęta".

    `first` is the sheet's number of the first of `rows`. An upper title counts for the columns
    that its merged cell covers, or, where the format tells nothing of merging (or it was undone),
    for the empty cells to its right.
    """
    if len(rows) == 1:
        return [title(value) for value in rows[0]] + [""] * (width - len(rows[0]))
    levels = [[title(value) for value in row] + [""] * (width - len(row)) for row in rows]
    below = levels[-1]
    for depth, level in enumerate(levels[:-1]):
        _spread(level, below, first + depth, merged)
    found = []
    for column in range(width):
        parts: list[str] = []
        for level in levels:
            if level[column] and level[column] not in parts:
                parts.append(level[column])
        found.append(_LEVELS.join(parts))
    return found


def _spread(level: list[str], below: list[str], row: int, merged: Merged) -> None:
    covering = [area for area in merged if area[0] == row and area[1] < min(area[3], len(level))]
    if covering:
        for _, left, _, right in covering:
            level[left : right + 1] = [level[left]] * (min(right + 1, len(level)) - left)
        return
    for column in range(1, len(level)):
        if not level[column] and below[column] and below[column - 1]:
            level[column] = level[column - 1]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a template's columns lie in a sheet.

    `row` is the last header row; `columns` gives the sheet's column for each template column or
    None; `misspelt` the template columns found under a similar title, or under none (empty);
    `extra` the sheet's columns that the template does not have, with their titles.
    """

    row: int
    columns: tuple[int | None, ...]
    misspelt: Mapping[int, str]
    extra: tuple[tuple[int, str], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Area:
    """The first rows of a sheet, where a header is looked for."""

    rows: Sequence[Row]
    width: int
    merged: Merged

    def titles(self, row: int, depth: int) -> list[str]:
        """Titles under a header of `depth` rows that ends in `row`."""
        top = row - depth + 1
        return titles(self.rows[top : row + 1], top, self.width, self.merged)


def find(wanted: Sequence[Key | None], area: Area, *, depth: int, expected: int) -> Match | None:
    """The header among the first rows of a sheet, or None when no row holds half of it.

    `depth` is the number of header rows, `expected` where the template has the last of them.
    Ties go to the row nearest to it.
    """
    named = {word for word in wanted if word is not None}
    best_score, best_row = 0.0, -1
    rows = range(depth - 1, len(area.rows))
    for row in sorted(rows, key=lambda row: abs(row - expected)):
        if all(value is None for value in area.rows[row]):
            continue
        score = len(named.intersection(keys(area.titles(row, depth)))) / len(named)
        if score > best_score:
            best_score, best_row = score, row
            if score == 1:
                break
    if best_score < LEAST_MATCH:
        return None
    present = area.titles(best_row, depth)
    return _with_untitled(match(wanted, present, best_row), present, area)


def _with_untitled(found: Match, present: Sequence[str], area: Area) -> Match:
    """A column whose title somebody deleted is known by its neighbours on both sides."""
    columns, misspelt = list(found.columns), dict(found.misspelt)
    for position, place in enumerate(found.columns):
        if place is not None:
            continue
        before = found.columns[position - 1] if position else -1
        last = position + 1 == len(columns)
        after = len(present) if last else found.columns[position + 1]
        if before is None or after is None or after < before + 2:
            continue
        supposed = before + 1
        is_next = last or after == supposed + 1
        rows = area.rows[found.row + 1 :]
        if is_next and not present[supposed] and _has_values(rows, supposed):
            columns[position], misspelt[position] = supposed, ""
    return replace(found, columns=tuple(columns), misspelt=misspelt)


def _has_values(rows: Sequence[Row], place: int) -> bool:
    return any(place < len(row) and row[place] is not None for row in rows)


def match(wanted: Sequence[Key | None], present: Sequence[str], row: int) -> Match:
    """Pair the template's columns with the titles of a sheet, moved and misspelt ones too."""
    places = {word: place for place, word in enumerate(keys(present)) if word is not None}
    columns = [None if word is None else places.pop(word, None) for word in wanted]
    misspelt: dict[int, str] = {}
    for column, word in enumerate(wanted):
        if word is None or columns[column] is not None:
            continue
        similar = [other for other in places if is_misspelt(word[0], other[0])]
        if len(similar) == 1:
            place = places.pop(similar[0])
            columns[column] = place
            misspelt[column] = present[place]
    extra = tuple((place, present[place]) for place in sorted(places.values()))
    named = sum(word is not None for word in wanted)
    found = sum(place is not None for place in columns)
    return Match(row, tuple(columns), misspelt, extra, found / named if named else 0.0)


def is_misspelt(one: str, other: str) -> bool:
    """Whether two keys differ by typing errors only: the same digits, each word nearly the same.

    "liczba uczniow" and "liczba ucznow" are; "klasa 1" and "klasa 2", "netto" and "brutto" not.
    """
    if len(one) < _SHORTEST_MISSPELT or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    ours, theirs = one.split(), other.split()
    return len(ours) == len(theirs) and all(
        mine == yours
        or (
            min(len(mine), len(yours)) >= _SHORTEST_MISSPELT
            and SequenceMatcher(None, mine, yours).ratio() >= _SAME_WORD
        )
        for mine, yours in zip(ours, theirs, strict=True)
    )
