"""A document (JSON) into a definition."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from forms.definition.members import Members
from forms.definition.model import (
    Check,
    Choice,
    Column,
    Definition,
    Fault,
    Options,
    Question,
    Section,
    Unreadable,
)
from forms.definition.places import Place, column_name, question_name, section_name
from forms.definition.types import TYPES
from forms.expressions import RESERVED

FORMAT = 1
MAX_SECTIONS, MAX_QUESTIONS, MAX_COLUMNS, MAX_CHOICES, MAX_CHECKS = 100, 500, 40, 500, 100
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CHOICE_KEY = re.compile(r"[\w.-]{1,60}")
_T = TypeVar("_T")


def read(document: Mapping[str, Any]) -> Definition:
    """The definition that a document says; raises Unreadable with every fault of its shape.

    A draft that is merely unfinished (no labels, wrong expressions) can be read: `check` says
    what hinders publishing it.
    """
    reader = _Reader()
    definition = reader.definition(document)
    if reader.faults:
        raise Unreadable(reader.faults)
    return definition


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._keys: set[str] = set()
        self._column_keys: set[str] = set()
        self._questions = 0

    def definition(self, document: object) -> Definition:
        root = Members(document, Place(), self.faults)
        if root.number("format", default=FORMAT) != FORMAT:
            root.fault("format", f"Znam tylko formularze zapisane w formacie {FORMAT}.")
        definition = Definition(
            title=root.text("title"),
            introduction=root.text("introduction"),
            sections=self._each(root, "sections", self._section, MAX_SECTIONS),
            checks=self._each(root, "checks", self._check, MAX_CHECKS),
            sources=root.texts("sources"),
        )
        root.nothing_else()
        return definition

    def _each(
        self, members: Members, member: str, one: Callable[[object, Place, int], _T], most: int
    ) -> tuple[_T, ...]:
        values = members.list(member)
        if len(values) > most:
            members.fault(
                member, f"Najwyżej {most} pozycji w jednym miejscu, a jest {len(values)}."
            )
            return ()
        return tuple(
            one(value, members.place.down(member, number), number)
            for number, value in enumerate(values)
        )

    def _section(self, document: object, place: Place, number: int) -> Section:
        members = Members(document, place, self.faults)
        title = members.text("title")
        members.place = place.down(called=section_name(title, number))
        section = Section(
            key=self._key(members, self._keys),
            title=title,
            description=members.text("description"),
            show=members.text("show"),
            questions=self._each(members, "questions", self._question, MAX_QUESTIONS),
        )
        members.nothing_else()
        return section

    def _question(self, document: object, place: Place, number: int) -> Question:
        members = Members(document, place, self.faults)
        self._questions += 1
        if self._questions == MAX_QUESTIONS + 1:
            members.fault("", f"Formularz może mieć najwyżej {MAX_QUESTIONS} pytań.")
        named = Question("", "", members.text("label"))
        members.place = place.down(called=question_name(named, number))
        kind = members.one_of("type", TYPES)
        question = Question(
            key=self._key(members, self._keys),
            type=kind,
            label=named.label,
            help=members.text("help"),
            required=members.flag("required"),
            show=members.text("show"),
            required_when=members.text("required_when"),
            default=members.text("default"),
            compute=members.text("compute"),
            prefill=members.text("prefill"),
            checks=self._each(members, "checks", self._check, MAX_CHECKS),
            options=self._options(members, kind),
        )
        members.nothing_else()
        return question

    def _column(self, document: object, place: Place, number: int) -> Column:
        members = Members(document, place, self.faults)
        named = Column("", "", members.text("label"))
        members.place = place.down(called=column_name(named, number))
        kind = members.one_of("type", {code: one for code, one in TYPES.items() if one.is_simple})
        column = Column(
            key=self._key(members, self._column_keys),
            type=kind,
            label=named.label,
            help=members.text("help"),
            required=members.flag("required"),
            show=members.text("show"),
            compute=members.text("compute"),
            options=self._options(members, kind),
        )
        members.nothing_else()
        return column

    def _options(self, owner: Members, kind: str) -> Options:
        document = owner.take("options", {})
        members = Members(document, owner.place.down("options"), self.faults)
        known = TYPES[kind].options if kind else ()
        found = {member: self._option(members, member, kind) for member in known}
        if kind:
            members.nothing_else(f"Pytanie typu „{TYPES[kind].label}” nie ma takiego ustawienia.")
        return Options(**{member: value for member, value in found.items() if value is not None})

    def _option(self, members: Members, member: str, kind: str) -> Any:  # noqa: PLR0911  # a kind each
        match member:
            case "min" | "max":
                return members.day(member) if kind == "date" else members.decimal(member)
            case "max_length" | "decimals" | "min_rows" | "max_rows" | "max_size" | "max_count":
                return members.count(member)
            case "choices":
                return self._each(members, member, self._choice, MAX_CHOICES)
            case "columns":
                self._column_keys = set()
                return self._each(members, member, self._column, MAX_COLUMNS)
            case "sums" | "kinds" | "facts" | "fields" | "endings":
                return members.texts(member)
            case "other" | "hidden" | "identifying" | "names":
                return members.flag(member)
            case _:
                return members.text(member)

    def _choice(self, document: object, place: Place, _number: int) -> Choice:
        members = Members(document, place, self.faults)
        choice = Choice(members.text("key"), members.text("label"))
        if not _CHOICE_KEY.fullmatch(choice.key):
            members.fault(
                "key", "Klucz odpowiedzi to litery, cyfry, _, - i kropki, od 1 do 60 znaków."
            )
        members.nothing_else()
        return choice

    def _check(self, document: object, place: Place, _number: int) -> Check:
        members = Members(document, place, self.faults)
        check = Check(members.text("rule"), members.text("sentence"), members.text("at"))
        members.nothing_else()
        return check

    def _key(self, members: Members, taken: set[str]) -> str:
        key = members.text("key")
        if not _KEY.fullmatch(key):
            members.fault(
                "key",
                f"Klucz „{key}” jest niedozwolony: ma zaczynać się małą literą bez ogonka, dalej "
                "małe litery, cyfry i _, najwyżej 60 znaków.",
            )
        elif key in RESERVED:
            members.fault("key", f"Klucz „{key}” jest słowem języka wyrażeń. Wybierz inny.")
        elif key in taken:
            members.fault("key", f"Klucz „{key}” jest już zajęty. Każdy klucz może być tylko raz.")
        taken.add(key)
        return key
