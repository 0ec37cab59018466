"""What becomes of a person's places when the account is closed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.permissions import Permission
from opium.permissions import Actor
from units.models import Membership

if TYPE_CHECKING:
    from accounts.models import Person


def end_memberships(actor: Actor, person: "Person", _successor: "Person | None") -> None:
    """Make today the last day of every membership, and forget those that have not begun.

    Nobody takes a place over by it: whoever succeeds is given one by the directory's own verbs.
    """
    today = timezone.localdate()
    for membership in Membership.objects.select_for_update(of=("self",)).filter(person=person):
        before = {"valid_from": membership.valid_from, "valid_to": membership.valid_to}
        if membership.valid_from is not None and membership.valid_from > today:
            _record(actor, membership, before, {"forgotten": True})
            membership.delete()
        elif membership.valid_to is None or membership.valid_to > today:
            membership.valid_to = today
            membership.save(update_fields=["valid_to", "updated_at"])
            _record(actor, membership, {"valid_to": before["valid_to"]}, {"valid_to": today})


def _record(
    actor: Actor, membership: Membership, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    audit.record(
        actor=actor,
        deed=Deed.END_MEMBERSHIPS,
        right=Permission.CHANGE_UNITS,
        target=membership,
        before=before,
        after=after,
    )
