"""What the words with which a row begins say: a signature, a heading, a sum of the row above."""

import re
from collections.abc import Sequence

from spreadsheets import headers
from spreadsheets.cells import Value

_LEAST_LETTERS = 4
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


def is_signed(text: str) -> bool:
    """Whether what stands under a table begins so: who made it, when, a note."""
    return text.startswith(_NOTE_MARKS) or _SIGNED.match(headers.key(text)) is not None


def looks_like_heading(text: str) -> bool:
    """Whether a lone text heads the rows below it."""
    letters = [char for char in text if char.isalpha()]
    is_loud = len(letters) >= _LEAST_LETTERS and all(char.isupper() for char in letters)
    return is_loud or text.rstrip().endswith(":") or _HEADING.match(headers.key(text)) is not None


def is_signature(text: str) -> bool:
    """Whether nothing but a line to sign begins so."""
    return _SIGNATURE.match(headers.key(text)) is not None


def repeats_label(own: Sequence[Value], previous: Sequence[Value]) -> bool:
    """Whether a label is the one of the row above with a word behind: "1a", "1a Suma"."""
    return any(
        isinstance(one, str) and isinstance(other, str) and one.startswith(f"{other} ")
        for one, other in zip(own, previous, strict=False)
    )
