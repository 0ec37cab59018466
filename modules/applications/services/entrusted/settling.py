"""What comes of an approval: the recommendation may be decided, or is back with its money."""

from typing import TYPE_CHECKING, cast

from django.utils import timezone

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.models import Recommendation
from modules.applications.permissions import Permission
from modules.applications.services import holding
from notifications.registry import Kind
from notifications.services import News, notify
from opium.permissions import Actor

if TYPE_CHECKING:
    from uuid import UUID

    from procedures.models import Case, Event

SETTLED = Kind(
    "applications.recommendation_settled",
    "Rekomendacja zatwierdzona albo zwrócona",
    "Podział środków, który rekomendujesz, zatwierdzono albo zwrócono z powodem.",
)
State = Recommendation.State


def settle_approval(actor: Actor, case: "Case", event: "Event") -> None:
    """Called in the transaction that ends the case; again changes nothing."""
    whole = Recommendation.objects.select_related("call", "made_by", "edition__scenario")
    made = whole.select_for_update(of=("self",)).get(pk=cast("UUID", case.subject_id))
    if made.state != State.RECOMMENDED:
        return
    is_approved = case.meaning == "positive"
    made.state = State.APPROVED if is_approved else State.SENT_BACK
    if not is_approved:
        made.reason, made.ended_at = event.reason, timezone.now()
    made.save()
    if not is_approved:
        holding.give_back_all(actor, made, event.reason)
    _tell(made, event)
    audit.record(
        actor=actor,
        deed=Deed.SETTLE_APPROVAL,
        right=Permission.DIVIDE_MONEY,
        target=made,
        before={"state": "recommended"},
        after={"state": str(made.state), "reason": event.reason},
    )


def _tell(made: Recommendation, event: "Event") -> None:
    """Whoever recommended it; nobody of what they have done themselves."""
    if made.made_by is None or made.made_by == event.actor:
        return
    is_approved = made.state == State.APPROVED
    came = "zatwierdzona" if is_approved else f"zwrócona przez: {event.actor_name}"
    title = f"{made.call.title}: rekomendacja podziału środków {came}"[:400]
    why = "Możesz wpisać decyzję." if is_approved else f"Powód: {event.reason}"
    notify(
        [
            News(
                person=made.made_by,
                kind=SETTLED.key,
                subject_id=made.pk,
                title=title,
                url=f"/applications/recommendations/{made.pk}",
                letter_subject=title,
                letter_body=f"{title}\n\n{why}\n\nRekomendacja w systemie:",
            )
        ]
    )
