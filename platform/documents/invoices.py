"""Structured invoices, FA(3): what one says, once it is held against the schema and its checksums.

Read in the child process (`documents.bounded`), so besides its own refusals it raises
`DocumentTooDemanding`, `DocumentBroken` and `DocumentsBusy`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from documents import bounded
from documents.errors import InvoiceUnreadable
from opium import identifiers
from opium.polish import format_size

LARGEST = 3_000_000
"""Bytes: as much as KSeF takes with attachments."""
_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Party:
    nip: str
    inner: str
    """The internal identifier of a unit (IDWew), which begins with the NIP of its commune."""
    name: str
    role: str
    """Of a recipient: 8 is the unit for which a commune buys."""


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    name: str
    quantity: str
    unit: str
    net: str
    gross: str
    rate: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """Sums in the invoice's currency."""

    number: str
    kind: str
    """`VAT`, `KOR` (a correction), `ZAL`, …: with seller and number it tells an invoice apart."""
    issued_on: date
    currency: str
    net: Decimal
    gross: Decimal
    seller: Party
    buyer: Party
    recipients: tuple[Party, ...]
    rows: tuple[InvoiceRow, ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The invoice that `told` says, as `plain` has written it."""
        return cls(
            number=told["number"],
            kind=told["kind"],
            issued_on=date.fromisoformat(told["issued_on"]),
            currency=told["currency"],
            net=Decimal(told["net"]),
            gross=Decimal(told["gross"]),
            seller=Party(**told["seller"]),
            buyer=Party(**told["buyer"]),
            recipients=tuple(Party(**one) for one in told["recipients"]),
            rows=tuple(InvoiceRow(**one) for one in told["rows"]),
        )

    @property
    def plain(self) -> dict[str, Any]:
        """As plain JSON, to be kept by a reading."""
        sums = {"net": str(self.net), "gross": str(self.gross)}
        return asdict(self) | sums | {"issued_on": self.issued_on.isoformat()}

    @property
    def nips(self) -> frozenset[str]:
        """Whose it is: the buyer's numbers and those of everybody for whom it was bought."""
        found = (self.buyer.nip, *(one.nip for one in self.recipients))
        return frozenset(one for one in found if one)


def read_invoice(content: bytes) -> Invoice:
    """The invoice of an FA(3) file. Raises `InvoiceUnreadable` with the reason.

    The seller's number is held against its check digit; that the buyer is the right one is the
    business of whoever asks.
    """
    if len(content) > LARGEST:
        limit = format_size(LARGEST)
        raise InvoiceUnreadable(reason=f"jest większy niż {limit}.")
    told, _ = bounded.ask("invoice", {}, {"xml": content}, seconds=_SECONDS)
    invoice = Invoice.of(told["invoice"])
    if not identifiers.is_nip(invoice.seller.nip):
        raise InvoiceUnreadable(reason=f"ma błędny NIP sprzedawcy ({invoice.seller.nip}).")
    return invoice
