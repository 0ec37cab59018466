from typing import TYPE_CHECKING, Literal

from procedures import selectors as procedures
from procedures.errors import ActionNotAvailable
from procedures.services import steps

if TYPE_CHECKING:
    from opium.permissions import Actor
    from procedures.models import Case, Event

Verdict = Literal["accept", "return"]
OUTCOMES: dict[Verdict, str] = {"accept": "approved", "return": "returned"}


def decide(
    *,
    actor: "Actor",
    case: "Case",
    verdict: Verdict,
    reason: str = "",
    version: int | None = None,
) -> "Event":
    """Accept the message as it stands, or give it back with a reason; nothing in it changes.

    Raises what `procedures.services.steps.perform` does.
    """
    definition = procedures.definition_of(case.revision)
    ways = definition.ways_from(case.stage, OUTCOMES[verdict])
    if not ways:
        raise ActionNotAvailable(sentence="W tym etapie akceptacji nie ma takiej czynności.")
    return steps.perform(actor=actor, case=case, action=ways[0].key, reason=reason, version=version)
