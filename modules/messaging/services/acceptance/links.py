"""The link in the letter: one person, one message as it stands, one decision, for a week."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from modules.messaging.errors import LinkOver
from modules.messaging.models import AcceptanceLink
from modules.messaging.services.acceptance.deciding import Verdict, decide
from notifications import services as notifications
from opium.errors import NotFound
from procedures.selectors.subjects import case_of_id

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Case, Event

LIFETIME = timedelta(days=7)


@transaction.atomic
def write_link(*, case: "Case", person: "Person") -> str:
    """A new address for the person's letter; its secret is nowhere else."""
    secret = token_urlsafe(32)
    AcceptanceLink.objects.create(
        case_id=case.pk,
        case_version=case.version,
        person=person,
        digest=_digest(secret),
        expires_at=timezone.now() + LIFETIME,
    )
    return f"{notifications.city_address()}/accept-message#{secret}"


def opened_link(secret: str) -> "tuple[AcceptanceLink, Case]":
    """What the link shows, whether it can still decide or not; looking decides nothing.

    Raises `NotFound` for a link that never was, or of a closed account.
    """
    link = (
        AcceptanceLink.objects.select_related("person")
        .filter(digest=_digest(secret), person__is_active=True)
        .first()
    )
    if link is None:
        raise NotFound
    return link, case_of_id(link.case_id)


def is_over(link: AcceptanceLink, case: "Case") -> bool:
    """Whether it was used, has expired, or the message was decided on in another way."""
    return (
        link.used_at is not None
        or link.expires_at <= timezone.now()
        or not case.is_open
        or case.version != link.case_version
    )


@transaction.atomic
def decide_by_link(*, secret: str, verdict: Verdict, reason: str = "") -> "Event":
    """Decide as the person to whom the letter was sent; the link works no more after it.

    Raises `NotFound`, `LinkOver`, and what `decide` does; then the link stays as it was.
    """
    link, case = opened_link(secret)
    link = AcceptanceLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if is_over(link, case):
        raise LinkOver
    AcceptanceLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    return decide(
        actor=link.person,
        case=case,
        verdict=verdict,
        reason=reason,
        version=link.case_version,
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
