"""A column of the result: what it turns out to hold, and how each value gets into it."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from spreadsheets import conversion, xlsx
from spreadsheets.cells import Value
from spreadsheets.conversion import Setting
from spreadsheets.log import quoted
from spreadsheets.template import Title
from spreadsheets.values import LONGEST_EXACT, Kind
from spreadsheets.votes import Votes

_LENGTHS = {"regon": (9, 14), "nip": (10,), "pesel": (11,)}
_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\b")
_MONTHS = 12
_INEXACT = 10.0**LONGEST_EXACT
_DAY_FIRST = re.compile(r"\bdd? ?mm? ?(?:rrrr|yyyy|rr)|^dd?/mm?/", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"^mm?/dd?/", re.IGNORECASE)

Note = Callable[[int, str, str], None]


class DateOrders:
    """Whether a file writes the day or the month first: 13/05/2026 proves it for 02/03/2026 too.

    Where no row of the file proves it, the template may, by its format or its title.
    """

    def __init__(self, titles: Iterable[Title]) -> None:
        self._proven: dict[int, set[str]] = defaultdict(set)
        self._asked: set[str] = set()
        for title in titles:
            if _MONTH_FIRST.match(title.number_format):
                self._asked.add("month")
            elif _DAY_FIRST.search(title.number_format) or _DAY_FIRST.search(title.key[0]):
                self._asked.add("day")

    def count(self, source: int, columns: Iterable[Sequence[Value]]) -> None:
        for cells in columns:
            for value in cells:
                if value.__class__ is str and "/" in value:
                    self._count_text(source, str(value))

    def _count_text(self, source: int, text: str) -> None:
        found = _SLASHED.match(text)
        if found is None:
            return
        first, second = int(found[1]), int(found[2])
        if first > _MONTHS >= second > 0:
            self._proven[source].add("day")
        elif second > _MONTHS >= first > 0:
            self._proven[source].add("month")

    def of(self, source: int) -> str:
        """`day`, `month`, or empty where nothing or both is proven."""
        proven = self._proven.get(source) or self._asked
        return next(iter(proven)) if len(proven) == 1 else ""


def in_order(text: str, order: str) -> dt.date | None:
    """The date in a text such as 02/03/2026 when the order is known."""
    found = _SLASHED.fullmatch(text.strip())
    if found is None or not order:
        return None
    first, second = int(found[1]), int(found[2])
    day, month = (first, second) if order == "day" else (second, first)
    try:
        return dt.date(int(found[3]), month, day)
    except ValueError:
        return None


@dataclass(slots=True)
class ResultColumn:
    """`hint` is the kind that the template's format or title asks for."""

    title: str
    key: str
    hint: Kind | None = None
    number_format: str = ""
    votes: Votes = field(default_factory=Votes)
    _kind: Kind | None = None
    _setting: Setting | None = None

    @property
    def kind(self) -> Kind:
        """Settled when first asked for, so after all files have voted."""
        if self._kind is None:
            self._kind = self._settled()
        return self._kind

    def _settled(self) -> Kind:
        voted = self.votes.kind()
        if self.hint is None or voted is self.hint:
            return voted
        if self.hint is Kind.TEXT:
            is_amount = voted is Kind.NUMBER and self.votes.has_decimals and not self.votes.codes
            return Kind.NUMBER if is_amount else Kind.TEXT
        if self.hint is Kind.NUMBER and self._are_times_numbers:
            return Kind.NUMBER
        votes = self.votes
        if self.hint is Kind.NUMBER and voted is Kind.TEXT and votes.codes * 2 < votes.total:
            return Kind.NUMBER
        words = votes.texts - votes.figures if self.hint is Kind.NUMBER else votes.texts
        opposed = voted is not Kind.ANY or words + votes.times > votes.total / 2
        return Kind.ANY if opposed else self.hint

    @property
    def setting(self) -> Setting:
        """What the other cells of the column tell about each; settled like the kind."""
        if self._setting is None:
            self._setting = self._settings()
        return self._setting

    def _settings(self) -> Setting:
        votes, kind = self.votes, self.kind
        known = Setting(
            self.key,
            self.number_format,
            ranges=votes.range_mark,
            units=frozenset(votes.units) if len(votes.units) == 1 else frozenset(),
            has_yes_no=votes.yes_no > 0,
            has_texts=votes.texts > 0,
            is_of_dates=self.hint is Kind.DATE,
        )
        if kind is not Kind.NUMBER:
            return known
        percents = ""
        if "%" in self.number_format:
            percents = "fraction"
        elif votes.percents:
            percents = "points" if votes.largest > 1 else "fraction"
        is_scaled = bool(percents) or known.is_of_percents
        is_mixed = is_scaled and percents != "fraction" and votes.least < 1 < votes.largest
        return replace(known, percents=percents, is_mixed=is_mixed)

    @property
    def _are_times_numbers(self) -> bool:
        """Whether the column counts hours, and most cells are numbers or hours written as such."""
        votes = self.votes
        numbers = votes.numbers + votes.number_texts + votes.measures + votes.times
        return bool(Setting(self.key).counts) and numbers > votes.total / 2

    def written(self) -> xlsx.Column:
        """The column for the xlsx writer."""
        number_format = self.number_format
        if self.kind is Kind.NUMBER and not number_format:
            is_percent = self.setting.percents == "fraction" and self.votes.largest <= 1
            number_format = "0.00%" if is_percent else self.votes.number_format()
            if self.votes.times and not is_percent:
                number_format = xlsx.DECIMALS
        if self.kind is Kind.DATE and not number_format:
            number_format = xlsx.DATE
        if self.kind in {Kind.TEXT, Kind.ANY}:
            number_format = ""
        return xlsx.Column(self.title, number_format)

    def converted(self, cells: Sequence[Value], note: Note, order: str = "") -> Sequence[Value]:
        """The cells as the column holds them; `note(position, problem, text)` hears of problems.

        `order` is the order of day and month that the cells' file has proven, if any.
        """
        kinds = set(map(type, cells))
        kinds.discard(type(None))
        if kinds <= _AS_THEY_ARE[self.kind] and self._is_plain:
            return cells
        lengths = self._code_lengths()
        result = []
        for position, cell in enumerate(cells):
            value, problem = conversion.converted(self.kind, cell, self.setting)
            if (
                problem in {"ambiguous_date", "not_a_date"}
                and (day := in_order(str(cell), order)) is not None
            ):
                value, problem = day, ""
            if problem:
                note(position, problem, quoted(cell))
            elif (
                lengths
                and type(value) is str
                and len(value) + 1 in lengths
                and type(cell) is not str
            ):
                note(position, "lost_zero", value)
            result.append(value)
        return result

    @property
    def _is_plain(self) -> bool:
        """Whether no cell of the kind's own types has to be looked at."""
        votes = self.votes
        return self.setting.is_plain and votes.largest < _INEXACT and not votes.has_long_texts

    def _code_lengths(self) -> tuple[int, ...]:
        if self.kind is not Kind.TEXT:
            return ()
        return next((_LENGTHS[word] for word in self.key.split() if word in _LENGTHS), ())


_AS_THEY_ARE: dict[Kind, frozenset[type]] = {
    Kind.NUMBER: frozenset({int, float}),
    Kind.DATE: frozenset({dt.date, dt.datetime}),
    Kind.TEXT: frozenset({str}),
    Kind.ANY: frozenset({str, int, float, dt.time, dt.timedelta}),
}
