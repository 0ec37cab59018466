"""Dividing a sum to the grosz."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.dividing import divide

SUMS = st.decimals(min_value=0, max_value=10**9, places=2)
WEIGHTS = st.lists(
    st.decimals(min_value=0, max_value=10**6, places=3), min_size=1, max_size=40
).filter(any)


@given(SUMS, WEIGHTS)
def test_nothing_is_lost_and_nothing_is_added(total, weights):
    shares = divide(total, weights)

    assert sum(shares) == total
    assert all(share == share.quantize(Decimal("0.01")) and share >= 0 for share in shares)


@given(SUMS, WEIGHTS)
def test_no_share_is_a_grosz_from_its_exact_part(total, weights):
    whole = sum(map(Fraction, weights))

    for share, weight in zip(divide(total, weights), weights, strict=True):
        exact = Fraction(total) * Fraction(weight) / whole
        assert abs(Fraction(share) - exact) < Fraction(1, 100)


@given(SUMS, WEIGHTS)
def test_who_has_more_weight_never_gets_less(total, weights):
    shares = divide(total, weights)

    pairs = sorted(zip(weights, shares, strict=True), key=lambda pair: pair[0])
    by_weight = {}
    for weight, share in pairs:
        by_weight.setdefault(weight, []).append(share)
    ordered = list(by_weight.values())
    for less, more in pairwise(ordered):
        assert max(less) <= min(more) + Decimal("0.01")


@given(SUMS, st.integers(min_value=1, max_value=60))
def test_equal_weights_differ_by_a_grosz_and_the_earlier_get_it(total, count):
    shares = divide(total, [Decimal(1)] * count)

    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[-1] <= Decimal("0.01")


def test_three_equal_parts_of_a_hundred():
    shares = divide(Decimal("100.00"), [Decimal(1)] * 3)

    assert [str(share) for share in shares] == ["33.34", "33.33", "33.33"]


def test_whom_no_weight_is_given_gets_nothing():
    assert divide(Decimal("0.01"), [Decimal(0), Decimal(1)]) == [Decimal(0), Decimal("0.01")]


@pytest.mark.parametrize(
    ("total", "weights"),
    [("1.005", [1]), ("-1", [1]), ("1", []), ("1", [0, 0]), ("1", [2, -1])],
)
def test_what_cannot_be_divided_is_refused(total, weights):
    with pytest.raises(ValueError, match="weight"):
        divide(Decimal(total), [Decimal(one) for one in weights])
