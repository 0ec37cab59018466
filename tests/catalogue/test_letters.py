"""What the letters of the seven types say, each on the way that sends it."""

from datetime import UTC, date, datetime

import pytest

from catalogue.parsing import SHIPPED, read
from documents import letters
from procedures import definition
from procedures.kinds import KINDS
from procedures.kinds.registry import Press, State
from procedures.models import Case, Event, Procedure, ProcedureRevision
from procedures.services.correspondence.values import CaseValues

pytestmark = pytest.mark.django_db
CATALOGUE = read(SHIPPED)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUM = "4\u00a0000,00\u00a0zł"


def sent():
    """Type, way and template of every letter that the catalogue sends."""
    for one in CATALOGUE.types:
        procedure = definition.read(one.procedure)
        for way in procedure.transitions:
            for effect in way.effects:
                if effect.kind == "letter":
                    yield pytest.param(
                        one,
                        way,
                        effect.parameters["template"],
                        id=f"{one.key}-{way.source}.{way.key}",
                    )


def facts_of(stage):
    found = {}
    if KINDS[stage.kind].draws_on_pots:
        found["kwota"] = "4000.00"
    if stage.kind == "decision":
        found |= {"data": "2026-11-20"}
        if not stage.parameters.get("without_number"):
            found["numer"] = "DEC/7"
    return found


def settled(procedure, way):
    """What the decision's own kind makes of a refusal."""
    stage = procedure.stage_by_key[way.source]
    if (stage.kind, way.outcome) != ("decision", "refused"):
        return {}
    press = Press("refused", "somebody", data=facts_of(stage))
    return {stage.key: KINDS["decision"].decide(State(stage), press).facts}


def after_the_way(one, way):
    """A case that went through every stage before the way, and took it."""
    procedure = definition.read(one.procedure)
    keys = [stage.key for stage in procedure.stages]
    passed = procedure.stages[: keys.index(way.source) + 1]
    target = procedure.stage_by_key[way.target]
    kind = KINDS[target.kind]
    return Case(
        procedure=Procedure(name=procedure.name),
        revision=ProcedureRevision(definition=dict(one.procedure)),
        stage=target.key,
        stage_kind=target.kind,
        public_name=target.name,
        entered={key.key: {"round": 1, "order": n} for n, key in enumerate([*passed, target])},
        facts={stage.key: facts_of(stage) for stage in passed} | settled(procedure, way),
        state="closed" if kind.ends else "open",
        meaning=kind.meaning(target) if kind.ends else "",
        title="Teatr",
        sign="WE.4424.3.2026",
        opened_at=NOW,
        due_at=None if kind.ends else NOW,
    )


def asked_for(way):
    """What whoever presses has said: a call says it in its own field, a refusal in the reason."""
    if way.outcome == "incomplete":
        return {"data": {"wezwanie": "Brakuje podpisu."}}
    return {"reason": "Brakuje podpisu."}


@pytest.mark.parametrize(("one", "way", "template"), list(sent()))
def test_every_letter_of_the_seven_types_names_the_sign_the_reason_and_the_sum(one, way, template):
    case = after_the_way(one, way)
    event = Event(from_stage=way.source, to_stage=way.target, outcome=way.outcome, **asked_for(way))
    values = CaseValues(case, {}, {"name": "SP 7"}, "https://miasto.example").of_letter(
        number=5, day=date(2026, 11, 23), actor_name="Ewa Lis", event=event
    )

    text = "\n".join(letters.read_through(CATALOGUE.letters[template].path.read_bytes(), values))

    assert "Znak: WE.4424.3.2026" in text
    assert "Pismo nr 5/2026" in text
    assert "Brakuje podpisu." in text
    is_granted = way.outcome in {"granted", "partly", "approved"}
    assert (f"Przyznana kwota: {SUM}." in text) is is_granted
    stage = next(s for s in one.procedure["stages"] if s["key"] == way.source)
    if stage["kind"] == "decision":
        is_numbered = not stage.get("parameters", {}).get("without_number")
        assert ("nr DEC/7 z dnia 20.11.2026" in text) is is_numbered
        assert "z dnia 20.11.2026" in text


def test_each_of_the_seven_types_sends_a_call_a_grant_and_a_refusal():
    ends = {"granted", "partly", "approved"}
    told = {}
    for one, way, template in (param.values for param in sent()):
        told.setdefault(one.key, set()).add(
            "wezwanie"
            if template == "wezwanie"
            else "przyznano"
            if way.outcome in ends
            else "odmowa"
        )
    assert len(told) == 7
    assert all(kinds == {"wezwanie", "przyznano", "odmowa"} for kinds in told.values())


def test_a_letter_without_a_sign_or_a_deadline_has_no_gap_where_they_would_stand():
    one = CATALOGUE.types[0]
    way = next(w for w in definition.read(one.procedure).transitions if w.outcome == "incomplete")
    case = after_the_way(one, way)
    case.sign, case.due_at = "", None
    event = Event(from_stage=way.source, to_stage=way.target, outcome=way.outcome)
    values = CaseValues(case, {}, {}, "").of_letter(
        number=1, day=date(2026, 11, 23), actor_name="Ewa Lis", event=event
    )
    text = "\n".join(letters.read_through(CATALOGUE.letters["wezwanie"].path.read_bytes(), values))
    assert "Znak" not in text
    assert "do dnia" not in text


def test_what_each_letter_asks_for_stands_beside_it_so_that_no_request_opens_it():
    for letter in CATALOGUE.letters.values():
        assert sorted(letters.fields_of(letter.path.read_bytes())) == list(letter.asks)
