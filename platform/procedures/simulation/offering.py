"""The buttons that an invented matter puts before invented people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from forms import definition as forms
from procedures import kinds
from procedures.definition import Stage
from procedures.kinds.documents import demanding, explaining_in
from procedures.simulation import invented
from procedures.simulation.invented import Invented
from procedures.simulation.matter import Matter

TIME = Invented("time", "Upływ czasu", "")
Asked = Mapping[str, Any] | None
"""The document of a form of what has to be given; None: nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button before somebody."""

    action: str
    """The key of a transition, or the code of an act."""
    kind: Literal["transition", "act", "time"]
    label: str
    who: Invented
    outcome: str = ""
    """The outcome that is pressed; "" for an act."""
    needs_reason: bool = False
    fields: Mapping[str, Any] | None = None
    """The document of a form of everything that may be given with it."""
    demanded: Mapping[str, Any] | None = None
    """The part of it without which the step cannot be taken."""
    form: str = ""
    """The form that is submitted with it, as the procedure names it."""
    blocked: str = ""
    """Why it is not possible now."""

    @property
    def code(self) -> str:
        return self.outcome or self.action


def choices(matter: Matter) -> list[Choice]:
    """Every button, those that are not possible now too, with the reason."""
    stage, kind, state = matter.stage, matter.kind, matter.state
    if stage is None or kind is None or state is None or matter.is_over:
        return []
    now = matter.now(state)
    asked = _Questions(matter, stage, kind, now)
    return [_judged(matter, one, asked) for one in _offered(matter, stage, now)]


def is_anybody_free(matter: Matter) -> bool:
    """Whether somebody can press something now; time needs nobody."""
    stage, kind, state = matter.stage, matter.kind, matter.state
    if stage is None or kind is None or state is None or matter.is_over:
        return False
    now = matter.now(state)
    return any(
        one.kind != "time" and not kind.obstacle(now, press_of(matter, one, now))
        for one in _offered(matter, stage, now)
    )


def _offered(matter: Matter, stage: Stage, now: kinds.State) -> Iterator[Choice]:
    yield from _outcomes(matter, stage, now)
    yield from _acts(matter, stage, now)


def press_of(
    matter: Matter,
    choice: Choice,
    state: kinds.State,
    *,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    answers: Mapping[str, Any] | None = None,
) -> kinds.Press:
    """The choice as its kind sees it."""
    mine = [one for one in state.questions if one.whom == choice.who.id and not one.verdict]
    return kinds.Press(
        code=choice.code,
        who=choice.who.id,
        functions=(choice.who.function,),
        data=data or {},
        reason=reason,
        asked=tuple(one.key for one in mine),
        points=_points(matter, answers) if answers else None,
    )


def _outcomes(matter: Matter, stage: Stage, state: kinds.State) -> Iterator[Choice]:
    kind = kinds.KINDS[stage.kind]
    for code, outcome in kind.outcomes.items():
        button = matter.button(stage, code)
        if button is None:
            continue
        way, label = button
        if outcome.is_automatic:
            yield Choice(way.key, "time", label, TIME, code)
            continue
        is_filled = outcome.completes_form and not kind.has_members
        for who in _pressers(matter, stage, code, state):
            yield Choice(
                way.key,
                "transition",
                _name_before(kind, state, code, label, who),
                who,
                code,
                needs_reason=way.reason == "required",
                form=matter.form_in(stage) if is_filled else "",
            )


def _name_before(
    kind: kinds.StageKind, state: kinds.State, code: str, label: str, who: Invented
) -> str:
    """A vote that does not end the stage is not called by the way that it does not take yet."""
    if code not in kind.voices:
        return label
    try:
        settled = kind.settles(state, kinds.Press(code, who.id, (who.function,)))
    except kinds.NotPossible:
        return label
    return label if settled.outcome else kind.voices[code]


def _acts(matter: Matter, stage: Stage, state: kinds.State) -> Iterator[Choice]:
    for code, act in kinds.KINDS[stage.kind].acts.items():
        form = matter.form_in(stage) if act.completes_form else ""
        for who in _pressers(matter, stage, code, state):
            yield Choice(code, "act", act.label, who, form=form)


def _pressers(matter: Matter, stage: Stage, code: str, state: kinds.State) -> Iterator[Invented]:
    for function in dict.fromkeys(kinds.KINDS[stage.kind].pressed_by(stage, code)):
        if function == kinds.ASKED:
            waiting = {one.whom: one for one in state.questions if not one.verdict}
            for whom, question in waiting.items():
                yield invented.asked(whom, is_unit=question.is_unit)
        else:
            yield from matter.players(function)


class _Questions:
    """What a press asks for: of all who may press the same thing the same, so it is made once."""

    def __init__(
        self, matter: Matter, stage: Stage, kind: kinds.StageKind, now: kinds.State
    ) -> None:
        self.matter, self.stage, self.kind, self.now = matter, stage, kind, now
        self._made: dict[tuple[str, bool, str], tuple[Asked, Asked, bool]] = {}

    def of(self, choice: Choice) -> Choice:
        """The choice with its questions, and whether it still needs a reason besides."""
        alike = (choice.code, choice.needs_reason, choice.form)
        if alike not in self._made:
            self._made[alike] = self._make(choice)
        demanded, fields, needs_reason = self._made[alike]
        return replace(choice, demanded=demanded, fields=fields, needs_reason=needs_reason)

    def _make(self, choice: Choice) -> tuple[Asked, Asked, bool]:
        demanded = self.kind.fields(self.stage, choice.code, self._names)
        needs_reason = choice.needs_reason
        if asks_why := explaining_in(demanded):
            demanded = demanding(demanded, asks_why) if needs_reason else demanded
            needs_reason = False
        form = self.matter.definition(self.stage, choice.form) if choice.form else None
        return demanded, _together(demanded, form), needs_reason

    @cached_property
    def _names(self) -> kinds.Known:
        return self.matter.known(self.now)


def _judged(matter: Matter, choice: Choice, asked: _Questions) -> Choice:
    if choice.kind == "time":
        return choice
    blocked = asked.kind.obstacle(asked.now, press_of(matter, choice, asked.now))
    return replace(choice, blocked=blocked) if blocked else asked.of(choice)


def _together(
    demanded: Mapping[str, Any] | None, form: forms.Definition | None
) -> Mapping[str, Any] | None:
    """One form of what a kind demands and of the form that is submitted with it.

    Nothing of the latter is required: whoever tries a procedure need not write an application.
    """
    if form is None:
        return demanded
    offered = forms.write(form)
    first = [] if demanded is None else list(demanded["sections"])
    taken = {one["key"] for section in first for one in (section, *section["questions"])}
    for section in offered["sections"]:
        section["questions"] = [
            {**question, "required": False, "required_when": ""}
            for question in section["questions"]
            if question["key"] not in taken
        ]
    rest = [section for section in offered["sections"] if section["key"] not in taken]
    title = offered["title"] if demanded is None else demanded["title"]
    return {**offered, "title": title, "sections": [*first, *rest], "checks": []}


def _points(matter: Matter, answers: Mapping[str, Any]) -> Decimal | None:
    """The total of a member's own sheet."""
    stage, kind = matter.stage, matter.kind
    if stage is None or kind is None or not kind.has_members:
        return None
    form = matter.officers.get(stage.form)
    asked = str(stage.parameters.get("points") or "")
    return None if form is None else matter.number(form, answers, asked)
