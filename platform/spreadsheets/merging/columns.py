"""A column of the result: what it turns out to hold, and how each value gets into it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spreadsheets import values, xlsx
from spreadsheets.cells import Value
from spreadsheets.values import Kind, Votes

_LENGTHS = {"regon": (9, 14), "nip": (10,), "pesel": (11,)}

Note = Callable[[int, str, str], None]


@dataclass(slots=True)
class ResultColumn:
    """`hint` is the kind that the template's format or title asks for."""

    title: str
    key: str
    hint: Kind | None = None
    number_format: str = ""
    votes: Votes = field(default_factory=Votes)
    _kind: Kind | None = None

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
            return Kind.TEXT
        opposed = voted is not Kind.ANY or self.votes.texts > self.votes.total / 2
        return Kind.ANY if opposed else self.hint

    def written(self) -> xlsx.Column:
        """The column for the xlsx writer."""
        number_format = self.number_format
        if self.kind is Kind.NUMBER and not number_format:
            number_format = self.votes.number_format()
        if self.kind is Kind.DATE and not number_format:
            number_format = xlsx.DATE
        if self.kind in {Kind.TEXT, Kind.ANY}:
            number_format = ""
        return xlsx.Column(self.title, number_format)

    def converted(self, cells: Sequence[Value], note: Note) -> Sequence[Value]:
        """The cells as the column holds them; `note(position, problem, text)` hears of problems."""
        kinds = set(map(type, cells))
        kinds.discard(type(None))
        if kinds <= _AS_THEY_ARE[self.kind] and not self.votes.has_long_texts:
            return cells
        lengths = self._code_lengths()
        result = []
        for position, cell in enumerate(cells):
            value, problem = values.converted(self.kind, cell)
            if problem:
                note(position, problem, _shown(cell))
            elif (
                lengths
                and type(value) is str
                and len(value) + 1 in lengths
                and type(cell) is not str
            ):
                note(position, "lost_zero", value)
            result.append(value)
        return result

    def _code_lengths(self) -> tuple[int, ...]:
        if self.kind is not Kind.TEXT:
            return ()
        return next((_LENGTHS[word] for word in self.key.split() if word in _LENGTHS), ())


_EVERYTHING = frozenset({str, int, float, bool, dt.date, dt.datetime, dt.time, dt.timedelta})
_AS_THEY_ARE: dict[Kind, frozenset[type]] = {
    Kind.NUMBER: frozenset({int, float}),
    Kind.DATE: frozenset({dt.date, dt.datetime}),
    Kind.TEXT: frozenset({str}),
    Kind.ANY: _EVERYTHING,
}


def _shown(value: Value) -> str:
    match value:
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return repr(value).replace(".", ",")
        case dt.datetime():
            return f"{value:%d.%m.%Y %H:%M}"
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case _:
            return str(value)
