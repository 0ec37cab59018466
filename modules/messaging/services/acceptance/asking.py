from typing import TYPE_CHECKING
from uuid import UUID

from accounts import selectors as accounts
from audit import services as audit
from modules.directory import selectors as directory
from modules.messaging.deeds import Deed
from modules.messaging.errors import NobodyAccepts
from modules.messaging.models import AcceptanceRule, Message
from modules.messaging.permissions import Permission
from modules.messaging.services.acceptance.chains import prepare
from procedures.selectors import definition_of
from procedures.services import steps
from units.selectors import homes_of

if TYPE_CHECKING:
    from accounts.models import Person

SUBJECT = "messaging.message"


def ask_acceptance(
    *,
    actor: "Person",
    message: Message,
    recipients: directory.Recipients,
    rule: AcceptanceRule,
) -> Message:
    """Let a locked draft wait for acceptance; the caller has asked for the right to send it.

    From now on neither the message nor its recipients change. Raises `NobodyAccepts`,
    `AcceptanceUnprepared`.
    """
    chain = prepare(rule.chain)
    if chain is None:
        raise NobodyAccepts
    section = _section(actor)
    message.state = Message.State.PENDING
    message.frozen_recipients = {
        "units": [str(one) for one in recipients.units],
        "people": [str(one) for one in recipients.people],
    }
    message.save(update_fields=["state", "frozen_recipients", "updated_at"])
    case = steps.open_case(
        actor=actor,
        procedure=chain.procedure,
        section_id=section,
        subject=(SUBJECT, message.pk),
        title=message.subject,
    )
    for function in definition_of(case.revision).functions:
        if all(one.person.pk == actor.pk for one in accounts.holders_of(function.key, case)):
            raise NobodyAccepts
    audit.record(
        actor=actor,
        deed=Deed.ASK_ACCEPTANCE,
        right=Permission.SEND_MESSAGE,
        target=message,
        before={"state": "draft"},
        after={
            "state": "pending",
            "chain": rule.chain,
            "units": len(recipients.units),
            "people": len(recipients.people),
        },
    )
    return message


def _section(author: "Person") -> UUID | None:
    homes = homes_of([author.pk]).get(author.pk, [])
    return next((home.id for home in homes if home.kind == "section"), None)
