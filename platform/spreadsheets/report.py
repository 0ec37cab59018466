"""What went in, what came out, and every remark on the way. Nothing is dropped in silence."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from spreadsheets.cells import addresses
from spreadsheets.reading import Content

_CELLS_IN_A_REMARK = 2_000
_REMARKS_OF_A_FILE = 2_000
_QUOTED = 120

KINDS: dict[str, tuple[str, str]] = {
    "rejected": ("Plik odrzucony", "{reason}"),
    "silent": ("Brak odpowiedzi", "Jednostka nie odpowiedziała; nie ma jej w zestawieniu."),
    "sheet_renamed": (
        "Inna nazwa arkusza",
        "Arkusz „{found}” uznano za „{wanted}”, bo ma takie same nagłówki.",
    ),
    "sheet_missing": ("Brak arkusza", "W pliku nie ma arkusza „{wanted}”."),
    "sheet_extra": (
        "Dodatkowy arkusz",
        "Arkusza „{found}” nie ma w szablonie; jego zawartości nie scalono.",
    ),
    "sheet_unfilled": ("Arkusz bez wpisów", "Arkusz nie zawiera żadnego wypełnionego wiersza."),
    "column_missing": ("Brak kolumny", "Nie znaleziono kolumny „{title}”; pozostawiono ją pustą."),
    "column_extra": (
        "Dodatkowa kolumna",
        "Kolumny „{title}” nie ma w szablonie; dodano ją na końcu zestawienia.",
    ),
    "column_ignored": (
        "Dodatkowa kolumna",
        "Kolumny „{title}” nie ma w szablonie; dodatkowych kolumn jest zbyt wiele, by ją dodać.",
    ),
    "column_misspelt": (
        "Podobny nagłówek",
        "Kolumnę „{found}” uznano za „{title}”, bo różni się tylko pisownią.",
    ),
    "outside": ("Wpis poza polami", "„{text}” stoi poza polami szablonu; nie scalono tego wpisu."),
    "label_missing": ("Brak pola", "Nie znaleziono opisu „{title}”; pole pozostawiono puste."),
    "rows_unfilled": (
        "Niewypełnione wiersze",
        "Pominięto wiersze szablonu bez wpisów: {count}.",
    ),
    "rows_sample": ("Wiersz przykładowy", "Pominięto przykładowe wiersze szablonu: {count}."),
    "row_of_totals": ("Wiersz sumy", "Pominięto wiersz „{text}”, bo tak samo sumuje szablon."),
    "row_like_totals": (
        "Wiersz sumy",
        "Wiersz „{text}” wygląda na sumę; zostawiono go w zestawieniu.",
    ),
    "header_repeated": ("Powtórzony nagłówek", "Pominięto powtórzony wiersz nagłówków."),
    "formula_without_value": (
        "Formuła bez wyniku",
        "Formuła nie ma zapisanego wyniku. Otwórz plik w Excelu i zapisz go jeszcze raz.",
    ),
    "cell_error": ("Błąd w komórce", "Komórka zawiera błąd {text}."),
    "not_a_number": ("Nie jest liczbą", "„{text}” nie jest liczbą; zostawiono tekst."),
    "leading_zero": (
        "Nie jest liczbą",
        "„{text}” zaczyna się od zera jak numer lub kod; zostawiono tekst.",
    ),
    "too_many_digits": (
        "Nie jest liczbą",
        "„{text}” ma zbyt wiele cyfr, by zapisać je dokładnie; zostawiono tekst.",
    ),
    "ambiguous_number": (
        "Niejednoznaczna liczba",
        "„{text}” może oznaczać ułamek albo tysiące; zostawiono tekst.",
    ),
    "percent": ("Zapis z procentem", "„{text}” odczytano jako ułamek (25% to 0,25)."),
    "not_a_date": ("Nie jest datą", "„{text}” nie jest datą; zostawiono tekst."),
    "ambiguous_date": (
        "Niejednoznaczna data",
        "W „{text}” nie wiadomo, co jest dniem, a co miesiącem; zostawiono tekst.",
    ),
    "date_among_numbers": ("Nie jest liczbą", "W kolumnie liczb jest data {text}; zostawiono ją."),
    "number_among_dates": ("Nie jest datą", "W kolumnie dat jest liczba {text}; zostawiono ją."),
    "no_value": ("Brak wartości", "„{text}” oznacza brak wartości; komórkę zostawiono pustą."),
    "lost_zero": (
        "Zgubione zero",
        "Numer {text} jest o jedną cyfrę za krótki: Excel mógł usunąć zero z początku.",
    ),
    "text_too_long": ("Zbyt długi tekst", "Zapisano tylko pierwsze 32 767 znaków tekstu."),
    "not_added": ("Nie dodano", "„{text}” nie jest liczbą; nie dodano tej komórki do sumy."),
    "constant_changed": (
        "Zmieniona stała",
        "W szablonie jest {wanted}, w pliku {text}; komórki nie zsumowano.",
    ),
    "more": ("Kolejne uwagi", "W tym pliku jest jeszcze {count} uwag do komórek."),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One filled workbook: whose it is, its name as sent, and where its bytes are."""

    unit: str
    rspo: str
    file: str
    content: Content


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that is not in the result, and why (a Polish sentence)."""

    unit: str
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know about a file; `cell` may name many: C4:C9, D3."""

    unit: str
    rspo: str
    file: str
    sheet: str
    cell: str
    kind: str
    sentence: str

    @property
    def label(self) -> str:
        return KINDS[self.kind][0]


@dataclass(slots=True)
class Report:
    """The outcome of a merge; `to_dict` is its JSON form.

    `rows` counts the rows below the headers in all merged sheets (in `sum`, the summed cells).
    """

    mode: str
    sources: int = 0
    workbooks: int = 0
    rows: int = 0
    sheets: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Log:
    """Collects remarks while files are read in any order; `remarks` gives them file by file."""

    sources: list[Source]
    _structural: dict[int, list[Remark]] = field(default_factory=lambda: defaultdict(list))
    _values: dict[int, dict[tuple[str, int, str, str], list[tuple[int, int]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def note(
        self, source: int, kind: str, *, sheet: str = "", cell: str = "", **facts: Any
    ) -> None:
        """Remark on a file, a sheet or a place in it; `facts` fill the kind's sentence."""
        self._structural[source].append(self._remark(source, kind, sheet, cell, facts))

    def note_value(
        self, source: int, kind: str, sheet: str, place: tuple[int, int], text: str
    ) -> None:
        """Remark on a cell's value; equal remarks down a column become one."""
        shown = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
        key = (sheet, place[1], kind, shown)
        self._values[source].setdefault(key, []).append(place)

    def on_sheet(self, source: int, sheet: str) -> "SheetLog":
        return SheetLog(self, source, sheet)

    def forget(self, source: int) -> None:
        """Drop what was said about a file that turned out unreadable."""
        self._structural.pop(source, None)
        self._values.pop(source, None)

    def remarks(self) -> Iterator[Remark]:
        for source in range(len(self.sources)):
            yield from self._structural.get(source, ())
            grouped = self._values.get(source, {})
            for number, ((sheet, _, kind, text), places) in enumerate(grouped.items()):
                if number == _REMARKS_OF_A_FILE:
                    yield self._remark(source, "more", "", "", {"count": len(grouped) - number})
                    break
                for start in range(0, len(places), _CELLS_IN_A_REMARK):
                    cells = addresses(places[start : start + _CELLS_IN_A_REMARK])
                    yield self._remark(source, kind, sheet, cells, {"text": text})

    def _remark(
        self, source: int, kind: str, sheet: str, cell: str, facts: dict[str, Any]
    ) -> Remark:
        whose = self.sources[source]
        sentence = KINDS[kind][1].format(**facts)
        return Remark(whose.unit, whose.rspo, whose.file, sheet, cell, kind, sentence)


@dataclass(frozen=True, slots=True)
class SheetLog:
    """The log as one sheet of one file writes into it; `source` is the file's number."""

    log: Log
    source: int
    sheet: str

    def note(self, kind: str, *, cell: str = "", **facts: Any) -> None:
        self.log.note(self.source, kind, sheet=self.sheet, cell=cell, **facts)

    def note_value(self, kind: str, place: tuple[int, int], text: str) -> None:
        self.log.note_value(self.source, kind, self.sheet, place, text)
