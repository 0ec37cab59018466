"""What somebody may do in a case now: the buttons of its page, and what each asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from opium.permissions import Actor, System
from procedures.definition import Transition
from procedures.desk import Desk, key_of
from procedures.kinds import ASKED, Press
from procedures.kinds.registry import Document
from procedures.standing import Hat, Standing, standing_of

PLATFORM = Hat("")


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that the actor may do, or sees greyed with the reason."""

    action: str
    kind: Literal["transition", "act"]
    label: str
    tone: str
    reason: str
    """none, optional, required."""
    fields: Document | None
    blocked: str

    @property
    def needs_reason(self) -> bool:
        return self.reason == "required"


def buttons(actor: Actor, desk: Desk) -> list[Button]:
    """Every button of the case's stage that the actor's parts allow, in the procedure's order."""
    if not desk.case.is_open:
        return []
    standing = standing_of(actor)
    return [*_transitions(desk, standing), *_acts(desk, standing)]


def hats_for(desk: Desk, standing: Standing | None, code: str) -> list[Hat]:
    """In what parts the person may press the outcome or the act; their own first.

    People of the applicant's unit take no part where every member scores alone.
    """
    if standing is None:
        return [PLATFORM]
    functions = desk.kind.pressed_by(desk.stage, code)
    if ASKED in functions:
        asked = standing.opinions_asked(desk.case)
        return [Hat(ASKED, absent) for absent in dict.fromkeys(asked.values())]
    if desk.kind.has_members and desk.case.unit_id in standing.homes:
        return []
    return list(standing.hats(desk.case, functions))


def press_of(  # one press, said whole
    desk: Desk,
    standing: Standing | None,
    *,
    code: str,
    hats: list[Hat],
    data: Document | None = None,
    reason: str = "",
) -> Press:
    """The press as the stage's kind sees it."""
    asked: tuple[str, ...] = ()
    if standing is not None and any(hat.function == ASKED for hat in hats):
        asked = tuple(key_of(pk) for pk in standing.opinions_asked(desk.case))
    return Press(
        code=code,
        who="" if standing is None else str(standing.person.pk),
        functions=tuple(hat.function for hat in hats),
        data=data or {},
        reason=reason,
        asked=asked,
    )


def is_offered(actor: Actor, desk: Desk, code: str) -> bool:
    """Whether the outcome is anybody's to press: time alone brings an automatic one."""
    outcome = desk.kind.outcomes.get(code)
    return outcome is None or not outcome.is_automatic or isinstance(actor, System)


def _transitions(desk: Desk, standing: Standing | None) -> Iterator[Button]:
    for code, outcome in desk.kind.outcomes.items():
        ways = desk.procedure.ways_from(desk.stage.key, code)
        hats = hats_for(desk, standing, code) if ways and not outcome.is_automatic else []
        found = desk.button_on(code) if hats else None
        if found is not None:
            yield _button(desk, standing, hats, found, code)


def _button(
    desk: Desk,
    standing: Standing | None,
    hats: list[Hat],
    found: tuple[Transition, str],
    code: str,
) -> Button:
    way, label = found
    press = press_of(desk, standing, code=code, hats=hats)
    return Button(
        action=way.key,
        kind="transition",
        label=label,
        tone=way.tone,
        reason=way.reason,
        fields=desk.kind.fields(desk.stage, code, desk.known(press.asked)),
        blocked=desk.kind.obstacle(desk.state, press),
    )


def _acts(desk: Desk, standing: Standing | None) -> Iterator[Button]:
    for code, act in desk.kind.acts.items():
        hats = hats_for(desk, standing, code)
        if not hats:
            continue
        press = press_of(desk, standing, code=code, hats=hats)
        yield Button(
            action=code,
            kind="act",
            label=act.label,
            tone="neutral",
            reason="optional",
            fields=desk.kind.fields(desk.stage, code, desk.known(press.asked)),
            blocked=desk.kind.obstacle(desk.state, press),
        )
