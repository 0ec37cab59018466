"""What holds for any rules and any matters."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ranking
from ranking import Change, Changes, Matter
from tests.ranking.scholarships import AS_ASKED, FIELDS, rules

SUMS = st.sampled_from(["0.00", "99.99", "100.00", "250.00", "1234.56", "3000.00"]).map(Decimal)
POTS = st.sampled_from(["0.00", "150.00", "601.01", "2999.99", "7000.00", "20000.00"]).map(Decimal)
"""Few and close to each other, so that ties, exact fits and near misses are drawn often."""
KINDS = st.sampled_from(["x", "y", "z"])

UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow])
"""A machine with more to do than these is no reason to fail."""


@st.composite
def matters(draw):
    size = draw(st.sampled_from([0, 1, 5, 9, 12]))
    return [
        Matter(
            f"m{number:02}",
            {
                "wynik": Decimal(draw(st.integers(0, 3))),
                "kwota": draw(SUMS),
                "kategoria": draw(KINDS),
                "szkola": draw(KINDS),
            },
        )
        for number in range(size)
    ]


@st.composite
def documents(draw):
    pots = [
        {"code": "pierwsza", "amount": str(draw(POTS))},
        {
            "code": "druga",
            "amount": str(draw(POTS)),
            "only": {"by": "kategoria", "among": ["x", "y"]},
        },
    ]
    found = {
        "order": [{"by": "wynik"}],
        "amount": AS_ASKED,
        "asked": "kwota",
        "pots": draw(st.permutations(pots)),
        "beyond": draw(st.sampled_from(["stop", "skip", "part"])),
        "at_line": draw(st.sampled_from(["ask", "none", "all"])),
        "rounding": {
            "to": draw(st.sampled_from(["0.01", "1.00", "10.00", "100.00"])),
            "way": draw(st.sampled_from(["down", "nearest", "up"])),
        },
        "least": draw(st.sampled_from(["0.00", "0.00", "50.00", "500.00"])),
        "proportional": draw(st.booleans()),
        "limits": draw(
            st.sampled_from([[], [{"most": 4}], [{"by": "szkola", "most": 2}, {"most": 5}]])
        ),
    }
    if not found["proportional"]:
        found["one_matter"] = draw(st.sampled_from(["many_pots", "one_pot"]))
    return found


@st.composite
def hands(draw, of):
    touched = draw(st.lists(st.sampled_from(of), unique_by=lambda one: one.key)) if of else []
    return Changes(
        {
            one.key: Change(
                "Uchwała",
                draw(st.none() | st.just(one.values["kwota"] or Decimal("0.01"))),
                draw(st.sampled_from([None, True, False])),
            )
            for one in touched
        },
        draw(st.none() | st.integers(0, 12)),
    )


@UNHURRIED
@given(documents(), matters(), st.data())
def test_no_pot_gives_more_than_it_has_and_every_sum_is_to_the_grosz(document, all_of, data):
    read = ranking.read_rules(document, FIELDS)
    outcome = ranking.play(read, all_of, data.draw(hands(all_of)))

    for code, pot in outcome.pots.items():
        parts = [part for one in outcome.rows for of, part in one.shares if of == code]
        assert all(part > 0 and part == part.quantize(Decimal("0.01")) for part in parts)
        assert sum(parts) == pot.given == pot.amount - pot.left
        assert pot.left >= 0
    for row in outcome.rows:
        assert sum((part for _, part in row.shares), Decimal(0)) == row.amount
        assert row.is_over == (row.amount > 0)
        assert row.counted is None or row.amount <= row.counted
        assert row.is_over or row.sentence
        assert not row.is_over or row.is_by_hand or row.amount >= read.least
    assert outcome.given == sum((row.amount for row in outcome.rows), Decimal(0))
    assert outcome.unmet >= 0


@UNHURRIED
@given(documents(), matters(), st.data())
def test_the_order_in_which_matters_come_changes_nothing(document, all_of, data):
    read = ranking.read_rules(document, FIELDS)
    changes = data.draw(hands(all_of))
    shuffled = data.draw(st.permutations(all_of))

    assert ranking.play(read, all_of, changes) == ranking.play(read, shuffled, changes)


@UNHURRIED
@given(documents(), matters())
def test_nobody_gets_over_before_an_equal_or_a_better_one_with_the_same_sum_and_groups(
    document, all_of
):
    outcome = ranking.play(ranking.read_rules(document, FIELDS), all_of)
    by_key = {one.key: one for one in all_of}
    alike = {}
    for row in outcome.rows:
        values = by_key[row.key].values
        alike.setdefault((row.counted, values["kategoria"], values["szkola"]), []).append(row)

    for same in alike.values():
        for better, worse in pairwise(same):
            assert better.is_over or not worse.is_over


@UNHURRIED
@given(matters(), POTS, POTS)
def test_more_money_never_puts_anybody_below_the_line(all_of, amount, more):
    def over(sum_):
        read = rules(amount=AS_ASKED, pots=[{"code": "p", "amount": str(sum_)}])
        return {row.key for row in ranking.play(read, all_of).rows if row.is_over}

    assert over(amount) <= over(amount + more)


@UNHURRIED
@given(matters(), POTS)
def test_in_a_proportional_cut_who_asks_for_more_never_gets_less(all_of, amount):
    read = rules(amount=AS_ASKED, proportional=True, pots=[{"code": "p", "amount": str(amount)}])
    rows = sorted(ranking.play(read, all_of).rows, key=lambda one: one.counted)

    assert all(less.amount <= more.amount + Decimal("0.01") for less, more in pairwise(rows))
    wanted = sum((row.counted for row in rows), Decimal(0))
    assert sum((row.amount for row in rows), Decimal(0)) == min(amount, wanted)
