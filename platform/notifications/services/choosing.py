"""How a person wants to be told."""

from typing import TYPE_CHECKING, cast

from django.db import transaction

from accounts.permissions import Permission as Accounts
from audit import services as audit
from notifications import selectors
from notifications.deeds import Deed
from notifications.errors import FixedKind, UnknownKind
from notifications.models import Channel, Notification, Preference
from opium.permissions import Actor, require

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def choose_channel(*, actor: Actor, kind: str, channel: Channel) -> None:
    """Let news of the kind reach the actor by this channel from now on.

    What waits for the digest still leaves with it, unless the actor wants no letters of the kind
    any more. Raises `UnknownKind`, `FixedKind`.
    """
    require(actor, Accounts.KEEP_OWN_ACCOUNT, actor)
    before = {one.kind.key: one for one in selectors.settings_of(actor)}
    if kind not in before:
        raise UnknownKind(kind=kind)
    if before[kind].kind.is_fixed:
        raise FixedKind(label=before[kind].kind.label)
    preference, _ = Preference.objects.update_or_create(
        person=cast("Person", actor), kind=kind, defaults={"channel": channel}
    )
    if channel == Channel.BELL:
        waiting = Notification.objects.filter(person=actor.pk, kind=kind, awaits_digest=True)
        waiting.update(awaits_digest=False)
    audit.record(
        actor=actor,
        deed=Deed.CHOOSE_CHANNEL,
        right=Accounts.KEEP_OWN_ACCOUNT,
        target=preference,
        before={"channel": before[kind].channel},
        after={"kind": kind, "channel": channel},
    )
