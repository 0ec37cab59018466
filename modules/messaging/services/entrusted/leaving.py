"""What becomes of a person's drafts when the account is closed."""

from typing import TYPE_CHECKING

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.models import Message
from modules.messaging.permissions import Permission
from modules.messaging.services.duties import CORRECT, QUESTION
from opium.permissions import Actor
from todo import services as todo

if TYPE_CHECKING:
    from accounts.models import Person


def hand_over_drafts(actor: Actor, person: "Person", successor: "Person | None") -> None:
    """Make the successor the author of the person's drafts; without one they stay where they are.

    What was sent stays in the name of whoever sent it; questions about it wait for the successor.
    """
    if successor is None:
        return
    for kind in (CORRECT, QUESTION):
        todo.hand_over(person=person, successor=successor, code=kind.code)
    drafts = Message.objects.select_for_update(of=("self",)).filter(
        author_id=person.pk, state=Message.State.DRAFT
    )
    for draft in drafts:
        draft.author = successor
        draft.save(update_fields=["author", "updated_at"])
        audit.record(
            actor=actor,
            deed=Deed.HAND_OVER_DRAFTS,
            right=Permission.SEND_MESSAGE,
            target=draft,
            before={"author": person.pk},
            after={"author": successor.pk},
        )
