"""What a transition does besides moving the case, in the move's own transaction."""

from typing import TYPE_CHECKING

from opium.permissions import Actor
from procedures import registry
from procedures.definition import Effect, Transition
from procedures.errors import ActionNotAvailable
from procedures.services.correspondence.entrusted import letter_of_transition
from procedures.services.steps import telling

if TYPE_CHECKING:
    from procedures.models import Case, Event

NOTIFY, LETTER = "notify", "letter"


def leave_the_house(way: Transition | None) -> bool:
    """Whether an effect of the way cannot be taken back: a letter, another module's deed."""
    return way is not None and any(effect.kind != NOTIFY for effect in way.effects)


def run(actor: Actor, case: "Case", event: "Event", way: Transition | None) -> None:
    """Do every effect of the way, in its order; a refusal of one refuses the whole step."""
    for effect in way.effects if way is not None else ():
        _run(actor, case, event, effect)


def close_subject(actor: Actor, case: "Case", event: "Event") -> None:
    """Tell the module whose record has run through the procedure how it ended."""
    told = registry.subject_of(case.subject_kind)
    if not case.is_open and told is not None:
        told.closed(actor, case, event)


def _run(actor: Actor, case: "Case", event: "Event", effect: Effect) -> None:
    if effect.kind == LETTER:
        key = str(effect.parameters.get("template", ""))
        letter_of_transition(actor=actor, case=case, event=event, key=key)
    elif effect.kind == NOTIFY:
        who = str(effect.parameters.get("who", ""))
        telling.tell_of_effect(event, who, str(effect.parameters.get("sentence", "")))
    else:
        registered = registry.effects().get(effect.kind)
        if registered is None:
            raise ActionNotAvailable(
                sentence=f"Skutku „{effect.kind}” nie zna żaden włączony moduł. "
                "Zgłoś to osobie, która prowadzi tę procedurę."
            )
        registered.run(actor, case, event, effect.parameters)
