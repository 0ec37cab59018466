"""Random procedures in which nothing is wrong, and data for their steps."""

import copy
from decimal import Decimal

from hypothesis import strategies as st

from procedures.kinds import KINDS
from tests.procedures.documents import document, end, stage, way

EFFECTS = st.sampled_from(
    [[], [{"kind": "notify", "who": "referent", "sentence": "Sprawa czeka."}]]
)
FUNCTIONS = ("referent", "kierownik", "komisja")
MIDDLE = sorted(code for code, kind in KINDS.items() if not kind.starts and not kind.ends)
CONDITIONS = st.sampled_from(
    ["kwota > 100", "sprawa.runda > 1", 'tytul = "Ogród"', "nie puste(kwota)", "nie", "tak"]
)
LEFT = {"pusta": Decimal("0.00"), "grosz": Decimal("0.01"), "pelna": Decimal("100000.00")}
"""Pots of simulations, and what is left in them."""
POTS = st.lists(st.sampled_from([*LEFT, "nieznana"]), min_size=1, max_size=3, unique=True).map(
    lambda codes: [{"id": str(row), "pot": code} for row, code in enumerate(codes)]
)
PARAMETERS = {
    "scoring": st.fixed_dictionaries(
        {"points": st.just("punkty")},
        optional={
            "aggregate": st.sampled_from(["mean", "median", "sum"]),
            "quorum": st.integers(1, 4).map(str),
            "closed_by": st.sampled_from(FUNCTIONS),
            "closes_alone": st.booleans(),
        },
    ),
    "approval": st.fixed_dictionaries(
        {},
        optional={
            "approvers": st.lists(
                st.sampled_from(FUNCTIONS), min_size=1, max_size=3, unique=True
            ).map(
                lambda names: [{"id": str(row), "function": name} for row, name in enumerate(names)]
            ),
            "order": st.sampled_from(["sequential", "parallel"]),
            "needed": st.integers(1, 4).map(str),
            "objections": st.integers(1, 3).map(str),
            "author_may_approve": st.booleans(),
            "person_may_repeat": st.booleans(),
        },
    ),
    "opinion": st.fixed_dictionaries(
        {},
        optional={
            "needed": st.integers(1, 3).map(str),
            "moves_on_alone": st.booleans(),
            "days": st.just("3"),
        },
    ),
    "allocation": st.fixed_dictionaries({"pots": POTS}, optional={"requested": st.just("kwota")}),
    "decision": st.fixed_dictionaries(
        {"pots": POTS},
        optional={
            "without_number": st.booleans(),
            "with_amount": st.booleans(),
            "requested": st.just("kwota"),
        },
    ),
    "formal_check": st.fixed_dictionaries(
        {},
        optional={
            "checklist": st.just([{"id": "1", "point": "Podpis"}, {"id": "2", "point": "Pieczęć"}])
        },
    ),
}
DEADLINES = st.none() | st.fixed_dictionaries(
    {"days": st.integers(1, 30), "counted": st.sampled_from(["calendar", "working"])},
    optional={"pauses": st.booleans(), "escalate_to": st.sampled_from(FUNCTIONS)},
)


@st.composite
def whole_procedures(draw):
    """A document that publishing lets through: a line to the end, with branches and ways back."""
    middle = [
        _middle(draw, f"etap_{number}", draw(st.sampled_from(MIDDLE)))
        for number in range(draw(st.integers(1, 5)))
    ]
    ends = [end("dobry"), end("zly", "negative"), end("wycofany", "withdrawn")]
    stages = [stage("zlozenie", "submission", "applicant"), *middle, *ends]
    keys = [one["key"] for one in stages[1:]]
    transitions = []
    for place, one in enumerate(stages[: len(middle) + 1]):
        transitions += _ways(draw, one, following=keys[place], targets=keys)
    reached = _reached(transitions)
    whole = document(
        [one for one in stages if one["key"] in reached],
        [one for one in transitions if one["from"] in reached],
        functions=FUNCTIONS,
        form="wniosek",
        name="Losowa",
    )
    return copy.deepcopy(whole)  # parts of it belong to the strategies


def _middle(draw, key, kind):
    declared = KINDS[kind]
    functions = [*FUNCTIONS, "applicant"] if declared.may_be_applicants else FUNCTIONS
    rest = {"form": "karta"} if declared.has_members else {}
    parameters = draw(PARAMETERS.get(kind, st.just({})))
    function = draw(st.sampled_from(functions))
    return stage(key, kind, function, parameters=parameters, deadline=draw(DEADLINES), **rest)


def _ways(draw, one, *, following, targets):
    kind = KINDS[one["kind"]]
    ways = []
    for code, outcome in kind.outcomes.items():
        is_needed = outcome.is_required or (kind.draws_on_pots and outcome.is_positive is False)
        if outcome.is_automatic and not one.get("deadline"):
            continue
        if not is_needed and not draw(st.booleans()):
            continue
        others = ["dobry", "zly"] if outcome.is_automatic else targets
        for number in range(draw(st.integers(0, 2))):
            condition = draw(CONDITIONS)
            target = draw(st.sampled_from(others))
            ways.append(way(one["key"], code, target, key=f"{code}_{number}", condition=condition))
        is_first = outcome.is_required and outcome.is_positive is not False
        target = following if is_first else draw(st.sampled_from(others))
        effects = draw(EFFECTS)
        ways.append(way(one["key"], code, target, key=f"{code}_dalej", effects=effects))
    return ways


def _reached(transitions):
    found, waiting = {"zlozenie"}, ["zlozenie"]
    while waiting:
        here = waiting.pop()
        for one in transitions:
            if one["from"] == here and one["to"] not in found:
                found.add(one["to"])
                waiting.append(one["to"])
    return found


def answers_to(draw, document):
    """Answers that the small forms of kinds take; now and then something that they refuse."""
    answers = {}
    for section in (document or {"sections": []})["sections"]:
        for question in section["questions"]:
            answers[question["key"]] = draw(_answer(question))
    return answers


ANSWERS = {
    "yes_no": st.sampled_from([True, True, False]),
    "number": st.integers(1, 100).map(str),
    "money": st.sampled_from(["0.01", "50.00", "5000.00"]),
    "date": st.just("2026-11-23"),
    "multiple_choice": st.just([]),
    "person": st.sampled_from([None, "00000000-0000-4000-8000-000000000001"]),
    "unit": st.just("00000000-0000-4000-8000-000000000002"),
}


def _answer(question):
    if question["type"] == "single_choice":
        return st.sampled_from([one["key"] for one in question["options"]["choices"]])
    return ANSWERS.get(question["type"], st.sampled_from(["Ogród", "Tekst"]))
