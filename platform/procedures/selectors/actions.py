"""What somebody may do in a case now: the buttons of its page, and what each asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from opium.permissions import Actor, System, may
from procedures.definition import Transition
from procedures.desk import Look, key_of
from procedures.kinds import APPLICANT, ASKED, CHAIR, KINDS, NotPossible, Press, Settlement
from procedures.kinds.documents import demanding, explaining_in
from procedures.kinds.registry import Document
from procedures.permissions import Permission
from procedures.seating import Bench
from procedures.standing import Hat, Standing, standing_of

PLATFORM = Hat("")
SUBMITTED = "Potem odpowiedzi we wniosku zmienisz tylko na wezwanie urzędu."


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that the actor may do, or sees greyed with the reason."""

    action: str
    kind: Literal["transition", "act"]
    label: str
    tone: str
    reason: str
    """none, optional, required; none where a question of `fields` asks for it."""
    fields: Document | None
    blocked: str
    ends: bool = True
    """Whether the press, as far as can be told, ends the stage."""
    ways: tuple["Way", ...] = ()
    """The ways of which only what is given with the press tells which one it will be."""
    follows: str = ""
    """What comes of the press, said before it; "" where that hangs on what is given with it."""
    completes_form: bool = False
    """Whether it hands in what whoever presses has filled in."""

    @property
    def needs_reason(self) -> bool:
        return self.reason == "required"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a press may lead."""

    label: str
    stage: str
    """The name of the stage there."""


def buttons(actor: Actor, look: Look) -> list[Button]:
    """Every button of the case's stage that the actor's parts allow, in the procedure's order."""
    if not look.case.is_open:
        return []
    standing = standing_of(actor)
    return [*_transitions(look, standing), *_acts(look, standing)]


def hats_for(look: Look, standing: Standing | None, code: str) -> list[Hat]:
    """In what parts the person may press the outcome or the act; their own first.

    People of the applicant's unit take no part where every member scores alone.
    """
    if standing is None:
        return [PLATFORM]
    functions = look.kind.pressed_by(look.stage, code)
    if ASKED in functions:
        asked = standing.opinions_asked(look.case, look.rows.opinions)
        return [Hat(ASKED, absent) for absent in dict.fromkeys(asked.values())]
    if look.kind.has_members and look.case.unit_id in standing.homes:
        return []
    if look.bench is not None:
        return _hats_at(look.bench, look, standing, code)
    return list(standing.hats(look.case, functions))


def _hats_at(bench: Bench, look: Look, standing: Standing, code: str) -> list[Hat]:
    """In what part somebody presses where a panel scores: by their own seat alone.

    Whoever is excluded hears so of the kind.
    """
    person, function = standing.person, look.stage.function
    may_act = may(person, Permission.ACT_IN_CASE, look.case)
    if code not in look.kind.chaired:
        is_excluded = str(person.pk) in look.state.excluded and person in bench.people
        is_theirs = person in bench.members or is_excluded
        return [Hat(function)] if may_act and is_theirs else []
    chairs = [Hat(CHAIR)] if may_act and person in bench.chairs else []
    others = [one for one in look.kind.pressed_by(look.stage, code) if one != function]
    return [*chairs, *standing.hats(look.case, others)]


def press_of(  # one press, said whole
    look: Look,
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
        asked = tuple(key_of(pk) for pk in standing.opinions_asked(look.case, look.rows.opinions))
    return Press(
        code=code,
        who="" if standing is None else str(standing.person.pk),
        functions=tuple(hat.function for hat in hats),
        data=data or {},
        reason=reason,
        asked=asked,
    )


def is_offered(actor: Actor, look: Look, code: str) -> bool:
    """Whether the outcome is anybody's to press: time alone brings an automatic one."""
    outcome = look.kind.outcomes.get(code)
    return outcome is None or not outcome.is_automatic or isinstance(actor, System)


def _transitions(look: Look, standing: Standing | None) -> Iterator[Button]:
    for code, outcome in look.kind.outcomes.items():
        ways = look.procedure.ways_from(look.stage.key, code)
        hats = hats_for(look, standing, code) if ways and not outcome.is_automatic else []
        found = look.button_on(code) if hats else None
        if found is not None:
            yield _button(look, standing, hats, found, code)


def _button(
    look: Look,
    standing: Standing | None,
    hats: list[Hat],
    found: tuple[Transition, str],
    code: str,
) -> Button:
    way, label = found
    press = press_of(look, standing, code=code, hats=hats)
    fields = look.kind.fields(look.stage, code, look.known(press.asked))
    asks_why = explaining_in(fields)
    if asks_why and way.reason == "required":
        fields = demanding(fields, asks_why)
    blocked = look.kind.obstacle(look.state, press)
    possible = look.ways_told_by_the_press(code)
    settlement = None if blocked else _foreseen(look, press)
    if settlement is not None and not settlement.outcome:
        label = look.kind.voices.get(code, label)
    elif settlement is not None and possible and fields is None:
        taken = look.way_after(settlement)
        if taken is not None and taken.outcome == code:
            way, label, possible = taken, taken.label, ()
    return Button(
        action=way.key,
        kind="transition",
        label=label,
        tone=way.tone,
        reason="none" if asks_why else way.reason,
        fields=fields,
        blocked=blocked,
        ends=settlement is None or bool(settlement.outcome),
        ways=tuple(Way(one.label, _name_of(one.target, look, hats)) for one in possible),
        follows=_follows(look, hats, None if possible else way, code, settlement),
        completes_form=look.kind.outcomes[code].completes_form,
    )


def _follows(
    look: Look,
    hats: list[Hat],
    way: Transition | None,
    code: str,
    settlement: Settlement | None,
) -> str:
    if settlement is not None and not settlement.outcome:
        return f"Etap „{_name_of(look.stage.key, look, hats)}” potrwa dalej."
    if way is None:
        return ""
    name = _name_of(way.target, look, hats)
    if KINDS[look.procedure.stage_by_key[way.target].kind].ends:
        return f"Sprawa się zakończy: „{name}”."
    begins = look.kind.starts or look.kind.reopens
    if begins and look.kind.outcomes[code].completes_form:
        return f"Sprawa przejdzie do etapu „{name}”. {SUBMITTED}"
    return f"Sprawa przejdzie do etapu „{name}”."


def _name_of(key: str, look: Look, hats: list[Hat]) -> str:
    """The stage as whoever presses knows it."""
    stage = look.procedure.stage_by_key[key]
    is_applicant = all(hat.function == APPLICANT for hat in hats)
    return stage.public_name or stage.name if is_applicant else stage.name


def _foreseen(look: Look, press: Press) -> Settlement | None:
    """What the press comes to as it stands; None where that hangs on what is given with it."""
    if not look.kind.voices and not look.ways_told_by_the_press(press.code):
        return None
    try:
        return look.kind.settles(look.state, press)
    except NotPossible:
        return None


def _acts(look: Look, standing: Standing | None) -> Iterator[Button]:
    for code, act in look.kind.acts.items():
        hats = hats_for(look, standing, code)
        if not hats:
            continue
        press = press_of(look, standing, code=code, hats=hats)
        yield Button(
            action=code,
            kind="act",
            label=act.label,
            tone="neutral",
            reason="optional",
            fields=look.kind.fields(look.stage, code, look.known(press.asked)),
            blocked=look.kind.obstacle(look.state, press),
            completes_form=act.completes_form,
        )
