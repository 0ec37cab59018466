"""The parts of a form's definition: immutable, comparable, knowing nothing of rows and requests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

MAX_ROWS = 1000
"""Of a table, where its author sets no smaller limit."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What hinders a definition.

    `path` is a place in the document ("sections/0/questions/2/show"), `where` the same for
    people ("Sekcja „Dane” › „Tytuł”").
    """

    path: str
    where: str
    sentence: str


class Unreadable(ValueError):
    """The document is no definition; `faults` are all of them, in Polish."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.sentence}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that has to hold, the author's sentence when it does not, and where to show it."""

    rule: str
    sentence: str
    at: str = ""


def is_less(one: Decimal | date, other: Decimal | date) -> bool:
    """Whether it is the smaller number or the earlier day; of two kinds neither is."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one < other
    return isinstance(one, date) and isinstance(other, date) and one < other


@dataclass(frozen=True, slots=True)
class Options:
    """What a type lets the author set; the members that a type does not know stay empty.

    `min`/`max` bound a value (number, date) or the count of choices; sizes are bytes.
    """

    max_length: int | None = None
    min: Decimal | date | None = None
    max: Decimal | date | None = None
    decimals: int | None = None
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    dictionary: str = ""
    other: bool = False
    columns: tuple["Column", ...] = ()
    min_rows: int | None = None
    max_rows: int | None = None
    sums: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    of: str = ""
    fields: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    max_size: int | None = None
    max_count: int | None = None
    template: str = ""
    wording: str = ""
    hidden: bool = False
    """Computed for other rules and for the office's tables, and drawn on no screen or print."""
    identifying: bool = False
    """Whether the answer betrays who applies: whoever may not know that does not see it."""
    names: bool = False
    """The answer is what people call the matter: the title of its case once it is handed in."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    type: str
    label: str = ""
    help: str = ""
    required: bool = False
    show: str = ""
    compute: str = ""
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    type: str
    label: str = ""
    help: str = ""
    required: bool = False
    show: str = ""
    required_when: str = ""
    default: str = ""
    compute: str = ""
    prefill: str = ""
    checks: tuple[Check, ...] = ()
    options: Options = field(default_factory=Options)

    def column(self, key: str) -> Column | None:
        """The column of a table by its key."""
        return next((column for column in self.options.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str = ""
    description: str = ""
    show: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Definition:
    title: str = ""
    introduction: str = ""
    sections: tuple[Section, ...] = ()
    checks: tuple[Check, ...] = ()
    sources: tuple[str, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question in the order of the form."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions()}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section that holds each question, by the question's key."""
        return {
            question.key: section for section in self.sections for question in section.questions
        }
