"""What the office does with an invoice: accepts it, or gives it back with a reason."""

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from invoices.deeds import Deed
from invoices.errors import InvoiceSettled, SettlementClosed
from invoices.models import COUNTED, Invoice, State
from invoices.permissions import Permission
from invoices.registry import Matter, Side, Standing
from invoices.selectors import standing_in
from invoices.services.booking import rebook
from notifications.registry import Kind
from notifications.services import News, notify
from opium.permissions import Actor, MissingPermission, require

KIND_OF_NEWS = Kind(
    "invoices.invoice_returned",
    "Faktura zwrócona z rozliczenia",
    "Urząd nie przyjął faktury, którą wpisano do rozliczenia, i podał powód.",
)


@transaction.atomic
def accept_invoice(*, actor: Actor, invoice: Invoice) -> Invoice:
    """Settle what it accounts for.

    Raises `NotFound`, `MissingPermission`, `SettlementClosed`, `InvoiceSettled`,
    `CorrectionBeyond` for a correction whose invoice is not accepted, and the refusals of the
    budget.
    """
    require(actor, Permission.KEEP_INVOICES)
    invoice, matter, standing = _to_decide(actor, invoice, (State.WAITING,))
    _decide(actor, invoice, State.ACCEPTED)
    rebook(invoice, matter, by=actor)
    audit.record(
        actor=actor,
        deed=Deed.ACCEPT_INVOICE,
        right=standing.right,
        target=invoice,
        before={"state": "waiting"},
        after={"number": invoice.number, "gross": str(invoice.gross)},
    )
    return invoice


@transaction.atomic
def return_invoice(*, actor: Actor, invoice: Invoice, reason: str) -> Invoice:
    """Give it back, also one that was accepted: it counts no more, and can be entered anew.

    Whoever entered it is told. Raises `NotFound`, `MissingPermission`, `SettlementClosed`,
    `InvoiceSettled`, `CorrectionBeyond` while it has corrections.
    """
    require(actor, Permission.KEEP_INVOICES)
    invoice, matter, standing = _to_decide(actor, invoice, COUNTED)
    before = str(invoice.state)
    _decide(actor, invoice, State.RETURNED, reason.strip())
    rebook(invoice, matter, by=actor)
    _tell(invoice, matter)
    audit.record(
        actor=actor,
        deed=Deed.RETURN_INVOICE,
        right=standing.right,
        target=invoice,
        before={"state": before},
        after={"number": invoice.number, "reason": invoice.reason},
    )
    return invoice


def _to_decide(
    actor: Actor, invoice: Invoice, states: tuple[State, ...]
) -> tuple[Invoice, Matter, Standing]:
    """The invoice and its matter, both held, for the office's side alone."""
    subject, standing = standing_in(actor, invoice.owner_kind, invoice.owner_id)
    if standing.side is not Side.OFFICE or not standing.may_write:
        raise MissingPermission(standing.right)
    subject.hold(invoice.owner_id)
    matter = subject.matter(invoice.owner_id)
    if matter.closed:
        raise SettlementClosed(reason=matter.closed)
    held = Invoice.objects.select_for_update().get(pk=invoice.pk)
    if held.state not in states:
        raise InvoiceSettled(number=held.number, state=held.get_state_display())
    return held, matter, standing


def _decide(actor: Actor, invoice: Invoice, state: State, reason: str = "") -> None:
    invoice.state, invoice.reason = state, reason
    invoice.decided_by_id, invoice.decided_at = actor.pk, timezone.now()
    invoice.save(update_fields=["state", "reason", "decided_by", "decided_at", "updated_at"])


def _tell(invoice: Invoice, matter: Matter) -> None:
    person = invoice.entered_by
    if person is None:
        return
    title = f"{matter.title}: faktura {invoice.number} zwrócona"[:400]
    notify(
        [
            News(
                person=person,
                kind=KIND_OF_NEWS.key,
                subject_id=invoice.pk,
                title=title,
                url=matter.url,
                letter_subject=title,
                letter_body=f"{title}\n\nPowód: {invoice.reason}\n\nRozliczenie w systemie:",
            )
        ]
    )
