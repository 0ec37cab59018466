"""Taking an invoice's file out; each time is on record."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from invoices.deeds import Deed
from invoices.selectors import invoice_visible_to
from opium.errors import NotFound
from opium.permissions import Actor

if TYPE_CHECKING:
    from files.models import File


@transaction.atomic
def download_invoice(*, actor: Actor, invoice_id: UUID) -> "File":
    """The file of an invoice that the actor sees. Raises `NotFound`, also where it has none."""
    invoice, standing = invoice_visible_to(actor, invoice_id)
    if invoice.file is None:
        raise NotFound
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_INVOICE,
        right=standing.right,
        target=invoice,
        after={"file": invoice.file.name, "sha256": invoice.file.sha256},
    )
    return invoice.file
