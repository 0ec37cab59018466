"""What modules add to procedures: effects, records that run through one, ways in of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from opium.declaring import Registry
from opium.permissions import Actor

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Case, Event

Run = Callable[[Actor, "Case", "Event", Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class RegisteredEffect:
    code: str
    """`<module>.<verb>`."""
    label: str
    run: Run


_effects: Registry[RegisteredEffect] = Registry("effect")


def effect(code: str, label: str, run: Run) -> None:
    """Let transitions do this: `run(actor, case, event, parameters)` in the move's transaction.

    What leaves the house goes through the outbox, so that a move undone leaves nothing behind.
    """
    _effects.declare(code, RegisteredEffect(code, label, run))


def effects() -> Mapping[str, RegisteredEffect]:
    """Every registered effect by its code."""
    return _effects


@dataclass(frozen=True, slots=True)
class Besides:
    """What a letter says besides; the address of `link` is put where `HERE` stands in the text."""

    text: str = ""
    link: str = ""


def _no_letter(_case: "Case", _person: "Person") -> Besides:
    return Besides()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a module tells of its records that run through a procedure, such as messages.

    Each answer takes the record's id and costs a bounded number of queries.
    """

    label: str
    """The kind in Polish: „Wiadomość”."""
    opened: str
    """What is said of it when its case begins: „Przekazano do akceptacji”."""
    label_of: Callable[[UUID], str]
    """How people call the record; the case's title."""
    url: Callable[[UUID], str]
    """Where in the screens it can be seen, from the root."""
    describe: Callable[[UUID], list[tuple[str, str]]]
    """What whoever decides has to know: label and text, such as the recipients."""
    frozen_text: Callable[[UUID], str]
    """Exactly what is decided upon; it may not change while the case is open."""
    may_open: Callable[[Actor, UUID], bool]
    """Whether the actor may let the record run through a procedure."""
    closed: Callable[[Actor, "Case", "Event"], None]
    """The case has ended: called in its transaction; `case.meaning` says how."""
    carriers: Callable[[], frozenset[UUID]] = frozenset
    """Procedures that such records run through: nobody opens a matter of them by hand."""
    letter: Callable[["Case", "Person"], Besides] = _no_letter
    """What the letter to somebody on whom the case waits says besides, such as a link."""


_subjects: Registry[Subject] = Registry("kind of subject")


def subject(kind: str, told: Subject) -> None:
    """Let records of this kind (`messaging.message`) run through procedures."""
    _subjects.declare(kind, told)


def carriers() -> frozenset[UUID]:
    """Procedures that only carry records of modules; a query for each kind of record."""
    return frozenset().union(*(told.carriers() for told in _subjects.values()))


def _nothing_hinders(_case: "Case") -> str:
    return ""


def _no_panel(_case: "Case", _function: str) -> UUID | None:
    return None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pots of one year that a matter draws on, by their codes in their order."""

    year: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """A module's own way of taking applications in, such as a call with its dates and limits.

    As long as a procedure is taken in so, nobody opens a matter of it past the module, and the
    procedure's own dates and number of matters are not asked: the module's are.
    """

    procedures: Callable[[], frozenset[UUID]]
    """Those that are taken in so today; one query."""
    sentence: str
    """Where matters of such a procedure are begun, for whoever tries it elsewhere."""
    obstacle: Callable[["Case", datetime], str]
    """Why what the applicant hands in cannot be taken at that moment; "" where it can.

    Asked of a locked case, before anything of the step is written.
    """
    submitted: Callable[["Case", Mapping[str, Any], datetime], None]
    """The application was handed in with these answers: called in its transaction, and may refuse.

    Corrections are handed in so too; the case still stands where they were written. Whatever it
    raises undoes the step, and the draft stays as it was.
    """
    obstacle_to_return: Callable[["Case"], str]
    """Why a matter that has ended cannot be brought back by undoing its end; "" where it can.

    Asked of the locked case as it still stands, before anything is undone.
    """
    pots: Callable[["Case"], "Drawn | None"]
    """What the matter's granting stages draw on, whatever pots its procedure names; one query.

    None for a matter that the module knows nothing of: its procedure's own pots are asked.
    """
    obstacle_to_reopen: Callable[["Case"], str] = _nothing_hinders
    """Why the scoring of the locked case cannot be opened again; "" where it can."""
    panel: Callable[["Case", str], UUID | None] = _no_panel
    """Which panel plays the function in the matter; None where its holders do."""


_intakes: Registry[Intake] = Registry("intake")


def intake(kind: str, told: Intake) -> None:
    """Let the module take matters in by its own rules; `kind` stands on each (`Case.intake`)."""
    _intakes.declare(kind, told)


def intake_of(kind: str) -> Intake | None:
    """None for a matter that was opened by hand, and where the module is not installed."""
    return _intakes.get(kind)


def taken_in() -> Mapping[UUID, str]:
    """Procedure that modules take in by rules of their own -> where its matters are begun."""
    return {pk: told.sentence for told in _intakes.values() for pk in told.procedures()}


def url_of(case: "Case") -> str:
    """Where the screens show the case: the page of the record that it is about, or its own."""
    told = subject_of(case.subject_kind)
    if told is None or case.subject_id is None:
        return f"/procedures/cases/{case.pk}"
    return told.url(case.subject_id)


def subject_of(kind: str) -> Subject | None:
    """None for a case of its own, and where the module is not installed."""
    return _subjects.get(kind)
