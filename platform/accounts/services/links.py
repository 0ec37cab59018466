"""Links in letters: making, sending and using them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import letters
from accounts.errors import LinkEnded
from accounts.models import Link, Person
from outbox.services import after_commit

VALID = {
    Link.Kind.INVITATION: timedelta(days=14),
    Link.Kind.PASSWORD: timedelta(hours=2),
    Link.Kind.EMAIL: timedelta(hours=24),
}


def make_link(person: Person, kind: Link.Kind, address: str) -> Link:
    """Make a link that replaces the earlier ones of its kind; the letter leaves after commit.

    Anybody may ask for a link to a new password, so such a one replaces none: the earlier stay
    good until one is used.
    """
    if kind != Link.Kind.PASSWORD:
        withdraw_links(person, kind)
    link = Link.objects.create(
        person=person, kind=kind, address=address, expires_at=timezone.now() + VALID[kind]
    )
    after_commit("accounts.send_link", str(link.pk))
    return link


def withdraw_links(person: Person, *kinds: Link.Kind) -> None:
    """Make the person's open links worthless; all of them where no kind is named."""
    links = Link.objects.filter(person=person, ended_at=None)
    if kinds:
        links = links.filter(kind__in=kinds)
    links.update(ended_at=timezone.now())


def read_link(token: str, *kinds: Link.Kind) -> Link:
    """The link of that secret while it can be used. Raises `LinkEnded` whatever is wrong."""
    link_id = letters.link_of(token)
    if link_id is None:
        raise LinkEnded
    links = Link.objects.open_now().filter(pk=link_id, person__is_active=True)
    if kinds:
        links = links.filter(kind__in=kinds)
    link = links.select_related("person").first()
    if link is None:
        raise LinkEnded
    return link


def use_link(token: str, *kinds: Link.Kind) -> Link:
    """The same, for the one deed that it is for; to be called in that deed's transaction."""
    link = read_link(token, *kinds)
    used = Link.objects.open_now().filter(pk=link.pk)
    if not used.update(used_at=timezone.now(), ended_at=timezone.now()):
        raise LinkEnded
    return link


@transaction.atomic
def send_link(link_id: str) -> None:
    """Send the letter once; a link that has ended meanwhile sends nothing."""
    link = (
        Link.objects.open_now()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("person")
        .filter(pk=link_id, sent_at=None)
        .first()
    )
    if link is not None:
        letters.send_link(link)
        link.sent_at = timezone.now()
        link.save(update_fields=["sent_at", "updated_at"])


@transaction.atomic
def note_trouble(link_id: str, sentence: str) -> str:
    """Mark a link whose letter the background gave up, with the sentence why; the link's name."""
    link = Link.objects.select_for_update().get(pk=link_id)
    told = f"List z odnośnikiem ({link}) nie wyszedł. {sentence}"
    _told(link, told)
    return str(link)


@transaction.atomic
def settle_trouble(link_id: str) -> None:
    """The letter is tried once more: nothing is known against it for now."""
    _told(Link.objects.select_for_update().get(pk=link_id), "")


def _told(link: Link, trouble: str) -> None:
    link.trouble = trouble[:1000]
    link.save(update_fields=["trouble", "updated_at"])
