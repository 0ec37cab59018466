"""Places: ordered keys, what breaks ties, and what stays equal."""

from datetime import date

import pytest

import ranking
from tests.ranking.scholarships import matter, played, row, rules


def places(document, matters):
    return [(one.key, one.place, one.tied) for one in played(document, matters).rows]


def test_equal_scores_share_a_place_and_the_next_place_counts_them():
    matters = [matter("a", 70), matter("b", 90), matter("c", 90), matter("d", 60)]

    assert places({}, matters) == [("b", 1, 2), ("c", 1, 2), ("a", 3, 1), ("d", 4, 1)]


def test_dense_places_leave_no_gap():
    matters = [matter("a", 70), matter("b", 90), matter("c", 90)]

    assert places({"places": "dense"}, matters) == [("b", 1, 2), ("c", 1, 2), ("a", 2, 1)]


def test_a_later_key_decides_only_what_the_earlier_ones_leave_equal():
    order = [{"by": "wynik"}, {"by": "zlozono", "direction": "rising"}]
    matters = [
        matter("late", 90, zlozono=date(2026, 3, 2)),
        matter("early", 90, zlozono=date(2026, 3, 1)),
        matter("worse", 80, zlozono=date(2026, 1, 1)),
    ]

    assert [key for key, _, _ in places({"order": order}, matters)] == ["early", "late", "worse"]


def test_words_are_ordered_by_the_scale_and_others_in_the_polish_way():
    scale = ["międzynarodowa", "krajowa", "wojewódzka"]
    matters = [
        matter("woj", ranga="wojewódzka"),
        matter("other", ranga="szkolna"),
        matter("int", ranga="międzynarodowa"),
    ]

    assert [key for key, *_ in places({"order": [{"by": "ranga", "scale": scale}]}, matters)] == [
        "int",
        "woj",
        "other",
    ]
    schools = [matter("l", szkola="Łódzka"), matter("z", szkola="Zet"), matter("k", szkola="Kar")]
    by_name = [{"by": "szkola", "direction": "rising"}]
    assert [key for key, *_ in places({"order": by_name}, schools)] == ["k", "l", "z"]


@pytest.mark.parametrize("direction", ["falling", "rising"])
@pytest.mark.parametrize(("missing", "at"), [("last", 2), ("first", 0)])
def test_a_missing_value_stands_where_the_rules_put_it_in_both_directions(direction, missing, at):
    order = [{"by": "wynik", "direction": direction, "missing": missing}]
    found = places({"order": order}, [matter("none"), matter("low", -5), matter("high", 5)])

    assert found[at][0] == "none"


def test_each_category_has_places_of_its_own():
    matters = [
        matter("a", 90, kategoria="x"),
        matter("b", 80, kategoria="y"),
        matter("c", 70, kategoria="x"),
    ]

    assert places({"lists": "kategoria"}, matters) == [("a", 1, 1), ("b", 1, 1), ("c", 2, 1)]


def test_lots_part_equal_ones_the_same_way_each_time_and_another_seed_another_way():
    matters = [matter(f"m{number}", 50) for number in range(8)]

    def drawn(seed):
        return [key for key, *_ in places({"order": [{"by": "wynik"}, {"lot": seed}]}, matters)]

    assert drawn("30.11.2026") == drawn("30.11.2026")
    assert drawn("30.11.2026") != drawn("1.12.2026")
    assert {tied for _, _, tied in places({"order": [{"lot": "x"}]}, matters)} == {1}


def test_two_matters_with_one_key_are_a_mistake_of_who_asks():
    with pytest.raises(ValueError, match="one key"):
        ranking.play(rules(), [matter("a", 1), matter("a", 2)])


def test_a_yes_is_no_number_of_points():
    outcome = played(
        {"thresholds": [{"by": "wynik", "least": 1}]}, [ranking.Matter("a", {"wynik": True})]
    )

    assert row(outcome, "a").sentence == "Brak wartości „Wynik”, a próg to 1."
