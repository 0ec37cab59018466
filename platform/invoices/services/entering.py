"""What whoever spends the money does: enters an invoice, takes it back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files.services import claim
from invoices.deeds import Deed
from invoices.errors import (
    CorrectsAnother,
    ForeignBuyer,
    InvoiceFieldsMissing,
    InvoiceKnown,
    InvoiceSettled,
    LineExceeded,
    LineUnknown,
    NipWrong,
    NoShares,
    NotACorrection,
    SettlementClosed,
    SharesBeyondInvoice,
    WrongSign,
)
from invoices.models import CORRECTIONS, COUNTED, Invoice, InvoiceShare, Source, State
from invoices.permissions import Permission
from invoices.registry import Matter, Side, Standing
from invoices.selectors import spent_by_line, standing_in
from invoices.services.booking import rebook
from invoices.services.ksef import proposal_of
from opium import identifiers
from opium.constraints import refusing
from opium.permissions import Actor, MissingPermission, require
from opium.polish import format_money

if TYPE_CHECKING:
    from files.models import File

NOTHING = Decimal("0.00")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class InvoiceContent:
    """What an invoice says, as somebody types it off. Sums in złote, to the grosz."""

    number: str = ""
    seller_nip: str = ""
    seller_name: str = ""
    kind: str = "VAT"
    issued_on: date | None = None
    gross: Decimal | None = None
    buyer_nip: str = ""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What counts of it: typed off, or read from the file."""

    number: str
    seller_nip: str
    seller_name: str
    kind: str
    issued_on: date
    gross: Decimal
    buyer_nip: str
    nips: frozenset[str]
    source: Source


@transaction.atomic
def enter_invoice(
    *,
    actor: Actor,
    kind: str,
    subject_id: UUID,
    shares: Mapping[str, Decimal],
    content: InvoiceContent | None = None,
    file_id: UUID | None = None,
    corrects_id: UUID | None = None,
) -> Invoice:
    """Enter an invoice into the matter's settlement; it waits for the office, and is invoiced.

    `shares` says what of it falls to which line. With a file, read before (`ksef`), everything
    else is as the file says. Of two who enter the same one at once one is refused. Raises
    `NotFound`, `MissingPermission`, `SettlementClosed`, `InvoiceFieldsMissing`, `NipWrong`,
    `ForeignBuyer`, `InvoiceKnown`, `NotACorrection`, `CorrectsAnother`, `WrongSign`, `NoShares`,
    `LineUnknown`, `SharesBeyondInvoice`, `LineExceeded`, the refusals of `proposal_of` and of
    `booking.rebook`.
    """
    require(actor, Permission.KEEP_INVOICES)
    matter, standing = _open_matter(actor, kind, subject_id)
    facts = _read(actor, file_id) if file_id is not None else _typed(content or InvoiceContent())
    wanted = {line: amount for line, amount in shares.items() if amount}
    corrected = _corrected(facts, kind, subject_id, corrects_id)
    names = _check_shares(facts, matter, wanted)
    _check_lines(kind, subject_id, matter, wanted)
    doubt = _doubt(facts, matter)
    [file] = claim(actor=actor, files=[file_id]) if file_id is not None else [None]
    with refusing(
        one_invoice_per_seller_kind_and_number=InvoiceKnown(number=facts.number),
    ):
        invoice = _written(actor, matter, facts, doubt=doubt, file=file, corrected=corrected)
    InvoiceShare.objects.bulk_create(
        InvoiceShare(invoice=invoice, line=line, line_name=names[line], amount=amount)
        for line, amount in wanted.items()
    )
    rebook(invoice, matter, by=actor)
    audit.record(
        actor=actor,
        deed=Deed.ENTER_INVOICE,
        right=standing.right,
        target=invoice,
        after={
            "number": invoice.number,
            "gross": str(invoice.gross),
            "shares": [f"{names[line]}: {amount}" for line, amount in wanted.items()],
            "source": str(invoice.source),
        },
    )
    return invoice


@transaction.atomic
def withdraw_invoice(*, actor: Actor, invoice: Invoice) -> Invoice:
    """Take one back that the office has not decided on; it can be entered anew.

    Raises `NotFound`, `MissingPermission`, `SettlementClosed`, `InvoiceSettled`,
    `CorrectionBeyond` while it has corrections.
    """
    require(actor, Permission.KEEP_INVOICES)
    matter, standing = _open_matter(actor, invoice.owner_kind, invoice.owner_id)
    invoice = Invoice.objects.select_for_update().get(pk=invoice.pk)
    if invoice.state != State.WAITING:
        raise InvoiceSettled(number=invoice.number, state=invoice.get_state_display())
    invoice.state = State.WITHDRAWN
    invoice.save(update_fields=["state", "updated_at"])
    rebook(invoice, matter, by=actor)
    audit.record(
        actor=actor,
        deed=Deed.WITHDRAW_INVOICE,
        right=standing.right,
        target=invoice,
        before={"state": "waiting"},
        after={"number": invoice.number},
    )
    return invoice


def _open_matter(actor: Actor, kind: str, subject_id: UUID) -> tuple[Matter, Standing]:
    """The matter, held, for whoever spends its money."""
    subject, standing = standing_in(actor, kind, subject_id)
    if standing.side is not Side.OUTSIDE or not standing.may_write:
        raise MissingPermission(standing.right)
    subject.hold(subject_id)
    matter = subject.matter(subject_id)
    if matter.closed:
        raise SettlementClosed(reason=matter.closed)
    return matter, standing


def _read(actor: Actor, file_id: UUID) -> _Facts:
    found = proposal_of(actor, file_id)
    return _Facts(
        number=found.number,
        seller_nip=found.seller.nip,
        seller_name=found.seller.name,
        kind=found.kind,
        issued_on=found.issued_on,
        gross=found.gross,
        buyer_nip=found.buyer.nip,
        nips=found.nips,
        source=Source.FA3,
    )


def _typed(content: InvoiceContent) -> _Facts:
    """Raises `InvoiceFieldsMissing`, `NipWrong`."""
    seller, buyer = map(identifiers.compact, (content.seller_nip, content.buyer_nip))
    given = {
        "numer": content.number.strip(),
        "NIP sprzedawcy": seller,
        "nazwę sprzedawcy": content.seller_name.strip(),
        "datę wystawienia": content.issued_on,
        "kwotę brutto": content.gross,
        "NIP nabywcy": buyer,
    }
    missing = [name for name, value in given.items() if value in {None, ""}]
    if missing or content.issued_on is None or content.gross is None:
        raise InvoiceFieldsMissing(missing=", ".join(missing))
    for whose, nip in (("sprzedawcy", seller), ("nabywcy", buyer)):
        if not identifiers.is_nip(nip):
            raise NipWrong(whose=whose, nip=nip)
    return _Facts(
        number=content.number.strip(),
        seller_nip=seller,
        seller_name=content.seller_name.strip(),
        kind=content.kind,
        issued_on=content.issued_on,
        gross=content.gross,
        buyer_nip=buyer,
        nips=frozenset({buyer}),
        source=Source.HAND,
    )


def _corrected(
    facts: _Facts, kind: str, subject_id: UUID, corrects_id: UUID | None
) -> Invoice | None:
    """What it corrects, of the same matter; None of one that is no correction."""
    if facts.kind not in CORRECTIONS:
        if corrects_id is not None:
            raise NotACorrection
        return None
    if corrects_id is None:
        raise NotACorrection
    own = Invoice.objects.filter(owner_kind=kind, owner_id=subject_id, corrects=None)
    found = own.filter(pk=corrects_id).first()
    if found is None:
        raise NotACorrection
    if found.seller_nip != facts.seller_nip or found.state not in COUNTED:
        raise CorrectsAnother
    return found


def _check_shares(facts: _Facts, matter: Matter, wanted: Mapping[str, Decimal]) -> dict[str, str]:
    """Line -> its name."""
    if not wanted:
        raise NoShares
    names = {line.key: line.name for line in matter.lines}
    if wanted.keys() - names.keys():
        raise LineUnknown
    sign = -1 if facts.kind in CORRECTIONS and facts.gross < 0 else 1
    if facts.gross * sign <= 0 or any(amount * sign <= 0 for amount in wanted.values()):
        raise WrongSign
    total = sum(wanted.values(), NOTHING)
    if total * sign > facts.gross * sign:
        raise SharesBeyondInvoice(shares=format_money(total), gross=format_money(facts.gross))
    return {line: names[line] for line in wanted}


def _check_lines(
    kind: str, subject_id: UUID, matter: Matter, wanted: Mapping[str, Decimal]
) -> None:
    """Raises `LineExceeded` where a line would take more than its plan and what is allowed over."""
    if matter.tolerance is None:
        return
    _, spent, _ = spent_by_line(kind, subject_id)
    for line in matter.lines:
        amount = spent.get(line.key, NOTHING) + wanted.get(line.key, NOTHING)
        most = (line.planned * (100 + matter.tolerance) / 100).quantize(NOTHING)
        if wanted.get(line.key, NOTHING) > 0 and amount > most:
            raise LineExceeded(
                line=line.name,
                planned=format_money(line.planned),
                most=format_money(most),
                amount=format_money(amount),
            )


def _doubt(facts: _Facts, matter: Matter) -> str:
    """What the office should look at of the buyer; "" where they are the right one.

    What cannot be checked is no yes. Raises `ForeignBuyer` where the matter's rules refuse it.
    """
    if matter.buyer_check == "none" or facts.nips & matter.buyers:
        return ""
    told = f"Nabywcą na fakturze jest NIP {facts.buyer_nip or '(brak)'}"
    if matter.buyers:
        sentence = f"{told}, a powinna nim być jednostka albo miasto."
    else:
        sentence = f"{told}; nie wiadomo, czy słusznie, bo jednostka nie ma NIP w katalogu."
    if matter.buyer_check == "refuse" and matter.buyers:
        raise ForeignBuyer(sentence=sentence)
    return sentence


def _written(
    actor: Actor,
    matter: Matter,
    facts: _Facts,
    *,
    doubt: str,
    file: "File | None",
    corrected: Invoice | None,
) -> Invoice:
    return Invoice.objects.create(
        owner_kind=matter.owner.kind,
        owner_id=matter.owner.id,
        unit_id=matter.owner.unit_id,
        seller_nip=facts.seller_nip,
        seller_name=facts.seller_name[:512],
        kind=facts.kind,
        number=facts.number,
        number_key=_BLANKS.sub("", facts.number).upper(),
        issued_on=facts.issued_on,
        gross=facts.gross,
        buyer_nip=facts.buyer_nip[:10],
        doubt=doubt,
        source=facts.source,
        file=file,
        corrects=corrected,
        entered_by_id=actor.pk,
    )
