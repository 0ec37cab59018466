"""Changes by hand, each with its reason, and two scenarios side by side."""

import pytest

import ranking
from ranking.errors import ChangesFaulty
from tests.ranking.scholarships import AS_ASKED, given, matter, over, played, pot, row, rules

DOCUMENT = {"amount": AS_ASKED, "asked": "kwota", "pots": [pot("1000.00")]}
MATTERS = [matter("a", 90, 400), matter("b", 80, 700), matter("c", 70, 300), matter("d", 60, 100)]


def by_hand(**matters):
    return {"matters": matters}


def refused(changes):
    with pytest.raises(ChangesFaulty) as found:
        ranking.read_changes(changes, MATTERS, rules(**DOCUMENT))
    return [(one.field, one.detail) for one in found.value.errors]


def test_a_sum_by_hand_takes_the_place_of_the_sum_by_the_rules():
    outcome = played(DOCUMENT, MATTERS, by_hand(b={"amount": "500.00", "reason": "Bez wyjazdu"}))

    assert given(outcome) == {"a": "400.00", "b": "500.00"}
    assert (row(outcome, "b").is_by_hand, row(outcome, "b").reason) == (True, "Bez wyjazdu")


def test_who_is_moved_over_the_line_takes_the_money_first():
    outcome = played(DOCUMENT, MATTERS, by_hand(c={"side": "in", "reason": "Uchwała komisji"}))

    assert given(outcome) == {"a": "400.00", "c": "300.00"}
    assert row(outcome, "c").sentence == "Przesunięto ręcznie nad linię."
    assert row(outcome, "b").why == "no_money"


def test_who_is_moved_below_leaves_the_money_to_the_next():
    outcome = played(DOCUMENT, MATTERS, by_hand(a={"side": "out", "reason": "Rezygnacja"}))

    assert given(outcome) == {"b": "700.00", "c": "300.00"}


def test_a_hand_decides_a_tie_at_the_line_but_no_hand_draws_more_than_the_pot_has():
    tied = [matter("a", 90, 700), matter("b", 90, 700)]
    assert over(played(DOCUMENT, tied)) == []

    chosen = played(DOCUMENT, tied, by_hand(b={"side": "in", "reason": "Losowanie"}))
    assert over(chosen) == ["b"]
    both = by_hand(a={"side": "in", "reason": "Losowanie"}, b={"side": "in", "reason": "Losowanie"})
    assert over(played(DOCUMENT, tied, both)) == ["a"]
    assert row(played(DOCUMENT, tied, both), "b").sentence == (
        "Nie mieści się w puli: 700,00\xa0zł, a zostało 300,00\xa0zł."
    )


def test_who_is_moved_over_the_line_takes_a_prize_as_well():
    document = {"limits": [{"most": 2}]}
    outcome = played(document, MATTERS, by_hand(d={"side": "in", "reason": "Uchwała"}))

    assert over(outcome) == ["a", "d"]


def test_the_line_put_higher_by_hand_leaves_those_below_it_without():
    line = {"line": {"after": 1, "reason": "Rezerwa na odwołania"}}
    outcome = played(DOCUMENT | {"pots": [pot("5000.00")]}, MATTERS, line)

    assert over(outcome) == ["a"]
    assert row(outcome, "b").sentence == "Linię przesunięto ręcznie powyżej tej sprawy."


def test_a_change_about_a_matter_that_is_gone_is_told_and_changes_nothing():
    outcome = played(DOCUMENT, MATTERS, by_hand(gone={"side": "in", "reason": "Uchwała"}))

    assert outcome.unknown == ("gone",)
    assert over(outcome) == ["a"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"a": {"side": "in"}}, "matters/a/reason", "Podaj powód zmiany, najwyżej 1000 znaków."),
        ({"a": {"side": "up", "reason": "x"}}, "matters/a/side", "Strona linii to"),
        ({"a": {"side": True, "reason": "x"}}, "matters/a/side", "Strona linii to"),
        ({"a": {"side": [], "reason": "x"}}, "matters/a/side", "Strona linii to"),
        ({"a": {"side": {}, "reason": "x"}}, "matters/a/side", "Strona linii to"),
        ({"a": {"reason": "x"}}, "matters/a", "Podaj kwotę albo stronę linii; pustą zmianę usuń."),
        ({"a": {"amount": "400.01", "reason": "x"}}, "matters/a/amount", "wyższa niż wnioskowana"),
        ({"a": {"amount": "0.001", "reason": "x"}}, "matters/a/amount", "w pełnych groszach"),
        ({"a": {"amount": True, "reason": "x"}}, "matters/a/amount", "Tu ma być liczba"),
        (
            {"a": {"amount": "1", "reason": "x", "kto": 1}},
            "matters/a/kto",
            "Nie znam takiego pola.",
        ),
    ],
)
def test_a_change_that_cannot_stand_is_refused_with_its_place(changes, field, sentence):
    (found,) = refused(by_hand(**changes))

    assert found[0] == field
    assert found[1].startswith("Ręczne zmiany › sprawa a: ")
    assert sentence in found[1]


def test_a_moved_line_needs_its_number_and_its_reason():
    assert [place for place, _ in refused({"line": {}})] == ["line/reason"]
    assert [place for place, _ in refused({"line": {"reason": "Rezerwa"}})] == ["line/after"]
    assert refused([])[0][1] == "Ręczne zmiany: Tu ma być obiekt z polami w nawiasach { }."


def test_two_scenarios_side_by_side_tell_who_gains_and_who_loses():
    first = played(DOCUMENT, MATTERS)
    second = played(
        DOCUMENT | {"beyond": "skip"}, MATTERS, by_hand(a={"amount": 300, "reason": "x"})
    )
    found = ranking.compare(first, second)

    assert [(one.key, str(one.change), one.is_same) for one in found.differences] == [
        ("a", "-100.00", False),
        ("b", "700.00", False),
        ("c", "0.00", True),
        ("d", "0.00", True),
    ]
    assert (str(found.gained), str(found.lost)) == ("700.00", "100.00")
    assert (found.gaining, found.losing) == (1, 1)
    assert (str(found.given_before), str(found.given_after)) == ("400.00", "1000.00")
    assert (found.over_before, found.over_after) == (1, 2)


def test_a_matter_of_one_scenario_only_is_in_the_comparison_as_well():
    found = ranking.compare(played(DOCUMENT, MATTERS), played(DOCUMENT, MATTERS[1:]))

    assert [(one.key, str(one.before), str(one.after)) for one in found.differences][-1] == (
        "a",
        "400.00",
        "0.00",
    )
