"""The payment list: accounts and sums are checked before anything leaves the house."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from ranking import payments
from ranking.errors import PaymentsFaulty
from ranking.payments import Layout, Payer, Transfer

GOOD, OTHER = "61109010140000071219812874", "27114020040000300201355387"
PAYER = Payer("Miasto Bydgoszcz", "ul. Jezuicka 1, 85-102 Bydgoszcz", OTHER)
DAY = date(2026, 12, 7)


ADDRESS = "ul. Długa 3, 85-034 Bydgoszcz"


def transfer(key="a", name="Jan Żak", account=GOOD, **told):
    said = {"amount": "1234.56", "title": "Stypendium 2026", "address": ADDRESS, **told}
    amount = Decimal(said.pop("amount"))
    return Transfer(key, f"Wniosek {key}", name, account=account, amount=amount, **said)


def checked(*transfers):
    return payments.check(transfers, granted=sum(one.amount for one in transfers))


def faults(*transfers, granted=None):
    total = sum(one.amount for one in transfers) if granted is None else Decimal(granted)
    with pytest.raises(PaymentsFaulty) as found:
        payments.check(transfers, granted=total)
    return {one.field: one.detail for one in found.value.errors}


@pytest.mark.parametrize(
    ("changed", "place", "sentence"),
    [
        ({"account": GOOD[:-1] + "5"}, "account", "Wniosek a: numer rachunku jest błędny."),
        ({"account": "DE89370400440532013000"}, "account", "Ma 26 cyfr"),
        ({"account": " "}, "account", "Wniosek a: brak numeru rachunku."),
        ({"name": ""}, "name", "Wniosek a: brak nazwy odbiorcy."),
        ({"title": " "}, "title", "Wniosek a: brak tytułu przelewu."),
        ({"name": "Ż" * 301}, "name", "nazwa odbiorcy ma więcej niż 300 znaków."),
        ({"address": "Ż" * 301}, "address", "adres odbiorcy ma więcej niż 300 znaków."),
        ({"title": "Ż" * 301}, "title", "tytuł przelewu ma więcej niż 300 znaków."),
        ({"amount": "0.00"}, "amount", "większa od zera"),
        ({"amount": "1.005"}, "amount", "w pełnych groszach"),
    ],
)
def test_a_line_that_cannot_be_paid_is_refused_with_its_matter(changed, place, sentence):
    assert sentence in faults(transfer(**changed))[f"transfers.0.{place}"]


def test_the_list_is_exactly_what_was_granted():
    assert faults(transfer(), granted="1234.57")[""] == (
        "Wypłaty razem to 1\xa0234,56\xa0zł, a przyznano 1\xa0234,57\xa0zł. Sprawdź kwoty."
    )
    assert faults(granted="0")[""] == "Na liście nie ma ani jednej wypłaty."


def test_an_account_is_kept_as_its_digits_however_it_was_written():
    found = checked(transfer(account="PL61 1090 1014 0000 0712 1981 2874"))

    assert found.transfers[0].account == GOOD
    assert found.total == Decimal("1234.56")


def test_equal_names_and_equal_accounts_are_remarked_and_not_refused():
    found = checked(
        transfer("a", "Jan Żak"),
        transfer("b", "JAN  ŻAK"),
        transfer("c", "Ewa Lis"),
        transfer("d", "Ewa Lis", OTHER),
    )

    assert [(one.keys, one.sentence) for one in found.remarks] == [
        (("a", "b", "c"), "Jeden rachunek mają różni odbiorcy: Jan Żak, JAN  ŻAK, Ewa Lis."),
        (("a", "b"), "Jan Żak jest na liście 2 razy, na ten sam rachunek."),
        (("c", "d"), "Ewa Lis ma na liście różne rachunki."),
    ]


def test_the_sheet_has_every_transfer_its_remarks_and_the_sum():
    found = checked(transfer("a"), transfer("b", "Ewa Lis", amount="0.44"))
    sheet = load_workbook(io.BytesIO(payments.write_list(found))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert rows[1][:6] == [
        1,
        "Wniosek a",
        "Jan Żak",
        "ul. Długa 3, 85-034 Bydgoszcz",
        "61 1090 1014 0000 0712 1981 2874",
        1234.56,
    ]
    assert rows[2][7] == "Jeden rachunek mają różni odbiorcy: Jan Żak, Ewa Lis."
    assert (rows[3][2], rows[3][5]) == ("Razem", 1235)


def test_the_bank_gets_a_line_for_each_transfer_in_its_letters():
    written = payments.write_elixir(checked(transfer()), payer=PAYER, day=DAY)

    assert written == (
        '110,20261207,123456,11402004,0,"27114020040000300201355387","61109010140000071219812874",'
        '"Miasto Bydgoszcz|ul. Jezuicka 1, 85-102 Bydgoszcz",'
        '"Jan Żak|ul. Długa 3, 85-034 Bydgoszcz",'
        '0,10901014,"Stypendium 2026","","","51",""\r\n'
    ).encode("cp1250")


def test_what_a_bank_refuses_in_texts_becomes_a_blank_and_no_text_ends_its_field():
    name = 'Fundacja "A|B"; C & D'
    written = payments.write_elixir(checked(transfer(name=name)), payer=PAYER, day=DAY)

    assert '"Fundacja A B C D|ul. Długa 3, 85-034 Bydgoszcz"' in written.decode("cp1250")
    assert len(written.decode("cp1250").splitlines()) == 1


def test_a_title_is_broken_into_lines_and_never_cut_short():
    title = "Stypendium za wyniki w nauce w roku szkolnym 2025/2026, II semestr"
    line = payments.write_elixir(checked(transfer(title=title)), payer=PAYER, day=DAY).decode(
        "cp1250"
    )
    assert '"Stypendium za wyniki w nauce w roku|szkolnym 2025/2026, II semestr"' in line

    with pytest.raises(PaymentsFaulty) as found:
        payments.write_elixir(checked(transfer(title="długi tytuł " * 15)), payer=PAYER, day=DAY)
    assert found.value.errors[0].field == "transfers.0.title"


def test_nothing_is_paid_from_a_wrong_account_and_a_bank_may_want_another_encoding():
    wrong = Payer("Miasto", "", OTHER[:-1] + "0")
    with pytest.raises(PaymentsFaulty) as found:
        payments.write_elixir(checked(transfer()), payer=wrong, day=DAY)
    assert found.value.errors[0].detail.startswith("Numer rachunku, z którego się płaci")

    layout = Layout(encoding="utf-8", line_end="\n", kind="")
    written = payments.write_elixir(checked(transfer()), payer=PAYER, day=DAY, layout=layout)
    assert written.endswith(b'"Stypendium 2026","","","",""\n')
