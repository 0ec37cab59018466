"""Another recipient for a message that was sent."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit import services as audit
from modules.directory import selectors as directory
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    AcceptanceNeeded,
    NobodyNew,
    NoDeadline,
    NoRecipients,
    WrongDeadline,
)
from modules.messaging.models import AnswerRequest, Audience, Delivery, Message
from modules.messaging.permissions import Permission
from modules.messaging.services import acceptance, duties
from modules.messaging.services.drafting import Chosen
from modules.messaging.services.entrusted.dispatching import address
from modules.messaging.services.sending import locked_sent
from opium.errors import FieldError
from opium.permissions import require
from outbox.services import after_commit
from threads.services.entrusted import move

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


@transaction.atomic
def add_recipients(
    *,
    actor: "Person",
    message: Message,
    audience: Chosen,
    due_at: datetime | None = None,
) -> int:
    """Address the message, as it left, to that audience as well; how many are new.

    They have the message's deadline, or that one. Who has the message already is left as they are;
    from whom it was recalled, they get it anew, with what they have asked. Raises `MessageNotSent`,
    `NoRecipients`, `NobodyNew`, `NoDeadline`, `WrongDeadline`, and `AcceptanceNeeded` where a
    message to them would have to be accepted first.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = locked_sent(message)
    # It leaves in the author's name, so a colleague of theirs cannot pass the author's rule either.
    rules = (acceptance.rule_for(one, Audience(**audience)) for one in {message.author, actor})
    if any(rules):
        raise AcceptanceNeeded
    request = AnswerRequest.objects.filter(message=message).first()
    _check_deadline(request, due_at)
    found = directory.resolve_audience(**audience)
    if not found.units and not found.people:
        raise NoRecipients
    named = Delivery.objects.filter(
        Q(unit__in=found.units) | Q(person__in=found.people), message=message
    )
    recalled = _addressees(named.exclude(recalled_at=None))
    new_units, new_people = _new_among(found, named)
    if not new_units and not new_people:
        raise NobodyNew
    address(message, new_units, new_people)
    anew = _addressees(named) if recalled else {}
    move(duties.DELIVERY, {old: anew[whose] for whose, old in recalled.items()})
    if request is not None and due_at is not None and due_at != request.due_at:
        added = Q(unit__in=new_units) | Q(person__in=new_people)
        own_lock = _lock_of(request, due_at)
        Delivery.objects.filter(added, message=message).update(
            own_due_at=due_at, own_locks_at=own_lock
        )
    duties.ask_to_chase(message, request)
    audit.record(
        actor=actor,
        deed=Deed.ADD_RECIPIENTS,
        right=Permission.SEND_MESSAGE,
        target=message,
        after={
            "units": len(new_units),
            "people": len(new_people),
            "due_at": due_at.isoformat() if due_at else None,
        },
    )
    after_commit(Message.DELIVERING, str(message.pk))
    return len(new_units) + len(new_people)


def _addressees(deliveries: "QuerySet[Delivery]") -> dict[tuple[UUID | None, UUID | None], UUID]:
    """Unit or person -> their delivery."""
    rows = deliveries.values_list("unit", "person", "pk")
    return {(unit, person): pk for unit, person, pk in rows}


def _new_among(
    found: directory.Recipients, named: "QuerySet[Delivery]"
) -> tuple[list[UUID], list[UUID]]:
    """The units and people who have not got the message, or from whom it was recalled."""
    named.exclude(recalled_at=None).delete()
    known = set(named.values_list("unit", flat=True)) | set(named.values_list("person", flat=True))
    return (
        [one for one in found.units if one not in known],
        [one for one in found.people if one not in known],
    )


def _check_deadline(request: AnswerRequest | None, due_at: datetime | None) -> None:
    if request is None or request.due_at is None:
        if due_at is not None:
            raise NoDeadline
        return
    if (due_at or request.due_at) <= timezone.now():
        told = "Ten termin już minął. Podaj nowym adresatom późniejszy."
        raise WrongDeadline(errors=[FieldError("due_at", told)])


def _lock_of(request: AnswerRequest, due_at: datetime) -> datetime | None:
    """As long after the deadline as the message's own is."""
    if request.locks_at is None or request.due_at is None:
        return None
    return max(request.locks_at, due_at + (request.locks_at - request.due_at))
