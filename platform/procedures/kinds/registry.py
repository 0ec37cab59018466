"""What a kind of stage is: one class, its outcomes, what it asks for, and when it is settled.

A kind is pure: it sees a frozen `State` and a `Press`, and answers with a `Settlement`. Whoever
runs cases (`services.steps`) and whoever plays with a draft (`simulation`) share it; neither
knows a kind by name. A new kind is one class in one file of this package, declared with `@kind`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from opium.declaring import Registry
from procedures.kinds.changes import (
    Abstained,
    BallotCast,
    Change,
    Excluded,
    Granted,
    MoneySettled,
    OpinionAsked,
    OpinionGiven,
    OpinionRevoked,
    Released,
    Scored,
    ScoreTakenBack,
)

ABSTAINED = "abstained"
"""The verdict of whoever gives no score."""
Document = dict[str, Any]
"""A form's definition document (`forms.definition.read` reads it)."""
APPLICANT = "applicant"
"""The function of whoever has the case's unit or person."""
ASKED = "asked"
"""The part of somebody who was asked for an opinion."""
CHAIR = "chair"
"""The part of whoever leads the panel before which the matter is."""


class StageLike(Protocol):
    """What a kind needs to know of a stage of a procedure."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way in which a stage ends."""

    label: str
    is_positive: bool | None = None
    """None: neither good nor bad for the applicant."""
    is_required: bool = True
    """Whether a procedure must say where it leads."""
    is_automatic: bool = False
    """Whether time brings it, and nobody presses it."""
    completes_form: bool = False
    """Whether the stage's own form has to be complete, and is submitted with it."""


@dataclass(frozen=True, slots=True)
class Act:
    """A deed inside a stage that need not end it."""

    label: str
    done: str
    """What is said of it once it is done: „Oddano ocenę”."""
    completes_form: bool = False
    """Whether it submits the sheet of whoever does it."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What somebody has said in this stage and round; cancelled ones are not there."""

    who: str
    outcome: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An opinion that was asked for and not revoked; `verdict` is "" until it is given."""

    key: str
    whom: str
    is_unit: bool = False
    verdict: Literal["", "yes", "no"] = ""


@dataclass(frozen=True, slots=True)
class Score:
    who: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a kind may look at: the stage and what happened in this round of it."""

    stage: StageLike
    ballots: tuple[Ballot, ...] = ()
    questions: tuple[Question, ...] = ()
    scores: tuple[Score, ...] = ()
    excluded: frozenset[str] = frozenset()
    """Who may not take part: a declared conflict, or one known from data."""
    members: tuple[str, ...] = ()
    """Who plays the stage's function today; filled where the kind `has_members`."""
    chairs: tuple[str, ...] | None = None
    """Who leads the panel that plays the function, its chair first; None where no panel does."""
    authors: frozenset[str] = frozenset()
    """Who opened or submitted the matter."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """The stage's own facts in this round, in the forms' JSON shapes."""
    deciders: tuple[frozenset[str], ...] = ()
    """Who took part for the office in each stage that the matter has left, the newest last; filled
    where the kind `looks_back`."""
    requested: Decimal | None = None
    """The answer to the question that the parameter `requested` names."""
    left: Mapping[str, Decimal] = field(default_factory=dict)
    """Code of a pot -> what this matter could be given of it now; filled where the kind
    `draws_on_pots`, and only for pots that there are."""
    granted: Decimal = Decimal(0)
    """What the matter was granted and has not returned; filled where the kind `settles_grants`."""
    invoiced: Decimal = Decimal(0)
    settled: Decimal = Decimal(0)
    """What of it was spent, and what the office has accepted of that; filled likewise."""
    has_waiting_invoices: bool = False
    """Whether the office has not decided on one of its invoices yet; filled likewise."""


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody presses a button: an outcome, or an act of the stage's kind."""

    code: str
    who: str
    functions: tuple[str, ...] = ()
    """The functions that they play in this case today, their own before those of the absent."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What `fields` asked for, validated by the forms engine, in its JSON shapes."""
    reason: str = ""
    asked: tuple[str, ...] = ()
    """Keys of the open questions that they may answer."""
    points: Decimal | None = None
    """The total of their own sheet, where the stage is scored."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a press comes to: what is written down, and whether the stage ends with it."""

    outcome: str = ""
    """The outcome that the stage ends with, which need not be the one pressed; "": it goes on."""
    changes: tuple[Change, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Known from now on as `<stage>.<fact>`; the forms' JSON shapes."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody on whom the stage waits; exactly one of function, person, unit is given."""

    what: str
    function: str = ""
    person: str = ""
    unit: str = ""
    key: str = ""
    """The question that it is about, where it is an opinion."""
    done_by: frozenset[str] = frozenset()
    """Who of the function has done their part, or may not do it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions of a press may offer to choose from."""

    sections: tuple[tuple[str, str], ...] = ()
    """Keys and titles of the sections of the matter's form."""
    questions: tuple[Question, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of those who were asked, by their ids."""
    asked: tuple[str, ...] = ()
    """Keys of the questions that whoever presses may answer."""
    pots: Mapping[str, str] = field(default_factory=dict)
    """Code of a pot of the stage -> its name and what is left there, for whoever grants."""
    granted: Decimal = Decimal(0)
    """What the matter was granted and has not returned."""
    settled: Decimal = Decimal(0)
    """What of it is accounted for by accepted invoices."""


class NotPossible(Exception):  # a fact, as everywhere in the house
    """The press is not possible now; the message is a Polish sentence that says why."""


class StageKind:
    """Base of every kind. What is not said here, a kind leaves as it is."""

    code: ClassVar[str] = ""
    comes: ClassVar[int] = 0
    """Where it stands in the life of a matter, among the other kinds."""
    label: ClassVar[str] = ""
    description: ClassVar[str] = ""
    task: ClassVar[str] = ""
    """What whoever it waits for is to do, on the list „Co na mnie czeka”."""
    outcomes: ClassVar[Mapping[str, Outcome]] = {}
    acts: ClassVar[Mapping[str, Act]] = {}
    voices: ClassVar[Mapping[str, str]] = {}
    """Outcome -> what a press of it is called that does not end the stage yet."""
    facts: ClassVar[Mapping[str, str]] = {}
    """Fact -> its type, named as a type of question; conditions see `<stage>.<fact>`."""
    told: ClassVar[Mapping[str, str]] = {}
    """Fact -> its Polish name, of those that are told on the page of a matter."""
    shown: ClassVar[tuple[str, ...]] = ()
    """What the applicant sees of the stage where the procedure does not say.

    To widen it opens cases that run: revisions published before keep what they showed
    (`ProcedureRevision.shows_by_kind`).
    """
    parameters: ClassVar[Document] = {"format": 1, "title": "", "sections": []}
    """The form of the kind's parameters; the editor draws it, the forms engine validates it."""
    functions_in: ClassVar[tuple[str, ...]] = ()
    """Parameters that hold a function's key; a table's are written `table.column`."""
    question_in: ClassVar[tuple[str, ...]] = ()
    """Parameters that hold the key of a question: of the matter's form, for `requested`."""
    starts: ClassVar[bool] = False
    """Whether a matter may begin here: the applicant writes the application."""
    ends: ClassVar[bool] = False
    """Whether the matter is closed on entering; such a stage has no outcomes."""
    reopens: ClassVar[bool] = False
    """Whether the application is opened again: earlier approvals fall, others' clocks may pause."""
    has_members: ClassVar[bool] = False
    """Whether everybody who plays the function has a part and a sheet of their own."""
    chaired: ClassVar[frozenset[str]] = frozenset()
    """Outcomes and acts that the chair presses where a panel plays the stage's function."""
    looks_back: ClassVar[bool] = False
    """Whether it asks who decided in the stages before."""
    draws_on_pots: ClassVar[bool] = False
    """Whether money is granted here, from the pots that the parameter `pots` names by their codes;
    `year` says of which budget, the year in which the matter was opened where it says nothing."""
    settles_grants: ClassVar[bool] = False
    """Whether the granted money is accounted for here."""
    may_be_applicants: ClassVar[bool] = False
    """Whether the stage's function may be `applicant`."""

    def fields(self, stage: StageLike, code: str, known: Known) -> Document | None:
        """The form of what has to be given with an outcome or an act; None: nothing."""
        return None

    def pressed_by(self, stage: StageLike, code: str) -> tuple[str, ...]:
        """The functions that may press it."""
        return (stage.function,)

    def said(self, code: str) -> str:
        """What is said of an outcome or an act once it has happened; "" where it has none."""
        act, outcome = self.acts.get(code), self.outcomes.get(code)
        told = act.done if act is not None else outcome.label if outcome is not None else ""
        return told[:1].upper() + told[1:]

    def obstacle(self, state: State, press: Press) -> str:
        """Why the press is not possible now, whatever is given with it; "" where it is."""
        return ""

    def decide(self, state: State, press: Press) -> Settlement:
        """What the press comes to, once nothing is in its way."""
        return Settlement(outcome=press.code, facts=dict(press.data))

    def settles(self, state: State, press: Press) -> Settlement:
        """What the press comes to. Raises `NotPossible` with a Polish sentence."""
        if sentence := self.obstacle(state, press):
            raise NotPossible(sentence)
        return self.decide(state, press)

    def waits(self, state: State) -> tuple[Wait, ...]:
        """On whom the stage waits now; derived again after each press."""
        return (Wait(self.task, function=state.stage.function),) if state.stage.function else ()

    def meaning(self, stage: StageLike) -> str:
        """What the end of the matter means; only where the kind `ends`."""
        return ""


KINDS: Registry[StageKind] = Registry("kind of stage")
Class = TypeVar("Class", bound=type[StageKind])


def kind(code: str) -> Callable[[Class], Class]:
    """Declare a kind of stage under the code that definitions use."""

    def register(declared: Class) -> Class:
        declared.code = code
        KINDS.declare(code, declared())
        return declared

    return register


def after(state: State, press: Press, settlement: Settlement) -> State:
    """The state once the settlement is written down; for whoever plays without a database."""
    state = replace(state, facts={**state.facts, **settlement.facts})
    for change in settlement.changes:
        state = _after(state, press, change)
    return state


def _after(state: State, press: Press, change: Change) -> State:
    match change:
        case BallotCast(outcome=outcome, function=function):
            return replace(state, ballots=(*state.ballots, Ballot(press.who, outcome, function)))
        case Scored() | Abstained() | ScoreTakenBack():
            return _said_anew(state, press.who, change)
        case Excluded(who=who):
            return replace(state, excluded=state.excluded | {who})
        case Granted() | Released() | MoneySettled():
            return replace(state, granted=granted_after(state.granted, change))
        case _:
            return replace(state, questions=_questions_after(state.questions, change))


def _said_anew(state: State, who: str, change: Scored | Abstained | ScoreTakenBack) -> State:
    """A member's score, or none, in place of what they have said before."""
    scores = tuple(one for one in state.scores if one.who != who)
    ballots = tuple(one for one in state.ballots if one.who != who)
    if isinstance(change, Scored):
        scores = (*scores, Score(who, change.points))
    elif isinstance(change, Abstained):
        ballots = (*ballots, Ballot(who, ABSTAINED))
    return replace(state, scores=scores, ballots=ballots)


def granted_after(granted: Decimal, change: Change) -> Decimal:
    """What the matter has been granted and not returned, once the change is written down."""
    match change:
        case Granted(shares=shares):
            return sum((amount for _, amount in shares), Decimal(0))
        case Released():
            return Decimal(0)
        case MoneySettled(returned=returned):
            return granted - returned
        case _:
            return granted


def _questions_after(asked: tuple[Question, ...], change: Change) -> tuple[Question, ...]:
    match change:
        case OpinionAsked(whom=whom, is_unit=is_unit, key=key):
            return (*asked, Question(key or f"pytanie_{len(asked) + 1}", whom, is_unit))
        case OpinionGiven(key=key, verdict=verdict):
            return tuple(replace(one, verdict=verdict) if one.key == key else one for one in asked)
        case OpinionRevoked(key=key):
            return tuple(one for one in asked if one.key != key)
        case _:
            return asked


def flag(stage: StageLike, parameter: str) -> bool:
    return bool(stage.parameters.get(parameter))


def whole(stage: StageLike, parameter: str, default: int) -> int:
    """A parameter that is a whole number."""
    given = stage.parameters.get(parameter)
    return default if given in {None, ""} else int(Decimal(str(given)))


def amount(given: object) -> Decimal | None:
    """A number in the forms' JSON shape."""
    return None if given in {None, ""} else Decimal(str(given))


def pots_of(stage: StageLike) -> tuple[str, ...]:
    """Codes of the pots that the stage draws on, each once, in its order."""
    rows = stage.parameters.get("pots")
    listed = rows if isinstance(rows, list) else []
    named = (row.get("pot") for row in listed if isinstance(row, dict))
    return tuple(dict.fromkeys(code for code in named if isinstance(code, str) and code))


def functions_of(stage: StageLike, table: str) -> tuple[str, ...]:
    """The functions that a table parameter lists in its column `function`; else the stage's own."""
    rows: Sequence[Mapping[str, Any]] = stage.parameters.get(table) or ()
    return tuple(row["function"] for row in rows if row.get("function")) or (stage.function,)
