"""What procedures are told of a recommendation that runs through one."""

from uuid import UUID

from modules.applications.models import ApprovalChain, Recommendation
from modules.applications.permissions import Permission
from modules.applications.services.entrusted.settling import settle_approval
from opium.permissions import Actor, may
from procedures.registry import Subject


def _made(recommendation_id: UUID) -> Recommendation:
    whole = Recommendation.objects.select_related("call", "edition__scenario")
    return whole.get(pk=recommendation_id)


def _named(recommendation_id: UUID) -> str:
    return f"Podział środków: {_made(recommendation_id).call.title}"


def _url(recommendation_id: UUID) -> str:
    return f"/applications/recommendations/{recommendation_id}"


def _described(recommendation_id: UUID) -> list[tuple[str, str]]:
    """Neither sums nor numbers: who is excluded from an application may read this."""
    made = _made(recommendation_id)
    return [("Nabór", made.call.title), ("Wariant", made.edition.scenario.name)]


def _text(recommendation_id: UUID) -> str:
    return f"Podział środków naboru „{_made(recommendation_id).call.title}” według rekomendacji."


def _may_open(actor: Actor, recommendation_id: UUID) -> bool:
    return may(actor, Permission.DIVIDE_MONEY, _made(recommendation_id))


def _carriers() -> frozenset[UUID]:
    return frozenset(ApprovalChain.objects.values_list("procedure", flat=True))


TOLD = Subject(
    label="Rekomendacja",
    opened="Przekazano do zatwierdzenia",
    label_of=_named,
    url=_url,
    describe=_described,
    frozen_text=_text,
    may_open=_may_open,
    closed=settle_approval,
    carriers=_carriers,
)
