"""The columns of a form's table, the kinds of its rows, and how lists stand in one cell."""

from forms.definition import SETTING_NAMES, TYPES
from opium.polish import fold

ELEMENT, KEY, TYPE, TEXT, HELP, REQUIRED, SHOW, REQUIRED_WHEN, DEFAULT, COMPUTE, PREFILL = range(11)
RULE, CHOICES, SETTINGS = range(11, 14)
HEADER = (
    "Element", "Klucz", "Typ", "Treść", "Pomoc", "Wymagane", "Pokaż, gdy", "Wymagane, gdy",
    "Wartość początkowa", "Obliczana", "Podpowiedź", "Reguła", "Odpowiedzi do wyboru", "Ustawienia",
)  # fmt: skip  # a header
SECTION_COLUMN = "Sekcja"
"""A plain table may name the section in a column of its own."""
ALIASES = {
    "pytanie": TEXT,
    "etykieta": TEXT,
    "odpowiedzi": CHOICES,
    "objasnienie": HELP,
    "rodzaj": TYPE,
}

FORM, SECTION, QUESTION, COLUMN = "formularz", "sekcja", "pytanie", "kolumna"
CHECK, FORM_CHECK, SOURCE = "sprawdzenie", "sprawdzenie formularza", "źródło"

SETTINGS_BY_NAME = {fold(name): member for member, name in SETTING_NAMES.items()} | {
    member: member for member in SETTING_NAMES
}
TYPES_BY_NAME = {fold(kind.label): code for code, kind in TYPES.items()} | {
    code: code for code in TYPES
}


def escaped(text: str, *, marks: str = "") -> str:
    """The text in one line of a cell; the marks that part a list are told apart by a backslash."""
    for mark in "\\" + marks:
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "\\r").replace("\n", "\\n")


def unescaped(text: str) -> str:
    """The text again; a backslash that means nothing stays."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        known = {"\\n": "\n", "\\r": "\r", "\\\\": "\\", "\\,": ","}.get(pair)
        parts.append(text[at] if known is None else known)
        at += 1 if known is None else 2
    return "".join(parts)


def joined(values: tuple[str, ...]) -> str:
    return ", ".join(escaped(value, marks=",") for value in values)


def parted(text: str) -> list[str]:
    """The values of a list with commas; a comma after a backslash belongs to its value."""
    values = [""]
    at = 0
    while at < len(text):
        step = 2 if text[at] == "\\" else 1
        if text[at] == ",":
            values.append("")
        else:
            values[-1] += text[at : at + step]
        at += step
    first, *others = values
    return [unescaped(value) for value in (first, *(one.removeprefix(" ") for one in others))]
