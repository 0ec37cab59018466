"""The water line: prizes, pots, ties at the line, and why somebody is below."""

import pytest

from tests.ranking.scholarships import AS_ASKED, matter, over, played, pot, row

FOUR = [matter("a", 90, 400), matter("b", 80, 700), matter("c", 70, 300), matter("d", 60, 100)]


def by_pot(amount, **more):
    return {"amount": AS_ASKED, "pots": [pot(amount)], **more}


def test_it_stops_at_the_first_who_does_not_fit():
    outcome = played(by_pot("1000.00"), FOUR)

    assert over(outcome) == ["a"]
    assert row(outcome, "b").sentence == (
        "Nie mieści się w puli: 700,00\xa0zł, a zostało 600,00\xa0zł."
    )
    assert row(outcome, "c").sentence == "Środki skończyły się wyżej w rankingu."
    assert (str(outcome.given), str(outcome.unmet)) == ("400.00", "1100.00")


def test_or_it_skips_that_one_and_gives_to_the_next_who_fits():
    outcome = played(by_pot("1000.00", beyond="skip"), FOUR)

    assert over(outcome) == ["a", "c", "d"]
    assert str(outcome.pots["granty"].left) == "200.00"


def test_or_that_one_gets_the_part_that_is_left():
    outcome = played(by_pot("1000.00", beyond="part"), FOUR)

    assert over(outcome) == ["a", "b"]
    assert str(row(outcome, "b").amount) == "600.00"
    assert row(outcome, "b").sentence == "Część kwoty: tyle zostało w puli."
    assert over(played(by_pot("640.00", beyond="part", least="650.00"), FOUR)) == []


def test_a_part_rounded_to_whole_steps_is_not_below_the_least_either():
    rules = by_pot("560.00", beyond="part", least="150", rounding={"to": "100.00"})

    assert over(played(rules, FOUR)) == ["a"]
    assert over(played(rules | {"least": "100"}, FOUR)) == ["a", "b"]


def test_a_threshold_keeps_below_whoever_has_less_and_says_so():
    outcome = played({"thresholds": [{"by": "wynik", "least": "72.5"}]}, FOUR)

    assert over(outcome) == ["a", "b"]
    assert row(outcome, "c").sentence == "Poniżej progu: Wynik 70, a próg to 72,5."


def test_a_number_of_prizes_cuts_overall_for_a_kind_and_for_a_school():
    matters = [
        matter("a", 90, szkola="SP 1", kategoria="x"),
        matter("b", 80, szkola="SP 1", kategoria="y"),
        matter("c", 70, szkola="SP 1", kategoria="x"),
        matter("d", 60, szkola="SP 2", kategoria="x"),
        matter("e", 50, szkola="SP 3", kategoria="y"),
    ]

    assert over(played({"limits": [{"most": 2}]}, matters)) == ["a", "b"]
    assert over(played({"limits": [{"by": "szkola", "most": 2}]}, matters)) == ["a", "b", "d", "e"]
    per_kind = {"limits": [{"by": "kategoria", "each": {"x": 1}, "most": 5}]}
    outcome = played(per_kind, matters)
    assert over(outcome) == ["a", "b", "e"]
    assert row(outcome, "c").sentence == "Poza liczbą nagród: Kategoria „x” to 1 nagroda."


@pytest.mark.parametrize(("at_line", "expected"), [("ask", ["a"]), ("none", ["a"]), ("all", "abc")])
def test_equal_ones_at_the_line_share_their_fate(at_line, expected):
    matters = [matter("a", 90), matter("b", 80), matter("c", 80), matter("d", 70)]
    outcome = played({"limits": [{"most": 2}], "at_line": at_line}, matters)

    assert over(outcome)[:3] == list(expected)
    assert outcome.undecided == (("b", "c") if at_line == "ask" else ())


def test_equal_ones_whom_the_money_parts_are_shown_and_nobody_below_jumps_over_them():
    matters = [
        matter("a", 90, 100),
        matter("b", 80, 100),
        matter("c", 80, 100),
        matter("d", 70, 50),
    ]
    outcome = played(by_pot("250.00"), matters)

    assert over(outcome) == ["a"]
    assert outcome.undecided == ("b", "c")
    assert str(outcome.pots["granty"].left) == "150.00"
    assert row(outcome, "c").sentence == (
        "Remis na linii: 2 sprawy z tego samego miejsca, a nie wszystkie mieszczą się w środkach. "
        "Rozstrzygnij ręcznie."
    )
    assert row(outcome, "d").sentence == "Środki skończyły się wyżej w rankingu."


def test_equal_ones_of_whom_none_fits_are_no_tie_for_anybody_to_decide():
    outcome = played(by_pot("50.00"), [matter("a", 90, 100), matter("b", 90, 100)])

    assert outcome.undecided == ()
    assert row(outcome, "b").why == "no_money"


def test_a_tie_between_schools_is_none_for_a_limit_of_one_of_them():
    matters = [
        matter("a", 80, szkola="1"),
        matter("b", 80, szkola="1"),
        matter("c", 80, szkola="2"),
    ]
    outcome = played({"limits": [{"by": "szkola", "most": 1}]}, matters)

    assert over(outcome) == ["c"]
    assert outcome.undecided == ("a", "b")


def test_a_pot_for_a_category_is_a_pool_of_its_own_and_runs_dry_alone():
    science = pot("500.00", "nauka", by="kategoria", among=["nauka"])
    arts = pot("500.00", "sztuka", by="kategoria", among=["sztuka"])
    matters = [
        matter("n1", 90, 600, kategoria="nauka"),
        matter("s1", 80, 400, kategoria="sztuka"),
        matter("n2", 70, 100, kategoria="nauka"),
        matter("x", 60, 100, kategoria="inna"),
    ]
    outcome = played({"amount": AS_ASKED, "pots": [science, arts]}, matters)

    assert over(outcome) == ["s1"]
    assert row(outcome, "n2").why == "stopped"
    assert row(outcome, "x").sentence == "Żadna pula nie jest przeznaczona dla tej sprawy."


def test_several_pots_give_in_their_order_and_one_matter_may_get_of_both():
    pots = [pot("500.00", "pierwsza"), pot("500.00", "druga")]
    outcome = played({"amount": AS_ASKED, "pots": pots}, FOUR[:2])
    assert over(outcome) == ["a"]

    matters = [matter("a", 90, 400), matter("b", 80, 600)]
    outcome = played({"amount": AS_ASKED, "pots": pots}, matters)
    assert [(code, str(sum_)) for code, sum_ in row(outcome, "b").shares] == [
        ("pierwsza", "100.00"),
        ("druga", "500.00"),
    ]
    whole = played({"amount": AS_ASKED, "pots": pots, "one_matter": "one_pot"}, matters)
    assert over(whole) == ["a"]


def test_prizes_without_money_need_no_pot():
    outcome = played({"limits": [{"most": 1}]}, FOUR)

    assert (over(outcome), str(outcome.given)) == (["a"], "0.00")
