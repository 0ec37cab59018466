"""Rows into a definition."""

import re
from collections.abc import Sequence
from typing import Any

from forms.definition import TYPES, Definition, Fault, Unreadable, read
from forms.expressions import RESERVED
from forms.tabular import layout
from opium.polish import fold

_DIGITS = re.compile(r"\d{1,12}")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_ELEMENTS = {
    fold(name): name
    for name in (
        *(layout.FORM, layout.SECTION, layout.QUESTION, layout.COLUMN),
        *(layout.CHECK, layout.FORM_CHECK, layout.SOURCE),
    )
}
_LISTS = frozenset({"sums", "kinds", "facts", "fields", "endings"})
_TEXTS = frozenset({"unit", "dictionary", "of", "template", "wording"})
_FLAGS = {"": False, "nie": False, "tak": True, "x": True}
_PATH = re.compile(r"sections/\d+(/questions/\d+(/(options/columns|checks)/\d+)?)?|checks/\d+")


def definition_from_rows(rows: Sequence[Sequence[object]]) -> Definition:
    """The form that a table says; raises forms.definition.Unreadable with the rows' numbers.

    The first row is the header; its columns may stand in any order and most may be absent. A row
    without an element is a question, one without a key gets its key from its text.
    """
    reader = _Reader(rows)
    if not reader.faults:
        try:
            return read(reader.document)
        except Unreadable as unreadable:
            reader.faults += [reader.placed(fault) for fault in unreadable.faults]
    raise Unreadable(reader.faults)


class _Reader:
    def __init__(self, rows: Sequence[Sequence[object]]) -> None:
        self.faults: list[Fault] = []
        self.document: dict[str, Any] = {
            "format": 1,
            "title": "",
            "sections": [],
            "checks": [],
            "sources": [],
        }
        self._row_of: dict[str, int] = {}
        self._number = 1
        self._section_named = ""
        texts = [[_text(cell) for cell in row] for row in rows]
        self._keys = _given_keys(texts)
        self._columns = self._header(texts[0] if texts else [])
        for number, row in enumerate(texts[1:], start=2):
            self._number = number
            if any(cell.strip() for cell in row):
                self._row(row)

    def placed(self, fault: Fault) -> Fault:
        """The fault with the number of the row that it is about."""
        match = _PATH.match(fault.path)
        number = self._row_of.get(match.group()) if match else None
        where = f"wiersz {number} › {fault.where}" if number else fault.where
        return Fault(fault.path, where, fault.sentence)

    def _fault(self, sentence: str) -> None:
        self.faults.append(Fault("", f"wiersz {self._number}", sentence))

    def _header(self, cells: list[str]) -> dict[int, int]:
        """Where each known column stands; -1 is the column of sections."""
        known = {fold(name): number for number, name in enumerate(layout.HEADER)} | layout.ALIASES
        known[fold(layout.SECTION_COLUMN)] = -1
        columns: dict[int, int] = {}
        for place, name in enumerate(cells):
            if fold(name) in known:
                columns.setdefault(known[fold(name)], place)
            elif name.strip():
                self._fault(f"Nie znam kolumny „{name}”. Kolumny: {', '.join(layout.HEADER)}.")
        if layout.TEXT not in columns:
            self._fault("Brakuje nagłówka „Treść” (albo „Pytanie”) w pierwszym wierszu.")
        return columns

    def _row(self, row: list[str]) -> None:
        def cell(column: int) -> str:
            place = self._columns.get(column)
            return row[place] if place is not None and place < len(row) else ""

        element = _ELEMENTS.get(fold(cell(layout.ELEMENT) or layout.QUESTION))
        match element:
            case layout.FORM:
                self.document |= {"title": cell(layout.TEXT), "introduction": cell(layout.HELP)}
            case layout.SECTION:
                self._section(
                    cell(layout.KEY), cell(layout.TEXT), cell(layout.HELP), cell(layout.SHOW)
                )
            case layout.QUESTION:
                self._question([cell(number) for number in range(len(layout.HEADER))], cell(-1))
            case layout.COLUMN | layout.CHECK:
                self._below(element, [cell(number) for number in range(len(layout.HEADER))])
            case layout.FORM_CHECK:
                self._add(
                    self.document["checks"],
                    "checks",
                    _check(cell(layout.RULE), cell(layout.TEXT), cell(layout.KEY)),
                )
            case layout.SOURCE:
                self.document["sources"].append(cell(layout.TEXT))
            case _:
                known = ", ".join(_ELEMENTS.values())
                self._fault(f"Nie znam elementu „{cell(layout.ELEMENT)}”. Są: {known}.")

    def _add(self, values: list[dict[str, Any]], path: str, one: dict[str, Any]) -> str:
        self._row_of[f"{path}/{len(values)}"] = self._number
        values.append(one)
        return f"{path}/{len(values) - 1}"

    def _section(self, key: str, title: str, description: str, show: str) -> None:
        section = {
            "key": key or self._new_key(title, "sekcja"),
            "title": title,
            "description": description,
            "show": show,
            "questions": [],
        }
        self._add(self.document["sections"], "sections", section)

    def _question(self, cells: list[str], section: str) -> None:
        if section and section != self._section_named:
            self._section_named = section
            self._section("", section, "", "")
        if not self.document["sections"]:
            self._section("", "Pytania", "", "")
        sections = self.document["sections"]
        question = self._asked(cells) | {
            "required_when": cells[layout.REQUIRED_WHEN],
            "default": cells[layout.DEFAULT],
            "prefill": cells[layout.PREFILL],
            "checks": [],
        }
        self._add(sections[-1]["questions"], f"sections/{len(sections) - 1}/questions", question)

    def _below(self, element: str, cells: list[str]) -> None:
        """A column or a check, which belongs to the question above it."""
        sections = self.document["sections"]
        questions = sections[-1]["questions"] if sections else []
        if not questions:
            self._fault(f"Nad wierszem „{element}” brakuje pytania, do którego ma należeć.")
            return
        path = f"sections/{len(sections) - 1}/questions/{len(questions) - 1}"
        if element == layout.CHECK:
            check = _check(cells[layout.RULE], cells[layout.TEXT], cells[layout.KEY])
            self._add(questions[-1]["checks"], f"{path}/checks", check)
        else:
            columns = questions[-1]["options"].setdefault("columns", [])
            self._add(columns, f"{path}/options/columns", self._asked(cells))

    def _asked(self, cells: list[str]) -> dict[str, Any]:
        return {
            "key": cells[layout.KEY] or self._new_key(cells[layout.TEXT], "pytanie"),
            "type": self._type(cells[layout.TYPE]),
            "label": cells[layout.TEXT],
            "help": cells[layout.HELP],
            "required": self._flag(cells[layout.REQUIRED]),
            "show": cells[layout.SHOW],
            "compute": cells[layout.COMPUTE],
            "options": self._choices(cells[layout.CHOICES])
            | self._settings(cells[layout.SETTINGS]),
        }

    def _type(self, name: str) -> str:
        if not name.strip():
            return "short_text"
        code = layout.TYPES_BY_NAME.get(fold(name))
        if code is None:
            listed = ", ".join(kind.label for kind in TYPES.values())
            self._fault(f"Nie znam typu „{name}”. Typy: {listed}.")
        return code or "short_text"

    def _flag(self, text: str) -> bool:
        flag = _FLAGS.get(fold(text))
        if flag is None:
            self._fault(f"W kolumnie „Wymagane” ma być „tak” albo nic, a jest „{text}”.")
        return bool(flag)

    def _choices(self, text: str) -> dict[str, Any]:
        choices: list[dict[str, str]] = []
        taken: set[str] = set()
        for line in text.split("\n"):
            if not line.strip():
                continue
            key, sign, label = line.partition("=")
            if not sign:
                key, label = _unique(_slug(line) or "odpowiedz", taken), line.strip()
            taken.add(key.strip())
            choices.append({"key": key.strip(), "label": layout.unescaped(label.removeprefix(" "))})
        return {"choices": choices} if choices else {}

    def _settings(self, text: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in text.split("\n"):
            if not line.strip():
                continue
            name, _, value = line.partition(":")
            member = layout.SETTINGS_BY_NAME.get(fold(name))
            if member is None:
                self._fault(f"Nie znam ustawienia „{name.strip()}”.")
            else:
                found[member] = self._setting(member, value.removeprefix(" "))
        return found

    def _setting(self, member: str, value: str) -> Any:
        if member in _LISTS:
            return layout.parted(value)
        if member in {"other", "hidden", "identifying", "names"}:
            return _FLAGS.get(fold(value), value)
        if member not in {"min", "max"} and _DIGITS.fullmatch(value) and member not in _TEXTS:
            return int(value)
        return layout.unescaped(value)

    def _new_key(self, text: str, absent: str) -> str:
        key = _unique(_slug(text) or absent, self._keys)
        self._keys.add(key)
        return key


def _given_keys(rows: list[list[str]]) -> set[str]:
    """Keys that the author wrote: no new one may take them."""
    places = [place for place, name in enumerate(rows[0] if rows else ()) if fold(name) == "klucz"]
    return {row[place] for row in rows[1:] for place in places if place < len(row)}


def _check(rule: str, sentence: str, place: str) -> dict[str, str]:
    return {"rule": rule, "sentence": sentence, "at": place}


def _slug(text: str) -> str:
    key = _NOT_KEY.sub("_", fold(text)).strip("_")[:50].rstrip("_")
    return key if not key or key[0].isalpha() else f"p_{key}"


def _unique(key: str, taken: set[str]) -> str:
    number, unique = 1, key
    while unique in taken or unique in RESERVED:
        number += 1
        unique = f"{key}_{number}"
    return unique


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
