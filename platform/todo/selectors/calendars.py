"""Somebody's deadlines, as their calendar shows them."""

from typing import TYPE_CHECKING

from accounts.permissions import Permission as Accounts
from opium.permissions import Actor, require
from opium.registry import city_address
from todo.feeds import Deadline
from todo.models import CalendarLink
from todo.selectors.waiting import todo_of

if TYPE_CHECKING:
    from accounts.models import Person

MOST = 500
"""Entries in a calendar; whoever has more waiting needs a colleague, not a calendar."""


def link_of(actor: Actor) -> CalendarLink | None:
    """The secret address of the actor's own deadlines, without the secret."""
    require(actor, Accounts.KEEP_OWN_ACCOUNT, actor)
    return CalendarLink.objects.filter(person=actor.pk).first()


def deadlines_of(person: "Person") -> list[Deadline]:
    """What waits for the person and has a deadline, the nearest first."""
    root = city_address()
    host = root.rpartition("//")[2]
    waiting = todo_of(person).filter(due_at__isnull=False).order_by("due_at", "pk")[:MOST]
    return [
        Deadline(
            uid=f"{one.pk}@{host}",
            due_at=one.due_at,
            summary=f"{one.what}: {one.title}",
            description=one.details,
            url=f"{root}{one.url}",
            changed_at=one.updated_at,
        )
        for one in waiting
        if one.due_at is not None
    ]
