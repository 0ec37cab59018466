"""What modules tell the desk: the kinds of things that wait, what people have running, figures.

Each module declares its own in `wiring`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar
from uuid import UUID

from django.apps import apps

from opium.declaring import Registry
from opium.permissions import Permission
from opium.registry import is_enabled

if TYPE_CHECKING:
    from accounts.models import Person

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of thing waits, and whom the row's unit or function means."""

    code: str
    """`<module>.<verb>_<noun>`; what `Wait.code` carries."""
    label: str
    """In Polish, a few words: „Odpowiedź na wiadomość”."""
    right: Permission
    """Who is waited for through a unit or a function holds it there."""
    own_right: Permission | None = None
    """What somebody who is named needs, such as the right to the own inbox; None: `right`."""
    members_only: bool = False
    """Whether a row of a unit waits for those alone who belong to the unit today."""
    in_person: bool = False
    """Whether nobody does it in the place of somebody absent."""

    @property
    def right_of_named(self) -> Permission:
        return self.own_right or self.right


@dataclass(frozen=True, slots=True)
class Run:
    """Something that a person has set going and that others carry on."""

    id: UUID
    title: str
    url: str
    details: str = ""
    """Under which sign, of which day: a short line."""
    whose: str = ""
    """Whose move it is, as people say it: „ruch: Referent prowadzący”."""
    since: datetime | None = None
    """Since when it is theirs."""
    due_at: datetime | None = None
    total: int = 0
    """What the bar is full with; 0 where there is nothing to count."""
    done: int = 0
    late: int = 0
    """Of what is not done: past its deadline."""


@dataclass(frozen=True, slots=True)
class Running:
    count: int
    """All of them; `runs` are the first."""
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class RunSource:
    """One module's part of „W toku”; each costs a number of queries that does not grow."""

    code: str
    """`<module>.<noun>`."""
    label: str
    """„Moje ankiety”."""
    url: str
    """The whole list."""
    rights: tuple[Permission, ...]
    """Nobody who holds none of them anywhere is asked."""
    of: Callable[["Person", int], Running]
    """`of(person, most)`: the newest or most pressing first."""


Tone = Literal["neutral", "info", "success", "warning", "danger"]


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a figure, in words and as a piece of its picture."""

    label: str
    value: int
    tone: Tone = "info"
    url: str = ""
    """The list that the number counts; "" where there is none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of one thing in the whole city; screens draw it and give its table beside it."""

    code: str
    title: str
    shape: Literal["whole", "bars", "days"]
    """`whole`: parts of one total; `bars`: one bar each; `days`: one column a day, in order."""
    parts: Sequence[Part]
    sentence: str = ""
    """What is counted and for how long."""


@dataclass(frozen=True, slots=True)
class FigureSource:
    """One module's figures; they cost a number of queries that does not grow."""

    code: str
    """`<module>.<noun>`."""
    of: Callable[[], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Troubled:
    """Where a subject shows that the background failed to remind those on whom it waits."""

    note: Callable[[UUID, str], str]
    """Show the sentence with the subject; gives its name."""
    settle: Callable[[UUID], None]
    """Somebody has it tried again."""


_kinds: Registry[Kind] = Registry("kind of thing that waits")
_runs: Registry[RunSource] = Registry("source of what people have running")
_figures: Registry[FigureSource] = Registry("source of figures")
_subjects: Registry[Troubled] = Registry("subject that shows its trouble")


def declare(*kinds: Kind) -> None:
    """Let rows of these kinds be written and shown."""
    for one in kinds:
        _kinds.declare(one.code, one)


def running(*sources: RunSource) -> None:
    """Let the desk show what people have running in the module."""
    for one in sources:
        _runs.declare(one.code, one)


def figures(*sources: FigureSource) -> None:
    """Let the city's overview show the module's figures."""
    for one in sources:
        _figures.declare(one.code, one)


def subject(kind: str, troubled: Troubled) -> None:
    """Let subjects of this kind show what could not be done for them."""
    _subjects.declare(kind, troubled)


def troubled_of(kind: str) -> Troubled | None:
    """None where the subject shows none."""
    return _subjects.get(kind)


def kind_named(code: str) -> Kind:
    """Raises `UndeclaredKind`, which is a mistake of whoever wrote the module."""
    if code not in _kinds:
        raise UndeclaredKind(code)
    return _kinds[code]


def kinds_here() -> list[Kind]:
    """The kinds of the modules that the current city has switched on."""
    return list(_here(_kinds))


def run_sources_here() -> Iterator[RunSource]:
    return _here(_runs)


def figure_sources_here() -> Iterator[FigureSource]:
    return _here(_figures)


def _here(declared: Mapping[str, T]) -> Iterator[T]:
    return (one for code, one in declared.items() if is_enabled(module_of(code)))


def module_of(code: str) -> str:
    """The label of the module that declared it."""
    return code.partition(".")[0]


def module_label(code: str) -> str:
    """What people call that module."""
    return str(apps.get_app_config(module_of(code)).verbose_name)


class UndeclaredKind(LookupError):
    """No module declares this kind: `todo.registry.declare` it in `wiring`."""
