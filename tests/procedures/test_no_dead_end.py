"""Random procedures, random people: publishing lets nothing through that cannot get to an end."""

import copy

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from procedures import differences
from procedures.checking import check
from procedures.definition import Unreadable, read, write
from procedures.kinds import KINDS
from procedures.simulation import Refused, Simulation
from tests.procedures.documents import FORMS, TODAY, known_forms
from tests.procedures.strategies import FUNCTIONS, LEFT, answers_to, whole_procedures

MOST_STEPS = 30
MOST_TRIES = 60
often = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def checked(document):
    played = dict.fromkeys(FUNCTIONS, True)
    return check(read(document), **known_forms(), functions=played, tables={}, effects=())


def begin(document):
    return Simulation.begin(read(document), FORMS["wniosek"], FORMS, today=TODAY, pots=LEFT)


def open_choices(simulation):
    return [one for one in simulation.choices() if not one.blocked]


@often
@given(st.data())
def test_no_matter_gets_where_there_is_no_way_on(data):
    document = data.draw(whole_procedures())
    assert checked(document) == []
    walked = begin(document)
    for _ in range(MOST_STEPS):
        if walked.is_over:
            break
        offered = open_choices(walked)
        assert any(one.kind != "time" for one in offered), walked.log
        choice = data.draw(st.sampled_from(offered))
        try:
            walked = walked.take(choice, answers_to(data.draw, choice.fields))
        except Refused as refusal:
            note(f"{choice.action}: {refusal}")
    assert can_leave(walked), walked.log


def can_leave(simulation):
    """Whether people who want to get on with it get out of the stage in which the matter stands.

    Nobody does the same twice on the way, such as changing a score for ever.
    """
    here, rounds = simulation.stage.key, simulation.matter.rounds
    ahead = _ahead(simulation, frozenset())
    for _ in range(MOST_TRIES):
        if not ahead:
            return simulation.is_over
        before, choice, acted = ahead.pop()
        walked = taken(before, choice)
        if walked is None:
            continue
        if walked.is_over or walked.stage.key != here or walked.matter.rounds != rounds:
            return True
        ahead += _ahead(walked, acted)
    return simulation.is_over


def _ahead(simulation, acted):
    """What may be pressed next, what leads on last, each with the acts that it comes after."""
    if simulation.is_over:
        return []
    wanted = sorted(open_choices(simulation), key=_reluctance)
    acts = [(one, (one.action, one.who)) for one in reversed(wanted)]
    return [
        (simulation, one, acted | {act} if one.kind == "act" else acted)
        for one, act in acts
        if act not in acted
    ]


def _reluctance(choice):
    """Ways on before acts, and a score before what puts one off."""
    return choice.kind == "act", choice.action in {"abstain", "change_score"}


def taken(simulation, choice):
    """The matter after the step, answered in full or, where that is refused, only as demanded.

    A settlement of 0,01 refuses the same 0,01 said to be spent and returned at once.
    """
    for questions in ("all", "required"):
        try:
            return simulation.take(choice, best_answers(choice.fields, questions))
        except Refused:
            continue
    return None


def best_answers(document, questions):
    """What lets the step through wherever anything can."""
    answers = {}
    for section in (document or {"sections": []})["sections"]:
        for question in section["questions"]:
            if questions == "required" and not question.get("required"):
                continue
            answers[question["key"]] = {
                "yes_no": True,
                "number": "50",
                "money": "0.01",
                "date": "2026-11-23",
                "multiple_choice": [],
                "person": None,
                "unit": "00000000-0000-4000-8000-000000000003",
            }.get(question["type"], "Tekst")
            if question["type"] == "single_choice":
                answers[question["key"]] = question["options"]["choices"][0]["key"]
    return answers


@often
@given(whole_procedures())
def test_what_is_written_reads_the_same(document):
    procedure = read(document)
    assert read(write(procedure)) == procedure
    assert write(read(write(procedure))) == write(procedure)
    assert differences.compare(procedure, read(document)) == []


@often
@given(whole_procedures(), whole_procedures())
def test_different_procedures_differ_in_words(one, other):
    old, new = read(one), read(other)
    assert bool(differences.compare(old, new)) == (old != new)


def _drop_function(document, stage):
    stage["function"] = ""
    stage["parameters"] = {}
    return stage["key"]


def _unknown_kind(document, stage):
    stage["kind"] = "wymyslony"
    return stage["key"]


def _no_ways_out(document, stage):
    document["transitions"] = [
        one for one in document["transitions"] if one["from"] != stage["key"]
    ]
    return stage["key"]


def _an_outcome_that_leads_nowhere(document, stage):
    [code, *_] = [
        code for code, outcome in KINDS[stage["kind"]].outcomes.items() if outcome.is_required
    ]
    document["transitions"] = [
        one for one in document["transitions"] if (one["from"], one["on"]) != (stage["key"], code)
    ]
    return stage["key"]


def _condition_on_the_last(document, stage):
    ways = [one for one in document["transitions"] if one["from"] == stage["key"]]
    ways[-1]["condition"] = "kwota > 5"
    return stage["key"]


def _nonsense_condition(document, stage):
    ways = [one for one in document["transitions"] if one["from"] == stage["key"]]
    ways[0]["condition"] = "kwota >"
    return stage["key"]


def _way_to_nowhere(document, stage):
    next(one for one in document["transitions"] if one["from"] == stage["key"])["to"] = "nigdzie"
    return stage["key"]


def _only_a_circle(document, stage):
    for one in document["transitions"]:
        if one["from"] == stage["key"]:
            one["to"] = stage["key"]
    return stage["key"]


def _island(document, stage):
    document["stages"].append({**copy.deepcopy(stage), "key": "wyspa", "name": "Wyspa"})
    ways = [one for one in document["transitions"] if one["from"] == stage["key"]]
    document["transitions"] += [{**one, "from": "wyspa"} for one in ways]
    return "wyspa"


def _unplayed_function(document, stage):
    document["functions"].append({"key": "nikt", "name": "Nikt"})
    stage["function"] = "nikt"
    return stage["key"]


def _form_not_published(document, stage):
    stage["form"] = "nieopublikowany"
    return stage["key"]


def _foreign_parameter(document, stage):
    stage["parameters"] = {**stage.get("parameters", {}), "obcy": "1"}
    return stage["key"]


BREAKING = (
    _an_outcome_that_leads_nowhere,
    _condition_on_the_last,
    _drop_function,
    _foreign_parameter,
    _form_not_published,
    _island,
    _no_ways_out,
    _nonsense_condition,
    _only_a_circle,
    _unknown_kind,
    _unplayed_function,
    _way_to_nowhere,
)


@often
@given(whole_procedures(), st.data())
def test_a_broken_procedure_is_refused_and_its_stage_named(document, data):
    middle = [one for one in document["stages"] if not KINDS[one["kind"]].ends]
    middle = [one for one in middle if one["key"] != "zlozenie"]
    if not middle:
        return
    broken = data.draw(st.sampled_from(BREAKING))
    named = broken(document, data.draw(st.sampled_from(middle)))
    assert named in {one.stage for one in checked(document)}


NONSENSE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["kwota >", "zlozenie", "submission", "closing", "approval", "referent"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def places(part, path=()):
    """Every place of a document, as the keys that lead there."""
    if path:
        yield path
    if isinstance(part, dict | list):
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
            yield from places(inner, (*path, key))


def put(document, path, nonsense):
    *way_there, last = path
    for key in way_there:
        document = document[key]
    document[last] = nonsense


@often
@given(whole_procedures(), st.data())
def test_nonsense_in_a_document_is_told_and_never_breaks(document, data):
    for _ in range(data.draw(st.integers(1, 3))):
        put(
            document,
            data.draw(st.sampled_from(sorted(places(document), key=str))),
            data.draw(NONSENSE),
        )
    try:
        procedure = read(document)
    except Unreadable:
        return
    assert all(one.sentence for one in check(procedure, **known_forms()))
    assert read(write(procedure)) == procedure
    walked = Simulation.begin(procedure, FORMS["wniosek"], FORMS, today=TODAY)
    for _ in range(8):
        offered = open_choices(walked)
        if not offered:
            return
        choice = data.draw(st.sampled_from(offered))
        try:
            walked = walked.take(choice, answers_to(data.draw, choice.fields))
        except Refused as refusal:
            note(str(refusal))
