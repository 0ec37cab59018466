"""The link in the letter: one person, one message as it stands, one decision, for a week."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import LinkOver
from modules.messaging.models import AcceptanceLink
from modules.messaging.services.acceptance.deciding import Verdict, decide
from opium.errors import NotFound
from opium.registry import city_address
from opium.secrets import digest_of, new_secret
from procedures.permissions import Permission
from procedures.selectors.subjects import case_of_id

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Case, Event

LIFETIME = timedelta(days=7)


@transaction.atomic
def write_link(*, case: "Case", person: "Person") -> str:
    """A new address for the person's letter; its secret is nowhere else."""
    secret = new_secret()
    AcceptanceLink.objects.create(
        case_id=case.pk,
        case_version=case.version,
        person=person,
        digest=digest_of(secret),
        expires_at=timezone.now() + LIFETIME,
    )
    return f"{city_address()}/accept-message#{secret}"


def opened_link(secret: str) -> "tuple[AcceptanceLink, Case]":
    """What the link shows until it expires, whether it can still decide or not.

    Looking decides nothing. Raises `NotFound` for a link that never was, or of a closed account,
    and `LinkOver` for one that has expired.
    """
    link = (
        AcceptanceLink.objects.select_related("person")
        .filter(digest=digest_of(secret), person__is_active=True)
        .first()
    )
    if link is None:
        raise NotFound
    if link.expires_at <= timezone.now():
        raise LinkOver
    return link, case_of_id(link.case_id)


def is_over(link: AcceptanceLink, case: "Case") -> bool:
    """Whether it was used, or the message was decided on in another way."""
    return link.used_at is not None or not case.is_open or case.version != link.case_version


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
    audit.record(
        actor=link.person,
        deed=Deed.DECIDE_BY_LINK,
        right=Permission.ACT_IN_CASE,
        target=link,
        after={"link": True, "case": str(case.pk), "verdict": verdict},
    )
    return decide(
        actor=link.person,
        case=case,
        verdict=verdict,
        reason=reason,
        version=link.case_version,
    )
