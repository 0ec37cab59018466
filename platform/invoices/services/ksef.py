"""An invoice out of the file that KSeF gives: read in the background, never in a request."""

from typing import Any
from uuid import UUID

from documents.invoices import Invoice, read_invoice
from files.registry import Purpose, Source
from files.selectors import outcome_of, uploads_of
from invoices.errors import ForeignCurrency
from invoices.permissions import Permission
from opium.errors import NotFound
from opium.permissions import Actor, require

PURPOSE = "invoices.invoice"
ZLOTY = "PLN"


def _read(source: Source) -> dict[str, Any]:
    """What the invoice says. Raises `InvoiceUnreadable`, `ForeignCurrency`."""
    found = read_invoice(source.path.read_bytes())
    if found.currency != ZLOTY:
        raise ForeignCurrency(currency=found.currency)
    return found.plain


def _ask(actor: Actor, _about: str) -> None:
    require(actor, Permission.KEEP_INVOICES)


READING = Purpose(_read, _ask)


def proposal_of(actor: Actor, file_id: UUID) -> Invoice:
    """What was read of the actor's own upload.

    Raises `NotFound` (also for another's), `FileNotRead` until it is, and `ReadingRefused`.
    """
    require(actor, Permission.KEEP_INVOICES)
    if not uploads_of(actor).filter(pk=file_id).exists():
        raise NotFound
    return Invoice.of(outcome_of(actor, file_id, purpose=PURPOSE))
