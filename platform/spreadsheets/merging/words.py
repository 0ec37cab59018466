"""What titles and lone texts of a table say by their words."""

import re
from collections.abc import Sequence

from spreadsheets import headers, template
from spreadsheets.cells import Value
from spreadsheets.values import Kind

_LOUD = 4
_SIGNED = re.compile(
    r"^(?:sporzadz|opracow|przygotow|wypelni|podpis|piecz|data\b|dnia\b|dn\b|tel\b|telefon|e ?mail|"
    r"mail\b|fax|faks|miejscow|dyrektor|wicedyrektor|kontakt|osoba|zatwierdz|akceptu|ksiegow|"
    r"glown|starszy|referent|sekretar|kierownik|uwaga\b|uwagi\b|legenda|objasn|zrodlo|przypis|"
    r"w tym\b|stan na|rspo\b|regon\b|adres|z powazaniem|za zgodnosc|imie i nazwisko|potwierdz|"
    r"bydgoszcz|urzad|nazwa (?:szkoly|placowki|jednostki)|\d\)|\*)"
)
_HEADING = re.compile(
    r"^(?:klasy|grupy|oddzialy|czesc|rozdzial|semestr|etap|poziom|budynek|filia|dzial\b|szkola|"
    r"przedszkole|liceum|technikum|[ivx]+ (?:semestr|etap|poziom|okres)|kategoria)\b"
)
_SIGNATURE = re.compile(r"^(?:sporzadz|opracow|przygotow|wypelni|podpis|piecz|zatwierdz|akceptu)")
_NOTE_MARKS = ("*", "¹", "²", "³")
_ORDINAL = re.compile(r"^(?:l ?p|nr|numer|poz|pozycja|rok|id)\b")
_DERIVED = re.compile(
    r"\b(?:sredni\w*|przecietn\w*|udzial\w*|wskaznik\w*|stawk\w*|cen[ay]|wiek)\b|%|procent"
)


def is_additive(title: headers.Key, kind: Kind | None) -> bool:
    """Whether the sum of a column means something: not of ordinals, codes, averages, dates."""
    if kind in {Kind.TEXT, Kind.DATE}:
        return False
    return not (_ORDINAL.match(title[0]) or _DERIVED.search(title[0]))


def is_number_title(title: template.Title) -> bool:
    return title.kind is Kind.NUMBER or _ORDINAL.match(title.key[0]) is not None


def is_signature(text: str) -> bool:
    """Whether a text is plainly a line to sign, whatever stands behind it."""
    return _SIGNATURE.match(headers.key(text)) is not None


def is_signed(text: str) -> bool:
    """Whether a text may be a signature, a contact, a date or a note under a table."""
    return text.startswith(_NOTE_MARKS) or _SIGNED.match(headers.key(text)) is not None


def looks_like_heading(text: str) -> bool:
    """Whether a text may divide the rows of a table, such as KLASY I-III or Grupy młodsze."""
    letters = [char for char in text if char.isalpha()]
    is_loud = len(letters) >= _LOUD and all(char.isupper() for char in letters)
    return is_loud or text.rstrip().endswith(":") or _HEADING.match(headers.key(text)) is not None


def repeats_label(own: Sequence[Value], previous: Sequence[Value]) -> bool:
    """Whether a label is the one of the row above with a word behind: "1a", "1a Suma"."""
    return any(
        isinstance(one, str) and isinstance(other, str) and one.startswith(f"{other} ")
        for one, other in zip(own, previous, strict=False)
    )
