"""The payment list: what was awarded, once, to accounts that are right; for people and the bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from budget import services as budget
from budget.selectors import held_by
from budget.services import Share, Subject
from forms import selectors as forms
from modules.applications.deeds import Deed
from modules.applications.errors import (
    DecisionNotPublished,
    NothingPayable,
    NothingToPay,
    PaymentsReturned,
    PaymentsVoid,
)
from modules.applications.models import Award, Payment, PaymentList, Recommendation
from modules.applications.permissions import Permission
from modules.applications.selectors import dues_of, unpaid
from modules.applications.services import holding
from modules.applications.services.holding import NOTHING
from opium import identifiers
from opium.errors import FieldError, Invalid
from opium.permissions import SYSTEM, Actor, require
from procedures.desk import hold
from ranking import payments
from ranking.payments import Payer, Transfer
from units.selectors import unit_facts

Form = Literal["xlsx", "elixir"]


@dataclass(frozen=True, slots=True)
class Where:
    """Which questions of the application say whose the money is, and on which account."""

    account: str
    name: str = ""
    """"" : the unit's own name."""
    address: str = ""
    """"" : the unit's own address."""


@dataclass(frozen=True, slots=True)
class _Payable:
    award: Award
    subject: Subject
    shares: Sequence[Share]
    """As much of the award's as the ledger still grants."""

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.shares), NOTHING)


@transaction.atomic
def pay_awards(
    *,
    actor: Actor,
    recommendation: Recommendation,
    where: Where,
    title: str,
    payer: Payer,
    paid_on: date,
) -> PaymentList:
    """Put every award of the decision that no list has paid yet on one, and book it as paid.

    Of each as much as is still granted in its case; those whose case has not gone on to the
    decision, or holds nothing of it any more, are left out (`selectors.dues_of` says why). Each
    account is checked (NRB, modulo 97). Where one line is faulty nothing is paid. `title` may
    name `{znak}`, `{nabor}` and `{decyzja}`. Raises `DecisionNotPublished`, `RankingUnseen`,
    `NothingToPay`, `NothingPayable` where all are left out, `ranking.errors.PaymentsFaulty`,
    `Invalid` for the payer's account, the budget's refusals.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    whole = Recommendation.objects.select_related("call")
    made = whole.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if made.state != made.State.AWARDED:
        raise DecisionNotPublished
    holding.refuse_unseen(actor, made)
    if not identifiers.is_nrb(payer.account):
        sentence = "Numer rachunku, z którego się płaci, jest błędny. Ma 26 cyfr; sprawdź go."
        raise Invalid(errors=[FieldError("payer_account", sentence)])
    due = _payable(made)
    granted = sum((one.amount for one in due), NOTHING)
    checked = payments.check(_transfers(made, due, where, title), granted=granted)
    payments.write_elixir(checked, payer=payer, day=paid_on)
    found = PaymentList.objects.create(
        recommendation=made,
        number=made.payment_lists.count() + 1,
        paid_on=paid_on,
        payer_name=payer.name.strip(),
        payer_address=payer.address.strip(),
        payer_account=identifiers.compact(payer.account),
        total=checked.total,
        made_at=timezone.now(),
        made_by_id=actor.pk,
    )
    _write(found, checked, [one.award for one in due])
    _book(actor, made, found, due)
    _record(actor, Deed.PAY_AWARDS, found, {"payments": len(due)})
    return found


@transaction.atomic
def void_payments(*, actor: Actor, payment_list: PaymentList, reason: str) -> PaymentList:
    """Withdraw a list that the bank did not carry out: its awards can be paid by another.

    Raises `PaymentsVoid`, `RankingUnseen`, and `PaymentsReturned` where
    something that it paid was returned since.
    """
    require(actor, Permission.DIVIDE_MONEY, payment_list.recommendation.call)
    whole = PaymentList.objects.select_related("recommendation__call")
    found = whole.select_for_update(of=("self",)).get(pk=payment_list.pk)
    if found.voided_at is not None:
        raise PaymentsVoid
    holding.refuse_unseen(actor, found.recommendation)
    found.voided_at, found.void_reason = timezone.now(), reason.strip()
    found.save()
    lines = found.payments.select_related("award__application__case")
    hold([one.award.application.case_id for one in lines])
    shared = [(one.award.application.case_id, one.award.shares) for one in lines]
    booked = holding.bookings(found.recommendation, shared)
    returned = {subject.id for subject, _ in booked if _has_returned(subject)}
    if returned:
        cases = [one.award.application.case for one in lines]
        named = [str(case) for case in cases if case.pk in returned]
        raise PaymentsReturned(applications=", ".join(named[:5]))
    for subject, _ in booked:
        budget.take_back(
            actor=SYSTEM,
            subject=subject,
            keys_from=f"payment/{found.pk}",
            key=f"void/{found.pk}",
            reason=found.void_reason,
            made_by=actor,
        )
    found.payments.update(is_void=True)
    _record(actor, Deed.VOID_PAYMENTS, found, {"reason": found.void_reason})
    return found


@transaction.atomic
def download_payments(*, actor: Actor, payment_list: PaymentList, form: Form) -> bytes:
    """The list as an xlsx that a person signs, or as Elixir-0 for the bank; on record.

    Raises `PaymentsVoid`, `RankingUnseen` for whoever is excluded from an application.
    """
    require(actor, Permission.DIVIDE_MONEY, payment_list.recommendation.call)
    if payment_list.voided_at is not None:
        raise PaymentsVoid
    holding.refuse_unseen(actor, payment_list.recommendation)
    lines = payment_list.payments.select_related("award__application__case")
    found = payments.check(
        [
            Transfer(
                key=str(one.award_id),
                whose=str(one.award.application.case),
                name=one.name,
                address=one.address,
                account=one.account,
                amount=one.amount,
                title=one.title,
            )
            for one in lines.order_by("name", "pk")
        ],
        granted=payment_list.total,
    )
    _record(actor, Deed.DOWNLOAD_PAYMENTS, payment_list, {"form": form})
    if form == "xlsx":
        return payments.write_list(found)
    payer = Payer(payment_list.payer_name, payment_list.payer_address, payment_list.payer_account)
    return payments.write_elixir(found, payer=payer, day=payment_list.paid_on)


def _payable(made: Recommendation) -> list[_Payable]:
    """The cases and the pots are held first, so that nothing is returned meanwhile.

    Raises `NothingToPay`, `NothingPayable`.
    """
    hold(made.awards.values_list("application__case", flat=True))
    bookings = holding.bookings(made, holding.of_awards(made))
    booked = {subject.id: (subject, shares) for subject, shares in bookings}
    dues = dues_of(made)
    if not dues:
        raise NothingToPay
    found = []
    for one in dues:
        if not one.why:
            subject, shares = booked[one.award.application.case_id]
            found.append(_Payable(one.award, subject, _granted_still(subject, shares)))
    payable = [one for one in found if one.amount]
    if not payable:
        raise NothingPayable(left_out=" ".join(str(one) for one in dues[:5]))
    return payable


def _has_returned(subject: Subject) -> bool:
    """Whether something of what was paid was returned; what was before was never paid."""
    held = held_by(subject.kind, subject.id).values()
    return any(one.paid > one.granted - one.returned for one in held)


def _granted_still(subject: Subject, shares: Sequence[Share]) -> list[Share]:
    held = held_by(subject.kind, subject.id)
    left = [
        Share(one.pot, min(one.amount, unpaid(held[one.pot.pk])))
        for one in shares
        if one.pot.pk in held
    ]
    return [one for one in left if one.amount]


def _transfers(
    made: Recommendation, due: Sequence[_Payable], where: Where, title: str
) -> list[Transfer]:
    cases = [one.award.application.case for one in due]
    versions = forms.newest_versions({one.sheet_id for one in cases if one.sheet_id})
    facts = unit_facts({one.unit_id for one in cases if one.unit_id})
    found = []
    for one, case in zip(due, cases, strict=True):
        version = versions.get(case.sheet_id) if case.sheet_id else None
        answers: Mapping[str, Any] = version.answers if version is not None else {}
        unit = facts.get(case.unit_id, {}) if case.unit_id else {}
        told = {"znak": case.sign, "nabor": made.call.title, "decyzja": made.decision}
        found.append(
            Transfer(
                key=str(one.award.pk),
                whose=str(case),
                name=_said(answers, where.name) or unit.get("name", ""),
                address=_said(answers, where.address) or unit.get("address", ""),
                account=_said(answers, where.account),
                amount=one.amount,
                title=_titled(title, told),
            )
        )
    return found


def _said(answers: Mapping[str, Any], key: str) -> str:
    return str(answers.get(key) or "").strip() if key else ""


def _titled(title: str, told: Mapping[str, str]) -> str:
    for name, said in told.items():
        title = title.replace(f"{{{name}}}", said)
    return " ".join(title.split())


def _write(found: PaymentList, checked: payments.PaymentList, awards: Sequence[Award]) -> None:
    """The lines of the list, each with the award that it pays."""
    by_key = {str(one.pk): one for one in awards}
    Payment.objects.bulk_create(
        Payment(
            list=found,
            award=by_key[one.key],
            name=one.name,
            address=one.address,
            account=one.account,
            amount=one.amount,
            title=one.title,
        )
        for one in checked.transfers
    )


def _book(by: Actor, made: Recommendation, found: PaymentList, due: Sequence[_Payable]) -> None:
    for one in due:
        budget.pay(
            actor=SYSTEM,
            subject=one.subject,
            shares=one.shares,
            key=f"payment/{found.pk}",
            reason=f"{found}, {made.decision}",
            made_by=by,
        )


def _record(actor: Actor, deed: Deed, found: PaymentList, more: Mapping[str, object]) -> None:
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.DIVIDE_MONEY,
        target=found,
        after={"total": str(found.total), **more},
    )
