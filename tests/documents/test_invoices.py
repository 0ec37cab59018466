"""A structured invoice is read as it is, and what is none is refused with the reason."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from documents.errors import DocumentTooDemanding, InvoiceUnreadable
from documents.invoices import LARGEST, Invoice, read_invoice
from tests.factories.invoices import CITY, SCHOOL, SELLER, fa3

EXAMPLE = Path(__file__).resolve().parents[3] / "shared/data/ksef_fa3_school_example.xml"


def refused(content):
    with pytest.raises(InvoiceUnreadable) as refusal:
        read_invoice(content)
    return str(refusal.value)


def test_an_invoice_says_who_sold_what_to_whom_for_how_much():
    found = read_invoice(fa3(school=SCHOOL))

    assert (found.number, found.kind, found.issued_on) == (
        "FV/2026/11/001",
        "VAT",
        date(2026, 11, 15),
    )
    assert (found.net, found.gross, found.currency) == (Decimal("100.00"), Decimal("123.00"), "PLN")
    assert (found.seller.nip, found.seller.name) == (SELLER, "WYKONAWCA SP. Z O.O.")
    assert found.nips == {CITY, SCHOOL}
    assert [(one.name, one.net) for one in found.rows] == [("Naprawa instrumentów", "100.00")]
    assert Invoice.of(found.plain) == found


def test_a_unit_named_by_its_inner_identifier_is_known_by_the_number_of_its_commune():
    found = read_invoice(fa3(inner=f"{CITY}-10001"))

    assert [(one.nip, one.inner, one.role) for one in found.recipients] == [
        (CITY, f"{CITY}-10001", "8")
    ]


@pytest.mark.parametrize("within", ["<!-- -->", "<?x y?>"])
def test_a_comment_within_a_field_changes_no_sum_and_no_name(within):
    found = read_invoice(
        fa3(
            gross=f"1{within}23.00",
            net=f"{within}100.00",
            number=f"FV/{within}1",
            name=f"Na{within}prawa",
        )
    )

    assert (found.gross, found.net, found.number) == (Decimal("123.00"), Decimal("100.00"), "FV/1")
    assert [(one.name, one.net) for one in found.rows] == [("Naprawa", "100.00")]


def test_the_example_of_a_school_is_read():
    if not EXAMPLE.exists():
        pytest.skip("the example lies beside the project only where it is worked on")
    found = read_invoice(EXAMPLE.read_bytes())
    assert (found.number, found.gross) == ("FV/2026/07/001", Decimal("123.00"))


SECRET = '<!DOCTYPE Faktura [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE Faktura [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        fa3(prolog=SECRET, name="&x;"),
        fa3(prolog=LAUGHS, name="&b;"),
        fa3(prolog='<!DOCTYPE Faktura SYSTEM "http://zly.example/fa.dtd">'),
    ],
)
def test_a_file_with_a_dtd_or_entities_is_refused_and_nothing_of_it_is_told(content):
    told = refused(content)

    assert "deklarację DTD albo encje" in told
    assert "root:" not in told


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"to nie XML", "nie jest poprawnym XML"),
        (b"", "nie jest poprawnym XML"),
        (fa3().decode().encode("utf-16"), "nie jest zapisany w UTF-8"),
        (fa3()[:-40], "nie jest poprawnym XML"),
        (b"<html></html>", "nie jest fakturą FA(3)"),
        (fa3(namespace="http://crd.gov.pl/wzor/2023/06/29/12648/"), "nie jest fakturą FA(3)"),
        (fa3(gross="sto"), "nie zgadza się ze wzorem FA(3) tutaj: pole P_15 w wierszu 13."),
        (fa3(kind="PROFORMA"), "pole RodzajFaktury w wierszu 17"),
        (fa3(seller="5260250275"), "błędny NIP sprzedawcy (5260250275)"),
        (b" " * (LARGEST + 1), "jest większy niż"),
    ],
)
def test_what_is_no_right_invoice_is_refused_with_the_reason(content, reason):
    assert reason in refused(content)


def test_a_file_that_would_take_too_long_ends_with_its_child():
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    with pytest.raises((InvoiceUnreadable, DocumentTooDemanding)):
        read_invoice(deep)
