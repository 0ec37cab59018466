"""Reads a structured invoice, FA(3): held against the Ministry's schema, without any network.

What is no FA(3) is refused with a sentence. Nothing that the file names is fetched or expanded: a
document with a DTD, where entities would be declared, is refused before it is parsed.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from documents.errors import InvoiceUnreadable

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
SCHEMA = Path(__file__).resolve().parent / "fa3" / "schemat.xsd"
FAULTS_TOLD = 3
NETS = ("1", "2", "3", "4", "5", "6_1", "6_2", "6_3", "7", "8", "9", "10", "11")
"""The fields P_13_… with the net sums by rate."""
_FIELD = re.compile(r"Element '(?:\{[^}]*\})?(\w+)'")
BUYER, RECIPIENT = "Podmiot2", "Podmiot3"


def invoice_of(content: bytes) -> dict[str, Any]:
    """What the invoice says, as plain JSON; sums as texts. Raises `InvoiceUnreadable`."""
    root = _parsed(content)
    _validate(root)
    invoice = _child(root, "Fa")
    return {
        "number": _text(invoice, "P_2"),
        "kind": _text(invoice, "RodzajFaktury"),
        "issued_on": _text(invoice, "P_1"),
        "currency": _text(invoice, "KodWaluty"),
        "gross": _text(invoice, "P_15"),
        "net": str(sum((Decimal(one) for one in _nets(invoice)), Decimal("0.00"))),
        "seller": _party(_child(root, "Podmiot1")),
        "buyer": _party(_child(root, BUYER)),
        "recipients": [_party(one) for one in root.findall(f"{{{NAMESPACE}}}{RECIPIENT}")],
        "rows": [_row(one) for one in invoice.findall(f"{{{NAMESPACE}}}FaWiersz")],
    }


def _parsed(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvoiceUnreadable(reason="nie jest zapisany w UTF-8.") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InvoiceUnreadable(reason="ma deklarację DTD albo encje, których w fakturze nie ma.")
    # The schema passes over comments and instructions within a field; `text` would end at them.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        told = f"nie jest poprawnym XML (wiersz {error.lineno})."
        raise InvoiceUnreadable(reason=told) from error
    if root.tag != f"{{{NAMESPACE}}}Faktura":
        raise InvoiceUnreadable(reason="nie jest fakturą FA(3).")
    return root


def _validate(root: Any) -> None:
    schema = _schema()
    if not schema.validate(root):
        places = dict.fromkeys(_place(one.message, one.line) for one in schema.error_log)
        told = ", ".join(list(places)[:FAULTS_TOLD])
        raise InvoiceUnreadable(reason=f"nie zgadza się ze wzorem FA(3) tutaj: {told}.")


def _place(message: str, line: int) -> str:
    """The field that the schema names in its English sentence, and the line."""
    found = _FIELD.search(message)
    return f"pole {found.group(1)} w wierszu {line}" if found else f"wiersz {line}"


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA), etree.XMLParser(no_network=True)))


def _nets(invoice: Any) -> Iterator[str]:
    for one in NETS:
        if found := _text(invoice, f"P_13_{one}"):
            yield found


def _party(party: Any) -> dict[str, str]:
    told = _child(party, "DaneIdentyfikacyjne")
    inner = _text(told, "IDWew")
    return {
        "nip": _text(told, "NIP") or inner.partition("-")[0],
        "inner": inner,
        "name": _text(told, "Nazwa"),
        "role": _text(party, "Rola"),
    }


def _row(row: Any) -> dict[str, str]:
    names = {"name": "P_7", "quantity": "P_8B", "unit": "P_8A", "net": "P_11", "gross": "P_11A"}
    return {name: _text(row, field) for name, field in names.items()} | {"rate": _text(row, "P_12")}


def _child(element: Any, name: str) -> Any:
    return element.find(f"{{{NAMESPACE}}}{name}")


def _text(element: Any, name: str) -> str:
    found = _child(element, name)
    return "" if found is None or found.text is None else str(found.text).strip()
