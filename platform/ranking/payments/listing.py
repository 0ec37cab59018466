"""The payment list as an xlsx that a person reads, signs and keeps."""

from collections.abc import Iterator

from ranking.payments.transfers import PaymentList
from spreadsheets import writing
from spreadsheets.writing import Cell, Column, Kind

COLUMNS = (
    Column("Lp.", Kind.INTEGER, 6),
    Column("Sprawa", width=30),
    Column("Odbiorca", width=34),
    Column("Adres", width=34),
    Column("Numer rachunku", width=34),
    Column("Kwota", Kind.MONEY, 16),
    Column("Tytuł przelewu", width=44),
    Column("Uwagi", width=44),
)


def write_list(payments: PaymentList) -> bytes:
    """Every transfer in its order, accounts in groups of four digits, the sum in the last row."""
    return writing.write_table(COLUMNS, _rows(payments), name="Lista wypłat")


def _rows(payments: PaymentList) -> Iterator[tuple[Cell, ...]]:
    remarks: dict[str, list[str]] = {}
    for remark in payments.remarks:
        for key in remark.keys:
            remarks.setdefault(key, []).append(remark.sentence)
    for number, one in enumerate(payments.transfers, start=1):
        account = grouped(one.account)
        told = " ".join(remarks.get(one.key, ()))
        yield number, one.whose, one.name, one.address, account, one.amount, one.title, told
    yield None, "", "Razem", "", "", payments.total, "", ""


def grouped(account: str) -> str:
    """As it is printed: two digits and six groups of four."""
    return " ".join([account[:2], *(account[at : at + 4] for at in range(2, 26, 4))])
