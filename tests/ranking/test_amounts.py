"""How much by the rules: ways, caps, rounding, the least, and the proportional cut."""

import pytest

from tests.ranking.scholarships import AS_ASKED, given, matter, over, played, pot, row


def amounts(document, *matters):
    return given(played(document, matters))


def test_per_cent_by_points_takes_the_highest_band_that_is_reached():
    way = {
        "way": "percent",
        "by": "kwota",
        "points": "wynik",
        "bands": [{"from": 60, "percent": 50}, {"from": 90, "percent": 100}],
    }
    found = played(
        {"amount": way}, [matter("a", 90, 999), matter("b", 60, 999), matter("c", 59, 999)]
    )

    assert given(found) == {"a": "999.00", "b": "499.50"}
    assert row(found, "c").sentence == "Zasady nie dają tej sprawie żadnej kwoty."


def test_a_tariff_is_looked_up_by_several_fields_however_the_number_is_written():
    way = {
        "way": "tariff",
        "by": ["ranga", "miejsce"],
        "rows": [
            {"when": ["krajowa", 1], "amount": "1500.00"},
            {"when": ["krajowa", "2"], "amount": "1000.00"},
        ],
    }
    matters = [
        matter("a", 3, ranga="krajowa", miejsce="1.00"),
        matter("b", 2, ranga="krajowa", miejsce=2),
        matter("c", 1, ranga="szkolna", miejsce=1),
    ]

    assert amounts({"amount": way}, *matters) == {"a": "1500.00", "b": "1000.00"}


def test_a_fixed_sum_and_a_sum_for_each_point():
    assert amounts({"amount": {"way": "fixed", "amount": 300}}, matter("a", 1)) == {"a": "300.00"}
    way = {"way": "per_point", "points": "wynik", "amount": "12.50"}
    assert amounts({"amount": way}, matter("a", 7), matter("b", -3)) == {"a": "87.50"}


def test_caps_hold_whichever_way_it_is_rounded():
    document = {
        "amount": AS_ASKED,
        "asked": "kwota",
        "caps": [{"amount": "5000.00"}, {"percent": 80, "of": "koszt"}],
        "rounding": {"to": "10.00", "way": "up"},
    }
    matters = [
        matter("a", 3, 9000, koszt=90000),
        matter("b", 2, 4000, koszt=1234),
        matter("c", 1, "105.50", koszt=9000),
    ]

    assert amounts(document, *matters) == {"a": "5000.00", "b": "980.00", "c": "100.00"}


@pytest.mark.parametrize(
    ("way", "expected"), [("down", "120.00"), ("nearest", "130.00"), ("up", "130.00")]
)
def test_a_sum_is_rounded_as_the_rules_say(way, expected):
    document = {"amount": AS_ASKED, "rounding": {"to": "10.00", "way": way}}

    assert amounts(document, matter("a", 1, 125)) == {"a": expected}


def test_nobody_gets_less_than_the_least():
    found = played(
        {"amount": AS_ASKED, "least": "200.00"}, [matter("a", 2, 200), matter("b", 1, "199.99")]
    )

    assert over(found) == ["a"]
    assert row(found, "b").sentence == (
        "Kwota 199,99\xa0zł jest niższa od najniższej przyznawanej (200,00\xa0zł)."
    )


def proportional(amount, **more):
    return {"amount": AS_ASKED, "proportional": True, "pots": [pot(amount)], **more}


def test_everybody_is_cut_alike_to_the_grosz_and_the_last_grosz_goes_to_the_better_place():
    matters = [matter("a", 3, 100), matter("b", 2, 100), matter("c", 1, 100)]

    assert amounts(proportional("100.00"), *matters) == {"a": "33.34", "b": "33.33", "c": "33.33"}
    assert amounts(proportional("1000.00"), *matters) == {
        "a": "100.00",
        "b": "100.00",
        "c": "100.00",
    }


def test_a_cut_in_tens_gives_tens_and_leaves_the_rest_in_the_pot():
    matters = [matter("a", 3, 300), matter("b", 2, 300), matter("c", 1, 300)]
    found = played(proportional("505.00", rounding={"to": "10.00"}), matters)

    assert given(found) == {"a": "170.00", "b": "170.00", "c": "160.00"}
    assert str(found.pots["granty"].left) == "5.00"


def test_who_would_come_below_the_least_drops_out_from_the_end_and_the_others_get_more():
    matters = [matter("a", 4, 100), matter("b", 3, 100), matter("c", 2, 100), matter("d", 1, 100)]
    found = played(proportional("100.00", least="40.00"), matters)

    assert given(found) == {"a": "50.00", "b": "50.00"}
    assert row(found, "c").sentence == "Po proporcjonalnym obniżeniu mniej niż 40,00\xa0zł."


def test_exactly_the_least_is_enough_and_prizes_are_counted_before_the_cut():
    matters = [matter("a", 4, 100), matter("b", 3, 100), matter("c", 2, 100)]

    assert amounts(proportional("100.00", least="50.00"), *matters) == {"a": "50.00", "b": "50.00"}
    assert amounts(proportional("90.00", limits=[{"most": 2}]), *matters) == {
        "a": "45.00",
        "b": "45.00",
    }


def test_pot_after_pot_is_cut_and_a_sum_by_hand_is_not():
    pots = [pot("90.00", "x", by="kategoria", among=["x"]), pot("60.00", "wspólna")]
    matters = [matter("a", 3, 100, kategoria="x"), matter("b", 2, 100), matter("c", 1, 50)]
    document = proportional("0.00") | {"pots": pots}
    found = played(document, matters, {"matters": {"c": {"amount": 50, "reason": "Uchwała"}}})

    assert given(found) == {"a": "90.91", "b": "9.09", "c": "50.00"}
    assert [(code, str(sum_)) for code, sum_ in row(found, "a").shares] == [
        ("x", "90.00"),
        ("wspólna", "0.91"),
    ]
