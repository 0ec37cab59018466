from collections.abc import Iterable, Mapping
from typing import get_args

from procedures.definition.faults import Fault, Unreadable
from procedures.definition.members import Members
from procedures.definition.nouns import (
    Applicant,
    Deadline,
    Effect,
    Function,
    Limits,
    Procedure,
    Stage,
    Transition,
)

FORMAT = 1
MOST_STAGES = 100
MOST_TRANSITIONS = 500
LONGEST_DEADLINE = 3_650


def read(document: Mapping[str, object]) -> Procedure:
    """The procedure of the document. Raises `Unreadable` with every fault of its shape.

    Whether the procedure can work (its stages meet, its functions are bound) is asked of
    `procedures.checking.check`.
    """
    faults: list[Fault] = []
    members = Members(document, path="", where="", faults=faults)
    if members.raw("format", FORMAT) != FORMAT:
        members.fault("format", f"Ten plik ma inny format niż {FORMAT}. Zaktualizuj system.")
    procedure = Procedure(
        name=members.named("name"),
        description=members.text("description", most=10_000),
        noun=members.text("noun", most=60, default="sprawa").strip() or "sprawa",
        form=members.text("form", most=60),
        applicant=members.one_of("applicant", get_args(Applicant), "unit"),
        class_symbol=members.text("class", most=20),
        limits=_limits(members.within("limits", "Ograniczenia")),
        functions=tuple(_function(one) for one in members.each("functions")),
        stages=tuple(_stage(one) for one in members.each("stages", most=MOST_STAGES)),
        transitions=tuple(
            _transition(one) for one in members.each("transitions", most=MOST_TRANSITIONS)
        ),
        sources=members.texts("sources"),
    )
    members.close()
    faults.extend(_doubles(procedure))
    if faults:
        raise Unreadable(faults)
    return procedure


def _limits(members: Members) -> Limits:
    limits = Limits(
        per_unit=members.text("per_unit"),
        opens_at=members.text("opens_at"),
        closes_at=members.text("closes_at"),
        reference_day=members.text("reference_day"),
        test_of_overdue=members.text("test_of_overdue"),
    )
    members.close()
    return limits


def _function(members: Members) -> Function:
    function = Function(key=members.function("key"), name=members.named("name", most=150))
    members.close()
    return function


def _stage(members: Members) -> Stage:
    members.where = f"Etap „{_title(members, 'name', 'key')}”"
    key = members.stage = members.key("key")
    visible = members.within("visible_to", "Widoczność")
    stage = Stage(
        key=key,
        kind=members.key("kind"),
        name=members.named("name"),
        public_name=members.text("public_name", most=200),
        function=members.function("function", may_be_empty=True),
        form=members.text("form", most=60),
        parameters=members.mapping("parameters"),
        deadline=_deadline(members),
        visible_to={name: visible.texts(name) for name in members.mapping("visible_to")},
        letters=members.texts("letters"),
        x=members.number("x", least=-100_000, most=100_000) or 0,
        y=members.number("y", least=-100_000, most=100_000) or 0,
    )
    members.close()
    return stage


def _deadline(stage: Members) -> Deadline | None:
    if stage.raw("deadline") is None:
        return None
    members = stage.within("deadline", "Termin")
    deadline = Deadline(
        days=members.number("days", least=0, most=LONGEST_DEADLINE),
        counted=members.one_of("counted", ("calendar", "working"), "calendar"),
        until=members.text("until"),
        pauses=members.flag("pauses"),
        remind_before=members.numbers("remind_before", least=0, most=LONGEST_DEADLINE),
        remind_after=members.numbers("remind_after", least=1, most=LONGEST_DEADLINE),
        escalate_to=members.function("escalate_to", may_be_empty=True),
        escalate_after=members.number("escalate_after", least=0, most=LONGEST_DEADLINE),
    )
    members.close()
    return deadline


def _transition(members: Members) -> Transition:
    members.where = f"Przejście „{_title(members, 'label', 'key')}”"
    source = members.stage = members.key("from")
    transition = Transition(
        key=members.key("key"),
        source=source,
        target=members.key("to"),
        outcome=members.key("on"),
        label=members.named("label"),
        tone=members.one_of("tone", ("neutral", "positive", "negative"), "neutral"),
        condition=members.text("condition"),
        reason=members.one_of("reason", ("none", "optional", "required"), "none"),
        effects=tuple(_effect(one) for one in members.each("effects", most=20)),
    )
    members.close()
    return transition


def _effect(members: Members) -> Effect:
    return Effect(kind=members.named("kind", most=100), parameters=members.rest())


def _title(members: Members, *named: str) -> str:
    """The first of the members that says anything."""
    found = (members.raw(member) for member in named)
    return next((one for one in found if isinstance(one, str) and one.strip()), "bez nazwy")


def _doubles(procedure: Procedure) -> Iterable[Fault]:
    """Two things of one key: nobody could say which is meant."""
    seen: set[tuple[str, ...]] = set()
    for index, stage in enumerate(procedure.stages):
        if ("stage", stage.key) in seen:
            where = f"Etap „{stage.name}”"
            sentence = f"Klucz „{stage.key}” ma już inny etap. Nadaj inny."
            yield Fault(f"stages/{index}/key", where, sentence, stage.key)
        seen.add(("stage", stage.key))
    for index, function in enumerate(procedure.functions):
        if ("function", function.key) in seen:
            where = f"Funkcja „{function.name}”"
            sentence = f"Klucz „{function.key}” ma już inna funkcja. Nadaj inny."
            yield Fault(f"functions/{index}/key", where, sentence)
        seen.add(("function", function.key))
    for index, way in enumerate(procedure.transitions):
        if ("way", way.source, way.key) in seen:
            where = f"Przejście „{way.label}”"
            sentence = f"Klucz „{way.key}” ma już inne przejście z tego etapu. Nadaj inny."
            yield Fault(f"transitions/{index}/key", where, sentence, way.source)
        seen.add(("way", way.source, way.key))
