"""The link in the letter: one person, one message as it stands, one decision, for a week."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging import selectors
from modules.messaging.deeds import Deed
from modules.messaging.errors import LinkOver
from modules.messaging.models import AcceptanceLink
from modules.messaging.services.acceptance.deciding import Verdict, decide
from opium.errors import NotFound
from opium.polish import format_moment
from opium.registry import city_address
from opium.secrets import sealed, unsealed
from procedures.permissions import Permission
from procedures.selectors.subjects import case_of_id

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Case, Event

KIND_OF_LINK = "messaging.acceptance"
LIFETIME = timedelta(days=7)


@transaction.atomic
def write_link(*, case: "Case", person: "Person") -> AcceptanceLink:
    """The link of the person's letter about the step; a letter written again has the same."""
    link, _ = AcceptanceLink.objects.get_or_create(
        case_id=case.pk,
        case_version=case.version,
        person=person,
        defaults={"expires_at": timezone.now() + LIFETIME},
    )
    return link


def address_of(link_id: UUID) -> str:
    """Where the link leads, for the letter that leaves now; "" where it has ended meanwhile."""
    link = AcceptanceLink.objects.select_related("person").filter(pk=link_id).first()
    if link is None or _end_of(link, case_of_id(link.case_id)):
        return ""
    return f"{city_address()}/accept-message#{sealed(KIND_OF_LINK, link.pk)}"


def end_links_of(person: "Person") -> None:
    """With every other way into the account, in the transaction that ends them."""
    AcceptanceLink.objects.filter(person=person, used_at=None, ended_at=None).update(
        ended_at=timezone.now()
    )


def opened_link(secret: str) -> "tuple[AcceptanceLink, Case]":
    """What the link is for, while the person can still decide by it; looking decides nothing.

    Raises `NotFound` for a link that never was, or of a closed account, and `LinkOver` with the
    reason for one that has ended: it shows nothing any more.
    """
    link_id = unsealed(KIND_OF_LINK, secret)
    whole = AcceptanceLink.objects.select_related("person").filter(person__is_active=True)
    link = whole.filter(pk=link_id).first() if link_id else None
    if link is None:
        raise NotFound
    case = case_of_id(link.case_id)
    if why := _end_of(link, case):
        raise LinkOver(why=why)
    return link, case


def _end_of(link: AcceptanceLink, case: "Case") -> str:
    """Why the link has ended; "" while it has not."""
    if link.used_at is not None:
        return "użyto go już"
    if link.ended_at is not None:
        return "zmieniono sposób logowania na to konto"
    if link.expires_at <= timezone.now():
        return f"wygasł {format_moment(link.expires_at)}"
    if not case.is_open or case.version != link.case_version:
        return "wiadomość rozpatrzono już inaczej"
    if not link.person.is_active or not selectors.has_verdict(link.person, case):
        return "tej decyzji nie podejmuje już osoba, do której go wysłano"
    return ""


@transaction.atomic
def decide_by_link(*, secret: str, verdict: Verdict, reason: str = "") -> "Event":
    """Decide as the person to whom the letter was sent; the link works no more after it.

    Raises `NotFound`, `LinkOver`, and what `decide` does; then the link stays as it was.
    """
    link, _ = opened_link(secret)
    AcceptanceLink.objects.select_for_update().get(pk=link.pk)
    link, case = opened_link(secret)  # as it is once held: of two presses one decides
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
