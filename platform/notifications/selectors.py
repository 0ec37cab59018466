"""Questions about what a person was told, and how they want to be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from accounts.permissions import Permission as Accounts
from notifications import registry
from notifications.errors import UnknownKind
from notifications.models import Channel, Notification, Preference
from notifications.permissions import Permission
from opium.permissions import Actor, require
from opium.registry import is_enabled


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of news, and the channel by which it reaches the person."""

    kind: registry.Kind
    channel: Channel


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """What the actor was told, newest first. Raises `MissingPermission` for a key without it."""
    require(actor, Permission.READ_OWN_NEWS)
    return Notification.objects.filter(person=actor.pk).order_by("-created_at", "-pk")


def unread_count(actor: Actor) -> int:
    return notifications_of(actor).filter(read_at=None).order_by().count()


def settings_of(actor: Actor) -> list[Setting]:
    """The actor's own setting of each kind that the city's modules tell; one query."""
    require(actor, Accounts.KEEP_OWN_ACCOUNT, actor)
    chosen = dict(Preference.objects.filter(person=actor.pk).values_list("kind", "channel"))
    return [
        Setting(kind, _channel(kind, chosen.get(kind.key)))
        for kind in registry.declared()
        if is_enabled(kind.module)
    ]


def setting_of(actor: Actor, kind: str) -> Setting:
    """The actor's own setting of one kind. Raises `UnknownKind`."""
    for setting in settings_of(actor):
        if setting.kind.key == kind:
            return setting
    raise UnknownKind(kind=kind)


def channels_of(
    people: Collection[UUID], kinds: Collection[str]
) -> Mapping[tuple[UUID, str], Channel]:
    """(person, kind) -> how it reaches them; one query. Raises `registry.UndeclaredKind`."""
    known = {key: registry.kind_named(key) for key in kinds}
    chosen = {
        (person, kind): channel
        for person, kind, channel in Preference.objects.filter(
            person__in=people, kind__in=known
        ).values_list("person", "kind", "channel")
    }
    return {
        (person, key): _channel(kind, chosen.get((person, key)))
        for person in people
        for key, kind in known.items()
    }


def _channel(kind: registry.Kind, chosen: str | None) -> Channel:
    if kind.is_fixed or chosen is None:
        return kind.default
    return Channel(chosen)
