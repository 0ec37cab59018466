"""What the cells of a column are, counted over all files, and how the column is therefore read."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from spreadsheets import measures
from spreadsheets.cells import MAX_TEXT, Formatted, Value
from spreadsheets.values import LONGEST_EXACT, Kind, number, text_kind

_UNREAD_TEXTS = 10_000
_LONGEST_TELLING = 100
_NUMBER_TYPES = frozenset({int, float})
_DATE_TYPES = frozenset({dt.date, dt.datetime})
_TIME_TYPES = frozenset({dt.time, dt.timedelta})
_INEXACT = 10.0**LONGEST_EXACT
_WORDS = frozenset({"words", "hidden"})
_YES_NO = frozenset({"tak", "nie"})


@dataclass(slots=True)
class Votes:
    """What the cells of a column are, counted over all files; the order of files does not count.

    `measures` are numbers with a unit ("25 osób"), `times` hours and minutes (30:15), `percents`
    those shown or written with %, `figures` other texts with digits, `largest` is the largest
    plain number and `least` the smallest fraction, `ranges` counts texts such as 3-5 by their mark.
    """

    numbers: int = 0
    number_texts: int = 0
    codes: int = 0
    dates: int = 0
    texts: int = 0
    has_decimals: bool = False
    has_fine_decimals: bool = False
    has_long_texts: bool = False
    measures: int = 0
    percents: int = 0
    times: int = 0
    yes_no: int = 0
    figures: int = 0
    largest: float = 0
    least: float = 1
    units: Counter[str] = field(default_factory=Counter)
    ranges: Counter[str] = field(default_factory=Counter)
    _unread: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        self._read_texts()
        plain = self.numbers + self.number_texts + self.codes + self.dates + self.texts
        return plain + self.measures + self.times

    def count(self, values: Sequence[Value]) -> None:
        """Add the cells of one block; what its texts are is found out later, once for each."""
        kinds = list(map(type, values))
        if str in kinds:
            texts = [v for v in values if isinstance(v, str)]
            if len(max(texts, key=len)) > _LONGEST_TELLING:
                self.has_long_texts |= any(len(text) > MAX_TEXT for text in texts)
                texts = [text[:_LONGEST_TELLING] for text in texts]
            self._unread.update(texts)
            if len(self._unread) > _UNREAD_TEXTS:
                self._read_texts()
        if float in kinds or int in kinds:
            plain: list[Any] = [v for v in values if v.__class__ in _NUMBER_TYPES]
            self._count_numbers(plain)
        self.dates += sum(map(kinds.count, _DATE_TYPES))
        self.times += sum(map(kinds.count, _TIME_TYPES))
        self.texts += kinds.count(bool)
        if Formatted in kinds:
            for value in values:
                if isinstance(value, Formatted):
                    self._count_formatted(value)

    def _count_numbers(self, numbers: list[float]) -> None:
        self.largest = max(self.largest, *numbers)
        positive = [value for value in numbers if 0 < value < 1]
        if positive:
            self.least = min(self.least, *positive)
        inexact = 0
        if self.largest >= _INEXACT:
            inexact = sum(abs(value) >= _INEXACT for value in numbers)
        self.codes += inexact
        self.numbers += len(numbers) - inexact
        if not self.has_fine_decimals:
            self._count_decimals(numbers)

    def _count_formatted(self, value: Formatted) -> None:
        if value.mark == "code":
            self.codes += 1
            return
        if value.mark in _WORDS:
            self.texts += 1
            return
        self.numbers += 1
        if value.mark == "percent":
            self.percents += 1
        else:
            self.largest = max(self.largest, float(value))
            self._count_decimals([float(value)])

    def _read_texts(self) -> None:
        unread, self._unread = self._unread, Counter()
        for text, count in unread.items():
            self._count_text(text, count)

    def _count_decimals(self, numbers: list[float]) -> None:
        broken = [value for value in numbers if value % 1]
        if broken:
            self.has_decimals = True
            self.has_fine_decimals = list(map(round, broken, repeat(2))) != broken

    def _count_text(self, text: str, count: int) -> None:
        match text_kind(text):
            case "number":
                self.number_texts += count
                value = number(text).value
                if text.rstrip().endswith("%"):
                    self.percents += count
                    return
                if isinstance(value, int | float):
                    self.largest = max(self.largest, value)
                if isinstance(value, float) and not value.is_integer():
                    self.has_decimals = True
                    self.has_fine_decimals |= round(value, 2) != value
            case "code":
                self.codes += count
            case "date":
                self.dates += count
            case "text":
                self._count_words(text, count)

    def _count_words(self, text: str, count: int) -> None:
        """A text that is neither number nor date nor code: perhaps a number with a unit."""
        if text[:1].isalpha():
            self._count_plain(text, count)
            return
        bare = measures.without_footnote(text)
        if bare != text.rstrip() and text_kind(bare) == "number":
            self.number_texts += count
            return
        if measures.hours(text) is not None:
            self.times += count
            return
        found = measures.measure(text)
        is_amount = found is not None and (found.is_counted or found.is_sure)
        if found is not None and is_amount and number(found.number).value is not None:
            self.measures += count
            self.has_decimals |= "," in found.number or "." in found.number
            self.units[found.unit] += count
            return
        self._count_plain(text, count)

    def _count_plain(self, text: str, count: int) -> None:
        self.texts += count
        if any(char.isdigit() for char in text):
            self.figures += count
        if mark := measures.range_mark(text):
            self.ranges[mark] += count
        elif text.strip().casefold() in _YES_NO:
            self.yes_no += count

    def kind(self) -> Kind:
        """What the majority says; ANY where there is none."""
        everything = self.total
        if self.codes and self.codes >= self.numbers:
            return Kind.TEXT if self.codes + self.number_texts > everything / 2 else Kind.ANY
        if self.numbers + self.number_texts + self._counted() > everything / 2:
            return Kind.NUMBER
        if self.dates > everything / 2:
            return Kind.DATE
        return Kind.ANY

    def _counted(self) -> int:
        """Numbers with units that nothing but amounts have."""
        return sum(
            count for unit, count in self.units.items() if measures.Measure("", 1, unit).is_sure
        )

    @property
    def range_mark(self) -> str:
        """The mark of ranges where they are what texts of this column mostly are."""
        mark, count = max(self.ranges.items(), key=lambda found: found[1], default=("", 0))
        return mark if count >= self.dates and count * 2 > self.texts else ""

    def number_format(self) -> str:
        """How the column's numbers are shown where the template does not say."""
        if not self.has_decimals:
            return "0"
        return "" if self.has_fine_decimals else "#,##0.00"
