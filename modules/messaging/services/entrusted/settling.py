"""What comes of an acceptance: the message leaves as it was accepted, or is a draft again."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from audit import services as audit
from modules.directory.selectors import Recipients
from modules.messaging.deeds import Deed
from modules.messaging.models import Message
from modules.messaging.permissions import Permission
from modules.messaging.services import duties
from modules.messaging.services.entrusted.dispatching import dispatch
from opium.permissions import Actor

if TYPE_CHECKING:
    from procedures.models import Case, Event


def settle_acceptance(actor: Actor, case: "Case", event: "Event") -> None:
    """Called in the transaction that ends the case; again changes nothing."""
    whole = Message.objects.select_related("author", "audience", "answer_request")
    message = whole.select_for_update(of=("self",)).get(pk=cast("UUID", case.subject_id))
    if message.state != Message.State.PENDING:
        return
    deed = Deed.SETTLE_ACCEPTANCE
    if case.meaning == "positive":
        kept = message.frozen_recipients or {}
        recipients = Recipients(
            units=[UUID(one) for one in kept.get("units", ())],
            people=[UUID(one) for one in kept.get("people", ())],
        )
        dispatch(actor=actor, deed=deed, message=message, recipients=recipients)
        return
    message.state = Message.State.DRAFT
    message.frozen_recipients = None
    message.save(update_fields=["state", "frozen_recipients", "updated_at"])
    duties.ask_to_correct(message, event.reason)
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.SEND_MESSAGE,
        target=message,
        before={"state": "pending"},
        after={"state": "draft", "reason": event.reason},
    )
