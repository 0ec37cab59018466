"""What the ledger says of an invoice: what counts now of it and its corrections, and no more."""

from decimal import Decimal

from django.db.models import Q, Sum

from budget import services as budget
from budget.selectors import held_by, pots_of_ids
from budget.services import Share
from invoices.errors import AwardExceeded, CorrectionBeyond
from invoices.models import COUNTED, Invoice, InvoiceShare, State
from invoices.registry import Matter
from opium.permissions import SYSTEM, Actor
from opium.polish import format_money

NOTHING = Decimal("0.00")


def rebook(invoice: Invoice, matter: Matter, *, by: Actor) -> None:
    """Let the ledger follow the invoice, or the one that it corrects; the matter is held.

    Raises `AwardExceeded`, `CorrectionBeyond`, and the budget's refusals.
    """
    root = Invoice.objects.select_for_update().get(pk=invoice.corrects_id or invoice.pk)
    shares = InvoiceShare.objects.filter(Q(invoice=root) | Q(invoice__corrects=root))
    sums = shares.aggregate(
        invoiced=Sum("amount", filter=Q(invoice__state__in=COUNTED), default=NOTHING),
        settled=Sum("amount", filter=Q(invoice__state=State.ACCEPTED), default=NOTHING),
    )
    if min(sums.values()) < 0:
        raise CorrectionBeyond(number=root.number)
    root.booked_times += 1
    for name in ("settled", "invoiced"):  # taken back in this order, and booked in the other
        if sums[name] != getattr(root, name):
            budget.take_back(
                actor=SYSTEM,
                subject=matter.owner,
                keys_from=f"invoice/{root.pk}/{name}/",
                key=f"invoice-back/{root.pk}/{name}/{root.booked_times}",
                reason=f"Faktura {root.number}",
                made_by=by,
            )
    for name, verb in (("invoiced", budget.invoice), ("settled", budget.settle)):
        if sums[name] != getattr(root, name) and sums[name]:
            verb(
                actor=SYSTEM,
                subject=matter.owner,
                shares=_spread(matter, sums[name], name),
                key=f"invoice/{root.pk}/{name}/{root.booked_times}",
                reason=f"Faktura {root.number}",
                made_by=by,
            )
        setattr(root, name, sums[name])
    root.save(update_fields=["invoiced", "settled", "booked_times", "updated_at"])


def _spread(matter: Matter, amount: Decimal, name: str) -> list[Share]:
    """Out of the matter's pots one after another, each as far as it goes."""
    held = held_by(matter.owner.kind, matter.owner.id)
    room = {pk: one.granted - one.returned - getattr(one, name) for pk, one in held.items()}
    found, rest = [], amount
    for pot in pots_of_ids([pk for pk, left in room.items() if left > 0]):
        part = min(room[pot.pk], rest)
        if part:
            found.append(Share(pot, part))
            rest -= part
    if rest:
        left = sum((one for one in room.values() if one > 0), NOTHING)
        raise AwardExceeded(left=format_money(left), amount=format_money(amount))
    return found
