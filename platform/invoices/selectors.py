"""The settlement of a matter as one person sees it; who sees a matter its module is asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from budget.selectors import held_together
from invoices import registry
from invoices.models import COUNTED, Invoice, InvoiceShare, State
from invoices.permissions import Permission
from invoices.registry import Line, Matter, Side, Standing
from opium.errors import NotFound
from opium.models import prefetched
from opium.permissions import Actor, require

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LineShown:
    key: str
    name: str
    planned: Decimal
    invoiced: Decimal
    settled: Decimal

    @property
    def left(self) -> Decimal:
        return self.planned - self.invoiced


@dataclass(frozen=True, slots=True)
class InvoiceShown:
    invoice: Invoice
    can: list[str]

    @property
    def corrects(self) -> str:
        """The number of the invoice that it corrects; "" for none."""
        return self.invoice.corrects.number if self.invoice.corrects else ""


@dataclass(frozen=True, slots=True)
class SettlementShown:
    """The money of a matter, its budget and its invoices; sums from the ledger."""

    side: Side
    closed: str
    lines: list[LineShown]
    granted: Decimal
    invoiced: Decimal
    settled: Decimal
    returned: Decimal
    invoices: list[InvoiceShown]
    can: list[str]

    @property
    def left(self) -> Decimal:
        """What is still to be settled or returned."""
        return self.granted - self.settled - self.returned


def settlement_of(actor: Actor, kind: str, subject_id: UUID) -> SettlementShown:
    """Raises `NotFound` for whoever sees no such matter; a number of queries that stays."""
    subject, standing = standing_in(actor, kind, subject_id)
    matter = subject.matter(subject_id)
    figures = held_together(kind, subject_id)
    writes = standing.may_write and not matter.closed
    found = prefetched(
        invoices_of(kind, subject_id)
        .select_related("file", "corrects", "entered_by", "decided_by")
        .order_by("-created_at", "-pk"),
        "shares",
        InvoiceShare.objects.order_by("line_name", "pk"),
        to="in_order",
    )
    return SettlementShown(
        side=standing.side,
        closed=matter.closed,
        lines=_lines(kind, subject_id, matter),
        granted=figures.granted,
        invoiced=figures.invoiced,
        settled=figures.settled,
        returned=figures.returned,
        invoices=[InvoiceShown(one, _verbs(one, standing.side) if writes else []) for one in found],
        can=["enter"] if writes and standing.side is Side.OUTSIDE and matter.lines else [],
    )


def _verbs(invoice: Invoice, side: Side) -> list[str]:
    if side is Side.OUTSIDE:
        return ["withdraw"] if invoice.state == State.WAITING else []
    verbs = {State.WAITING: ["accept", "return"], State.ACCEPTED: ["return"]}
    return verbs.get(State(invoice.state), [])


def _lines(kind: str, subject_id: UUID, matter: Matter) -> list[LineShown]:
    """Those of the budget, then those that invoices name and the budget has no more."""
    named, spent, settled = spent_by_line(kind, subject_id)
    gone = [Line(key, name, NOTHING) for key, name in named.items()]
    known = {line.key for line in matter.lines}
    return [
        LineShown(
            line.key,
            line.name,
            line.planned,
            spent.get(line.key, NOTHING),
            settled.get(line.key, NOTHING),
        )
        for line in [*matter.lines, *(one for one in gone if one.key not in known)]
    ]


def is_waiting(kind: str, subject_id: UUID) -> bool:
    """Whether the office has to decide on an invoice of the matter; the caller has asked."""
    found = Invoice.objects.filter(owner_kind=kind, owner_id=subject_id, state=State.WAITING)
    return found.exists()


def spent_by_line(
    kind: str, subject_id: UUID
) -> tuple[dict[str, str], Mapping[str, Decimal], Mapping[str, Decimal]]:
    """Line -> its name, what is invoiced there, what of it is settled; one query."""
    names: dict[str, str] = {}
    spent: dict[str, Decimal] = defaultdict(Decimal)
    settled: dict[str, Decimal] = defaultdict(Decimal)
    shares = InvoiceShare.objects.filter(
        invoice__owner_kind=kind, invoice__owner_id=subject_id, invoice__state__in=COUNTED
    )
    accepted = Sum("amount", filter=Q(invoice__state=State.ACCEPTED), default=NOTHING)
    rows = shares.values("line", "line_name").annotate(total=Sum("amount"), accepted=accepted)
    for row in rows.order_by("line_name"):
        names[row["line"]] = row["line_name"]
        spent[row["line"]] += row["total"]
        settled[row["line"]] += row["accepted"]
    return names, spent, settled


def invoices_of(kind: str, subject_id: UUID) -> QuerySet[Invoice]:
    """Every invoice of the matter, those that count no more too; the caller has asked."""
    return Invoice.objects.filter(owner_kind=kind, owner_id=subject_id)


def standing_in(actor: Actor, kind: str, subject_id: UUID) -> tuple[registry.Subject, Standing]:
    """Where the actor stands in the matter. Raises `NotFound` for whoever sees none of it."""
    require(actor, Permission.KEEP_INVOICES)
    subject = registry.subject_named(kind)
    standing = subject.standing(actor, subject_id)
    if standing is None:
        raise NotFound
    return subject, standing


def invoice_visible_to(actor: Actor, invoice_id: UUID) -> tuple[Invoice, Standing]:
    """An invoice of a matter that the actor sees, and where they stand. Raises `NotFound`."""
    found = Invoice.objects.select_related("file", "corrects").filter(pk=invoice_id).first()
    if found is None:
        require(actor, Permission.KEEP_INVOICES)
        raise NotFound
    _, standing = standing_in(actor, found.owner_kind, found.owner_id)
    return found, standing
