"""The secret address of one's own deadlines."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.permissions import Permission
from accounts.services import require_recent_proof, tell_of_change
from audit import services as audit
from opium.permissions import require
from opium.secrets import digest_of, new_secret
from todo.deeds import Deed
from todo.models import CalendarLink

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def make_calendar_link(*, actor: "Person") -> str:
    """A new secret for one's own calendar, told only now; the one before opens nothing more.

    Raises `ProofNeeded`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    secret = new_secret()
    link, _ = CalendarLink.objects.update_or_create(
        person=actor, defaults={"digest": digest_of(secret), "used_at": None}
    )
    tell_of_change(actor, "utworzono adres kalendarza z terminami")
    audit.record(
        actor=actor,
        deed=Deed.MAKE_CALENDAR_LINK,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=link,
        after={"calendar": True},
    )
    return secret


@transaction.atomic
def delete_calendar_link(*, actor: "Person") -> None:
    """Let the address open nothing from now on. Raises `ProofNeeded`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    link = CalendarLink.objects.select_for_update().filter(person=actor.pk).first()
    if link is None:
        return
    tell_of_change(actor, "usunięto adres kalendarza z terminami")
    audit.record(
        actor=actor,
        deed=Deed.DELETE_CALENDAR_LINK,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=link,
        after={"calendar": False},
    )
    link.delete()


def end_calendar_of(person: "Person") -> None:
    """Let the address open nothing, where whoever may end the person's ways in does so."""
    CalendarLink.objects.filter(person=person).delete()


def use_calendar_link(secret: str) -> "Person | None":
    """Whose deadlines the address shows; None where it opens nothing, or the account is closed."""
    link = (
        CalendarLink.objects.select_related("person")
        .filter(digest=digest_of(secret), person__is_active=True)
        .first()
    )
    if link is None:
        return None
    CalendarLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    return link.person
