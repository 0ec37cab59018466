from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from forms import definition
from procedures.kinds import APPLICANT, KINDS, Known, NotPossible, Press, State, after
from procedures.kinds.changes import Granted, MoneySettled, Released
from procedures.kinds.registry import Question

SECTIONS = (("dane", "Dane"), ("budzet", "Budżet"))
ALL = Known(
    sections=SECTIONS,
    questions=(Question("pabc", "kto"),),
    names={"kto": "Anna Nowak"},
    asked=("pabc",),
)


def stage(kind, function="kierownik", **parameters):
    return SimpleNamespace(
        key="etap", name="Etap", kind=kind, function=function, form="", parameters=parameters
    )


def press(code, who="a", functions=("kierownik",), **given):
    return Press(code=code, who=who, functions=functions, **given)


def played(kind, state, *presses):
    """The state and the last settlement once everybody has pressed."""
    settlement = None
    for one in presses:
        settlement = KINDS[kind].settles(state, one)
        state = after(state, one, settlement)
    return state, settlement


def test_there_are_the_sixteen_kinds():
    assert sorted(KINDS) == [
        "acceptance",
        "agreement",
        "allocation",
        "appeal",
        "approval",
        "closing",
        "correction",
        "decision",
        "execution",
        "formal_check",
        "opinion",
        "recommendation",
        "reconsideration",
        "scoring",
        "settlement",
        "submission",
    ]


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_form_of_a_kind_could_be_published(code):
    kind = KINDS[code]
    documents = [kind.parameters] if kind.parameters["sections"] else []
    asked = stage(code, checklist=[{"point": "Podpis"}], with_amount=True)
    for known in (ALL, Known()):
        for press_code in (*kind.outcomes, *kind.acts):
            document = kind.fields(asked, press_code, known)
            if document is not None:
                documents.append(document)
    for document in documents:
        assert definition.check(definition.read(document), dictionaries=None, tables=None) == []


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_says_what_it_is_and_who_acts(code):
    kind = KINDS[code]
    assert kind.label
    assert kind.description
    assert kind.ends == (not kind.outcomes)
    for outcome in (*kind.outcomes, *kind.acts):
        assert kind.pressed_by(stage(code, APPLICANT), outcome)
    assert bool(kind.waits(State(stage(code)))) is not kind.ends


def test_approval_goes_one_after_another():
    row = stage("approval", approvers=[{"function": "kierownik"}, {"function": "dyrektor"}])
    state = State(row)
    kind = KINDS["approval"]
    assert [one.function for one in kind.waits(state)] == ["kierownik"]

    with pytest.raises(NotPossible, match="kolej na kogoś innego"):
        kind.settles(state, press("approved", "b", ("dyrektor",)))

    state, settlement = played("approval", state, press("approved"))
    assert settlement.outcome == ""
    assert [one.function for one in kind.waits(state)] == ["dyrektor"]
    _, settlement = played("approval", state, press("approved", "b", ("dyrektor",)))
    assert settlement.outcome == "approved"


def test_approval_in_parallel_waits_for_every_function_at_once():
    row = stage(
        "approval",
        approvers=[{"function": "kierownik"}, {"function": "dyrektor"}],
        order="parallel",
    )
    assert [one.function for one in KINDS["approval"].waits(State(row))] == [
        "kierownik",
        "dyrektor",
    ]
    _, settlement = played(
        "approval", State(row), press("approved", "b", ("dyrektor",)), press("approved")
    )
    assert settlement.outcome == "approved"


def test_approval_by_three_of_many():
    state = State(stage("approval", needed="3"))
    state, settlement = played("approval", state, press("approved", "a"), press("approved", "b"))
    assert settlement.outcome == ""
    _, settlement = played("approval", state, press("approved", "c"))
    assert (settlement.outcome, settlement.facts) == ("approved", {"glosow_za": "3"})


def test_nobody_votes_twice():
    state, _ = played("approval", State(stage("approval", needed="2")), press("approved"))
    with pytest.raises(NotPossible, match="już oddany"):
        KINDS["approval"].settles(state, press("approved"))


def test_one_person_votes_for_two_functions_where_the_city_lets_them():
    functions = ("kierownik", "dyrektor")
    rows = [{"function": one} for one in functions]
    lenient = State(stage("approval", approvers=rows, person_may_repeat=True))
    _, settlement = played(
        "approval",
        lenient,
        press("approved", functions=functions),
        press("approved", functions=functions),
    )
    assert settlement.outcome == "approved"


def test_the_author_does_not_approve_unless_the_city_lets_them():
    state = State(stage("approval"), authors=frozenset({"a"}))
    with pytest.raises(NotPossible, match="Autor"):
        KINDS["approval"].settles(state, press("approved"))
    lenient = State(stage("approval", author_may_approve=True), authors=frozenset({"a"}))
    assert KINDS["approval"].settles(lenient, press("approved")).outcome == "approved"


def test_as_many_objections_settle_as_the_city_says():
    state = State(stage("approval", needed="3", objections="2"))
    state, settlement = played("approval", state, press("refused", "a"))
    assert settlement.outcome == ""
    _, settlement = played("approval", state, press("refused", "b"))
    assert settlement.outcome == "refused"


def test_a_formal_check_is_complete_when_every_point_is_met():
    row = stage("formal_check", checklist=[{"point": "Podpis"}, {"point": "Budżet"}])
    kind = KINDS["formal_check"]
    with pytest.raises(NotPossible, match="„Budżet”"):
        kind.settles(State(row), press("complete", data={"punkt_1": True, "punkt_2": False}))
    done = kind.settles(State(row), press("complete", data={"punkt_1": True, "punkt_2": True}))
    assert done.outcome == "complete"


def test_no_more_is_allocated_than_was_asked_for():
    state = State(drawing("allocation", "granty"), requested=Decimal("1000.00"))
    kind = KINDS["allocation"]
    assert kind.settles(state, press("allocated", data={"kwota": "1000.00"})).outcome == "allocated"
    with pytest.raises(NotPossible, match="wyższa niż wnioskowana"):
        kind.settles(state, press("allocated", data={"kwota": "1000.01"}))


def drawing(kind, *pots, **parameters):
    """A stage that draws on the pots."""
    return stage(kind, pots=[{"pot": pot} for pot in pots], **parameters)


def test_a_pot_is_not_overdrawn_by_a_grosz():
    state = State(drawing("allocation", "granty"), left={"granty": Decimal("1000.00")})
    kind = KINDS["allocation"]
    assert kind.settles(state, press("allocated", data={"kwota": "1000.00"})).outcome
    with pytest.raises(NotPossible, match="zostało 1\u00a0000,00\u00a0zł"):
        kind.settles(state, press("allocated", data={"kwota": "1000.01"}))


def test_an_award_of_several_pots_is_a_sum_from_each_and_its_facts_say_the_total():
    state = State(
        drawing("allocation", "miasto", "pusta", "wojewoda"), left={"wojewoda": Decimal("30.00")}
    )
    kind = KINDS["allocation"]
    given = {"kwota_1": "100.00", "kwota_2": "0", "kwota_3": "30.00", "uwagi": "Razem"}

    settled = kind.settles(state, press("allocated", data=given))

    shares = (("miasto", Decimal("100.00")), ("wojewoda", Decimal("30.00")))
    assert settled.changes == (Granted(shares),)
    assert settled.facts == {"uwagi": "Razem", "kwota": "130.00"}
    with pytest.raises(NotPossible, match="Podaj przyznaną kwotę"):
        kind.settles(state, press("allocated", data={"kwota_1": "0"}))
    with pytest.raises(NotPossible, match="przekracza pulę"):
        kind.settles(state, press("allocated", data={"kwota_3": "30.01"}))


def test_nothing_is_granted_where_the_stage_names_no_pot():
    for one in (stage("allocation"), stage("decision", with_amount=True)):
        code = "allocated" if one.kind == "allocation" else "granted"
        with pytest.raises(NotPossible, match="z której puli"):
            KINDS[one.kind].settles(State(one), press(code, data={"kwota": "1.00"}))


def test_what_is_refused_releases_what_the_matter_held():
    for kind, code in (("allocation", "none"), ("decision", "refused")):
        assert KINDS[kind].settles(State(stage(kind)), press(code)).changes == (Released(),)


def test_no_more_is_settled_and_returned_than_was_granted():
    state = State(
        stage("settlement", "referent"), facts={"zlozono": True}, granted=Decimal("100.00")
    )
    kind = KINDS["settlement"]

    settled = kind.settles(state, press("settled", data={"kwota": "80.00", "zwrot": "20.00"}))

    assert settled.changes == (MoneySettled(Decimal("80.00"), Decimal("20.00")),)
    with pytest.raises(NotPossible, match="przyznano 100,00"):
        kind.settles(state, press("settled", data={"kwota": "80.00", "zwrot": "20.01"}))


def test_settled_with_invoices_it_is_worth_what_was_accepted_and_no_invoice_waits():
    kind = KINDS["settlement"]
    named = stage("settlement", "referent", budget_table="budzet")
    told = {"facts": {"zlozono": True}, "granted": Decimal("100.00")}
    waiting = State(named, **told, settled=Decimal("70.00"), has_waiting_invoices=True)
    with pytest.raises(NotPossible, match="czekają na urząd"):
        kind.settles(waiting, press("settled"))

    state = replace(waiting, settled=Decimal("80.00"), has_waiting_invoices=False)
    settled = kind.settles(state, press("settled", data={"zwrot": "20.00"}))

    assert settled.changes == (MoneySettled(Decimal(0), Decimal("20.00")),)
    assert settled.facts == {"zwrot": "20.00", "kwota": "80.00"}
    with pytest.raises(NotPossible, match="przyznano 100,00"):
        kind.settles(state, press("settled", data={"zwrot": "20.01"}))


def test_a_settlement_waits_for_the_report_first():
    state = State(stage("settlement", "referent"))
    kind = KINDS["settlement"]
    assert [one.function for one in kind.waits(state)] == [APPLICANT]
    with pytest.raises(NotPossible, match="Nie ma jeszcze sprawozdania"):
        kind.settles(state, press("settled", functions=("referent",)))

    state, settlement = played("settlement", state, press("file_report", functions=(APPLICANT,)))
    assert settlement.outcome == ""
    assert [one.function for one in kind.waits(state)] == ["referent"]
    with pytest.raises(NotPossible, match="już złożone"):
        kind.settles(state, press("file_report", functions=(APPLICANT,)))
    assert kind.settles(state, press("settled")).outcome == "settled"


def test_a_decision_has_a_number_a_day_and_where_wanted_an_amount():
    kind = KINDS["decision"]

    def keys(document):
        return [question["key"] for question in document["sections"][0]["questions"]]

    assert keys(kind.fields(stage("decision"), "granted", Known())) == [
        "numer",
        "data",
        "uzasadnienie",
    ]
    assert "kwota" in keys(kind.fields(stage("decision", with_amount=True), "granted", Known()))
    assert "kwota" not in keys(kind.fields(stage("decision", with_amount=True), "refused", Known()))
    assert KINDS["closing"].meaning(stage("closing", meaning="negative")) == "negative"
