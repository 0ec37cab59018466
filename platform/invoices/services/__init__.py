"""The verbs of invoices."""

from invoices.services.deciding import KIND_OF_NEWS, accept_invoice, return_invoice
from invoices.services.downloading import download_invoice
from invoices.services.entering import InvoiceContent, enter_invoice, withdraw_invoice
from invoices.services.ksef import PURPOSE, READING, proposal_of

__all__ = [
    "KIND_OF_NEWS",
    "PURPOSE",
    "READING",
    "InvoiceContent",
    "accept_invoice",
    "download_invoice",
    "enter_invoice",
    "proposal_of",
    "return_invoice",
    "withdraw_invoice",
]
