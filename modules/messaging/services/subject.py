"""What procedures are told of a message that runs through one."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from modules.messaging.models import AcceptanceChain, Message
from modules.messaging.permissions import Permission
from modules.messaging.selectors.naming import named_recipients
from modules.messaging.services import acceptance
from modules.messaging.services.entrusted.settling import settle_acceptance
from notifications.registry import HERE
from opium.permissions import Actor, may
from procedures.registry import Besides, Subject

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Case


def _named(message_id: UUID) -> str:
    return str(Message.objects.get(pk=message_id))


def _url(message_id: UUID) -> str:
    return f"/messaging/acceptance/{message_id}"


def _described(message_id: UUID) -> list[tuple[str, str]]:
    message = Message.objects.select_related("author").get(pk=message_id)
    recipients = message.frozen_recipients or {"units": [], "people": []}
    whom = named_recipients(recipients["units"], recipients["people"]).alone
    files = message.attachments.count()
    return [
        ("Autor", message.author.display_name),
        ("Adresaci", whom),
        ("Załączniki", str(files) if files else "brak"),
    ]


def _text(message_id: UUID) -> str:
    message = Message.objects.get(pk=message_id)
    return f"{message.subject}\n\n{message.body}"


def _may_open(actor: Actor, message_id: UUID) -> bool:
    message = Message.objects.get(pk=message_id)
    return may(actor, Permission.SEND_MESSAGE, message)


def _carriers() -> frozenset[UUID]:
    return frozenset(AcceptanceChain.objects.values_list("procedure", flat=True))


def _letter(case: "Case", person: "Person") -> Besides:
    """The one-time link of the letter to whoever has to accept; none where the city wants none."""
    message = Message.objects.select_related("author", "audience").get(
        pk=cast("UUID", case.subject_id)
    )
    rule = acceptance.rule_for(message.author, message.audience)
    if rule is None or not rule.allows_links:
        return Besides()
    link = acceptance.write_link(case=case, person=person)
    text = f"Rozpatrz bez logowania (odnośnik tylko dla Ciebie, ważny 7 dni):\n{HERE}"
    return Besides(text, f"{acceptance.KIND_OF_LINK}:{link.pk}")


TOLD = Subject(
    label="Wiadomość",
    opened="Przekazano do akceptacji",
    label_of=_named,
    url=_url,
    describe=_described,
    frozen_text=_text,
    may_open=_may_open,
    closed=settle_acceptance,
    carriers=_carriers,
    letter=_letter,
)
