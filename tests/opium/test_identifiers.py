"""The examples are computed by hand from the weights, or are published ones of public bodies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opium import identifiers

ASK = {
    "nip": identifiers.is_nip,
    "regon": identifiers.is_regon,
    "pesel": identifiers.is_pesel,
    "nrb": identifiers.is_nrb,
}


@pytest.mark.parametrize("number", ["5252248481", "525-224-84-81", "PL 525 224 84 81"])
def test_a_nip_is_known_however_it_is_written(number):
    assert identifiers.is_nip(number)


@pytest.mark.parametrize(
    "number", ["5252248482", "525224848", "52522484811", "0000000000", "", "abc", "525224848١"]
)
def test_a_wrong_nip_is_refused(number):
    assert not identifiers.is_nip(number)


def test_a_nip_with_remainder_ten_does_not_exist():
    stem = [0, 2, 0, 0, 0, 0, 0, 0, 0]
    assert identifiers._weighed(stem, identifiers._NIP) % 11 == 10
    assert not any(identifiers.is_nip(f"020000000{last}") for last in range(10))


@pytest.mark.parametrize("number", ["015259640", "383776608", "01525964000059"])
def test_a_regon_has_nine_or_fourteen_digits(number):
    assert identifiers.is_regon(number)


@pytest.mark.parametrize(
    "number",
    ["015259641", "01525964000058", "01525964100059", "000000000", "581646000", "15259640"],
)
def test_a_wrong_regon_is_refused(number):
    assert not identifiers.is_regon(number)


def test_a_regon_with_remainder_ten_ends_with_zero():
    assert identifiers._weighed([0, 0, 0, 0, 0, 2, 0, 0], identifiers._REGON_9) % 11 == 10
    assert identifiers.is_regon("000002000")


def test_a_pesel_carries_a_checksum_and_a_day_of_birth():
    assert identifiers.is_pesel("44051401359")
    assert not identifiers.is_pesel("44051401358")
    assert identifiers.born("44051401359") == date(1944, 5, 14)


@pytest.mark.parametrize(
    ("month", "year"), [("05", 1944), ("25", 2044), ("45", 2144), ("65", 2244), ("85", 1844)]
)
def test_the_month_of_a_pesel_tells_the_century(month, year):
    assert identifiers.born(f"44{month}1401359") == date(year, 5, 14)


def test_a_pesel_of_a_day_that_never_was_is_refused():
    assert identifiers.born("44023001350") is None
    assert identifiers.born("44130101350") is None
    assert not any(identifiers.is_pesel(f"4402300135{last}") for last in range(10))


@pytest.mark.parametrize(
    "number", ["61109010140000071219812874", "PL61 1090 1014 0000 0712 1981 2874"]
)
def test_a_bank_account_is_known_with_and_without_its_country(number):
    assert identifiers.is_nrb(number)


@pytest.mark.parametrize(
    "number", ["61109010140000071219812875", "6110901014000007121981287", "DE89370400440532013000"]
)
def test_a_wrong_polish_account_is_refused(number):
    assert not identifiers.is_nrb(number)


def test_a_foreign_account_is_an_iban_but_no_nrb():
    assert identifiers.is_iban("DE89 3704 0044 0532 0130 00")
    assert not identifiers.is_iban("DE89370400440532013001")
    assert not identifiers.is_iban("PL6110901014000007121981287")


def test_shapes_of_addresses():
    assert identifiers.is_postal_code("85-006")
    assert not identifiers.is_postal_code("85006")
    assert identifiers.is_edoreczenia("AE:PL-12345-67890-ABCDE-12")
    assert not identifiers.is_edoreczenia("AE:PL-12345-67890-abcde-12")


@pytest.mark.parametrize("kind", ASK)
@given(data=st.data())
def test_one_wrong_digit_is_always_noticed_in_nip_pesel_and_account(kind, data):
    right = {"nip": "5252248481", "regon": "123456785", "pesel": "44051401359"}.get(
        kind, "61109010140000071219812874"
    )
    assert ASK[kind](right)
    at = data.draw(st.integers(0, len(right) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != right[at]]))
    wrong = right[:at] + digit + right[at + 1 :]

    # modulo 11 with 10 written as 0 lets a REGON's change through in rare places
    assert not ASK[kind](wrong) or kind == "regon"


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text):
    assert {ask(text) for ask in ASK.values()} <= {True, False}
    identifiers.is_iban(text)
    identifiers.born(text)
