"""What each row of a filled table is: an answer, the template's own, a sum, a heading, a signature.

Only answers come into the result; everything else is equal to the template or named in a remark.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from spreadsheets import headers, template
from spreadsheets.cells import Row, Value
from spreadsheets.log import SheetLog, quoted, shortened
from spreadsheets.merging import doubtful, totals
from spreadsheets.merging.foreign import ForeignTable
from spreadsheets.merging.words import (
    is_additive,
    is_number_title,
    is_signature,
    is_signed,
    looks_like_heading,
    repeats_label,
)
from spreadsheets.template import TableLayout
from spreadsheets.values import Kind

_MOST_TRACKED = 5_000
_LABEL_CELLS = 3
_WIDE = 3
_PAIR = 2
_TELLING = 50

Numbered = tuple[int, Row, tuple[Value, ...]]


class Fate(Enum):
    """What a row that is no plain answer is."""

    PRINTED = "printed"
    PRESET = "preset"
    SAMPLE = "sample"
    DROPPED = "dropped"


@dataclass(slots=True)
class Judged:
    """The rows of a table that are no plain answers, by number; `answers` counts the others."""

    fates: dict[int, Fate] = field(default_factory=dict)
    answers: int = 0


class Judge:
    """Looks at the rows of one table in one file, twice: what they are, and what they add up to."""

    def __init__(
        self, layout: TableLayout, columns: Sequence[int | None], log: SheetLog, width: int
    ) -> None:
        self._layout = layout
        self._places = [place for place in columns if place is not None]
        self._columns = columns
        self._by_place = sorted(
            range(len(columns)), key=lambda n: width if (p := columns[n]) is None else p
        )
        self._keys = [title.key[0] for title in layout.titles]
        self._log = log
        self._width = width
        self._judged = Judged()
        self._called: set[int] = set()
        self._heads: set[int] = set()
        self._unnamed: list[int] = []
        self._lone: list[int] = []
        self._signed: list[int] = []
        self._named_rows = 0
        self._last_regular = -1
        self._last_row: tuple[Value, ...] = ()
        self._previous: tuple[Value, ...] = ()
        self._additive = [
            position
            for position, title in enumerate(layout.titles)
            if is_additive(title.key, title.kind)
        ]
        self._foreign = ForeignTable(
            self._additive, [n for n in self._additive if layout.titles[n].kind is Kind.NUMBER]
        )
        self._doubtful = doubtful.Doubtful()
        self._told: set[int] = set()
        self._after_blank: set[int] = set()
        self._blank = False
        self._label = next(
            (n for n, title in enumerate(layout.titles) if not is_number_title(title)), 0
        )

    def judge(
        self, rows: Callable[[], Iterable[Numbered]], kept_as_sums: set[int], across: set[int]
    ) -> Judged:
        """Every row that is no answer; `across` are rows merged over several columns."""
        for number, _, picked in rows():
            self._look(number, picked, kept_as_sums)
        self._foreign.note(self._log)
        self._drop_group_sums(rows())
        candidates = self._called | kept_as_sums | set(self._candidates_without_name())
        odd = {*self._lone, *self._signed}
        if candidates or odd or self._may_sum_silently(rows()):
            self._judge_odd(rows, candidates, kept_as_sums, across, odd)
        layout = self._layout
        printed = {v for row in (*layout.unfilled, *layout.samples, *layout.below) for v in row}
        told = {*self._judged.fates, *self._told}
        self._doubtful.note(self._log, told, self._named_rows, printed)
        return self._judged

    def _drop_group_sums(self, rows: Iterable[Numbered]) -> None:
        """Leave out the sums that stand over the rows of their group."""
        if not self._heads:
            return
        passed = self._judged.fates.keys() | self._doubtful.parts.keys()
        listed = [one for one in rows if one[0] not in passed]
        width = len(self._keys)
        found = totals.sums_of_what_follows(
            ((number, picked[:width]) for number, _, picked in listed),
            self._heads | self._called,
            self._additive,
        )
        for number, _, picked in listed:
            if number in found:
                self._drop("row_sums", number, picked, text=_name_of(picked[:width]))
        self._called -= found

    def _look(self, number: int, picked: tuple[Value, ...], kept_as_sums: set[int]) -> None:
        filled = len(picked) - picked.count(None)
        if not filled:
            self._blank = True
            return
        own = picked[: len(self._keys)]
        if self._is_printed(number, own, picked[len(own) :]):
            return
        if self._repeats_header(number, own, picked) or self._is_foreign(number, picked, filled):
            return
        self._judged.answers += 1
        if own[self._label] is not None:
            self._named_rows += 1
        elif number not in kept_as_sums and len(self._unnamed) < _MOST_TRACKED:
            self._unnamed.append(number)
        self._sort(number, own, picked, filled)

    def _sort(
        self, number: int, own: tuple[Value, ...], picked: tuple[Value, ...], filled: int
    ) -> None:
        """Tell what may be a sum, a heading or a signature from a regular row."""
        if self._calls_itself_a_sum(picked):
            self._called.add(number)
        text = self._leftmost(picked)
        is_note = self._blank and self._has_no_numbers(own)
        may_sign = filled <= _WIDE and (
            self._may_sign(text, filled) or self._is_no_answer(text, own)
        )
        if filled == 1 or is_note or may_sign:
            kept = self._lone if filled == 1 else self._signed
            if len(kept) < _MOST_TRACKED:
                kept.append(number)
            if self._blank:
                self._after_blank.add(number)
        else:
            if looks_like_heading(text):
                self._heads.add(number)
            self._doubtful.look(number, own, own[self._label], after_gap=self._blank)
            self._last_regular, self._last_row = number, own
            self._blank = False

    def _is_foreign(self, number: int, picked: tuple[Value, ...], filled: int) -> bool:
        """Whether the row belongs to another table that begins under a gap or a caption."""
        foreign, own = self._foreign, picked[: len(self._keys)]
        if not foreign.rows:
            if self._may_sign(self._leftmost(picked), filled):
                return False
            caption = [n for n in self._lone[-1:] if number - n <= _PAIR]
            if not (self._blank or caption) or not foreign.begins(own, self._last_row):
                return False
            for row in caption:
                self._lone.remove(row)
                self._judged.answers -= 1
                self._judged.fates[row] = Fate.DROPPED
                foreign.take(row, 1)
        self._judged.fates[number] = Fate.DROPPED
        foreign.take(number, filled)
        return True

    def _calls_itself_a_sum(self, picked: tuple[Value, ...]) -> bool:
        return any(
            value.__class__ is str and totals.calls_itself_a_sum(value)
            for value in picked[: max(self._label + 1, _LABEL_CELLS)]
        )

    def _has_no_numbers(self, own: tuple[Value, ...]) -> bool:
        """Whether a row has no number in any of the columns where the last regular one has."""
        counted = [p for p in self._additive if p < len(self._last_row)]
        numbers = [p for p in counted if totals.number(self._last_row[p]) is not None]
        return bool(numbers) and all(totals.number(own[p]) is None for p in numbers)

    def _leftmost(self, picked: tuple[Value, ...]) -> str:
        """The text with which the row begins on its sheet; empty for a number."""
        value = next(picked[n] for n in self._by_place if picked[n] is not None)
        return value if isinstance(value, str) else ""

    def _may_sign(self, text: str, filled: int) -> bool:
        """Whether a row of several cells may be a line to sign: "Data:" and a date behind it."""
        if not is_signed(text):
            return False
        is_clear = text.rstrip().endswith(":") or is_signature(text)
        return is_clear or (self._blank and filled < len(self._keys))

    def _is_no_answer(self, text: str, own: Sequence[Value]) -> bool:
        """Whether a row that begins like a signature has words where numbers belong."""
        if not is_signed(text) or doubtful.is_part(text):
            return False
        return self._foreign.opposes(own, self._last_row)

    def _is_printed(self, number: int, own: tuple[Value, ...], extra: tuple[Value, ...]) -> bool:
        """Whether the row is the template's own, which a filled copy still has."""
        fate = self._printed_fate(own, extra)
        if fate is not None:
            self._judged.fates[number] = fate
        return fate is not None

    def _printed_fate(self, own: tuple[Value, ...], extra: tuple[Value, ...]) -> Fate | None:
        layout = self._layout
        if not (layout.unfilled or layout.samples or layout.calculated or layout.below):
            return None
        row = template.comparable(own, layout.calculated)
        if row in layout.samples:
            return Fate.SAMPLE
        if any(value is not None for value in extra):
            return None
        if row in layout.unfilled and row not in layout.below:
            return Fate.PRINTED if template.is_numbering(row) else Fate.PRESET
        is_printed = row in layout.below or row.count(None) == len(row)
        return Fate.PRINTED if is_printed else None

    def _repeats_header(
        self, number: int, own: tuple[Value, ...], picked: tuple[Value, ...]
    ) -> bool:
        first = next((value for value in own if value is not None), None)
        if not isinstance(first, str) or headers.key(first) not in self._keys:
            return False
        is_repeated = all(
            value is None or headers.key(headers.title(value)) == key
            for value, key in zip(own, self._keys, strict=True)
        )
        if is_repeated:
            self._judged.answers += 1
            self._drop("header_repeated", number, picked)
        return is_repeated

    def _candidates_without_name(self) -> Iterator[int]:
        if len(self._unnamed) * 2 <= self._named_rows:
            yield from self._unnamed

    def _judge_odd(
        self,
        rows: Callable[[], Iterable[Numbered]],
        candidates: set[int],
        kept_as_sums: set[int],
        across: set[int],
        odd: set[int],
    ) -> None:
        proof = totals.Proof(self._additive)
        unproven: dict[int, tuple[Value, ...]] = {}
        passed = self._judged.fates.keys() | self._doubtful.parts.keys()
        for number, _, picked in rows():
            if number in passed or picked.count(None) == len(picked):
                continue
            own = picked[: len(self._keys)]
            if number == self._last_regular and number not in candidates:
                if self._sums_silently(number, picked, proof):
                    continue
                proof.add(own)
            elif number in candidates and self._is_sum(number, picked, proof, kept_as_sums):
                proof.part()
            elif number in self._called:
                unproven[number] = picked
                proof.lead(number, own)
                proof.part()
            elif number in odd and self._is_odd(number, picked, across):
                proof.part()
            else:
                proof.add(own)
                self._previous = own
        led = proof.led()
        for number, picked in unproven.items():
            text = _name_of(picked[: len(self._keys)])
            if number in led:
                self._drop("row_sums", number, picked, text=text)
            else:
                self._tell("row_like_totals", number, text)

    def _tell(self, kind: str, number: int, text: str) -> None:
        """Remark on a row that stays."""
        self._told.add(number)
        self._log.note(kind, cell=f"A{number + 1}", text=text)

    def _is_sum(
        self,
        number: int,
        picked: tuple[Value, ...],
        proof: totals.Proof,
        kept_as_sums: set[int],
    ) -> bool:
        own = picked[: len(self._keys)]
        word = next((headers.key(v) for v in own if isinstance(v, str)), "")
        if word in self._layout.totals:
            self._drop("row_of_totals", number, picked, text=_name_of(own))
            return True
        is_called = number in self._called
        is_subtotal = is_called and repeats_label(own, self._previous)
        self._previous = own
        if number in kept_as_sums or proof.holds(own, is_called=is_called, alone=is_subtotal):
            self._drop("row_sums", number, picked, text=_name_of(own))
            return True
        return False

    def _may_sum_silently(self, rows: Iterable[Numbered]) -> bool:
        """A quick look at one column: whether its last number may be the sum of the others."""
        amounts = {
            position: read
            for position in self._additive
            if position < len(self._last_row) and (read := totals.number(self._last_row[position]))
        }
        if self._judged.answers <= _PAIR or not amounts:
            return False
        position, amount = next(iter(amounts.items()))
        above = sum(
            totals.number(picked[position]) or 0
            for number, _, picked in rows
            if number < self._last_regular
        )
        return totals.is_close(above, amount)

    def _sums_silently(self, number: int, picked: tuple[Value, ...], proof: totals.Proof) -> bool:
        """Whether the last row is the sum of those above under another name, and is left out.

        One number may be that by chance, so it is kept with a remark.
        """
        own = picked[: len(self._keys)]
        amounts = proof.amounts(own)
        if not proof.holds(own, is_called=False):
            return False
        if len(amounts) > 1 and max(map(abs, amounts)) >= _TELLING:
            self._drop("row_sums", number, picked, text=_name_of(own))
            return True
        if proof.rows > _PAIR:
            self._tell("row_like_totals", number, _name_of(own))
        return False

    def _is_odd(self, number: int, picked: tuple[Value, ...], across: set[int]) -> bool:
        """Whether a row with next to nothing in it is a heading or a signature, and is left out."""
        value = next(v for v in picked if v is not None)
        text = str(value) if isinstance(value, str) else ""
        is_last = number > self._last_regular
        begun = any(text.startswith(start) and text != start for start in self._layout.signed)
        if begun or (is_last and (number in self._after_blank or (text and is_signed(text)))):
            self._drop("row_below", number, picked, text=shortened(_joined(picked)))
            return True
        if number in self._signed:
            if number in self._after_blank:
                self._tell("row_apart", number, shortened(_joined(picked)))
            return False
        if text and not is_last and (number in across or looks_like_heading(text)):
            self._drop("row_heading", number, picked, text=shortened(text))
            return True
        if len(self._keys) >= _WIDE and len(self._lone) * 3 <= self._judged.answers:
            self._tell("row_lone", number, shortened(quoted(value)))
        return False

    def _drop(self, kind: str, number: int, row: Sequence[Value], **facts: str) -> None:
        self._judged.fates[number] = Fate.DROPPED
        self._judged.answers -= 1
        places = [
            place
            for place, value in zip(self._columns, row, strict=False)
            if value is not None and place is not None
        ]
        extra = sum(value is not None for value in row) - len(places)
        self._log.leave_out_row(kind, number, places or [0], **facts)
        self._log.leave_out_rest(extra if places else extra - 1)


def _name_of(row: Sequence[Value]) -> str:
    text = next((value for value in row if isinstance(value, str)), "")
    return shortened(text or _joined(row))


def _joined(row: Sequence[Value]) -> str:
    return "; ".join(quoted(value) for value in row if value is not None)
