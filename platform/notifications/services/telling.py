"""Telling people: a row for the bell, and a letter where they want one at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notifications import selectors
from notifications.models import Channel, Email, Notification
from notifications.permissions import Permission
from notifications.services import letters
from opium.permissions import Actor, require
from opium.registry import city_address

if TYPE_CHECKING:
    from accounts.models import Person


@dataclass(frozen=True, slots=True)
class News:
    """What to tell whom: a sentence for the bell and a letter, about one subject of one kind."""

    person: "Person"
    kind: str
    subject_id: UUID
    title: str
    url: str
    """Where in the city's screens it can be seen, from the root: `/messaging/inbox/…`."""
    letter_subject: str
    letter_body: str
    """Plain text."""
    link: str = ""
    """„kind:id” of a link that lets somebody in; it is put where `registry.HERE` stands."""


@transaction.atomic
def notify(news: Iterable[News]) -> None:
    """Tell each person once about each subject of a kind, however often this runs.

    It always stands under the bell. Whether a letter leaves after the commit, waits for the daily
    digest or is never written, each person has chosen for the kind. Raises
    `registry.UndeclaredKind`.
    """
    told = list(news)
    channels = selectors.channels_of({one.person.pk for one in told}, {one.kind for one in told})
    Notification.objects.bulk_create(
        (
            Notification(
                person_id=one.person.pk,
                kind=one.kind,
                subject_id=one.subject_id,
                title=one.title,
                url=one.url,
                awaits_digest=channels[one.person.pk, one.kind] == Channel.DIGEST,
            )
            for one in told
        ),
        ignore_conflicts=True,
    )
    at_once = [one for one in told if channels[one.person.pk, one.kind] == Channel.AT_ONCE]
    if at_once:
        city = city_address()
        letters.post([_letter(one, city) for one in at_once])


def _letter(news: News, city: str) -> Email:
    return Email(
        key=letters.key_of(news.kind, news.subject_id, news.person.pk),
        recipient=news.person.email,
        subject=" ".join(news.letter_subject.split())[:300],
        link=news.link,
        body=f"{news.letter_body}\n{city}{news.url}\n\n{letters.FOOTER}\n",
    )


@transaction.atomic
def mark_read(*, actor: Actor, notification: Notification) -> None:
    """The actor has seen it; a second time changes nothing."""
    require(actor, Permission.READ_OWN_NEWS)
    Notification.objects.filter(pk=notification.pk, person=actor.pk, read_at=None).update(
        read_at=timezone.now()
    )
