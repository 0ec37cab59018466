"""The questions about calls and applications, limited to what the actor may see."""

from modules.applications.selectors.applications import (
    OWNER,
    STATES,
    CallFigures,
    PotLeft,
    StageCount,
    applications_of,
    figures_of_call,
    money_of,
    own_applications,
    with_counts,
)
from modules.applications.selectors.calls import (
    calls_matching,
    calls_visible_to,
    changes_of,
    editions_of,
    missing_in,
    questions_of,
    rules_of,
)
from modules.applications.selectors.openings import (
    Opening,
    Place,
    calls_known_to,
    openings_for,
    place_in,
)
from modules.applications.selectors.scenarios import (
    Played,
    fields_of,
    played,
    ranked_cases,
    recommendations_of,
    scenarios_of,
)

__all__ = [
    "OWNER",
    "STATES",
    "CallFigures",
    "Opening",
    "Place",
    "Played",
    "PotLeft",
    "StageCount",
    "applications_of",
    "calls_known_to",
    "calls_matching",
    "calls_visible_to",
    "changes_of",
    "editions_of",
    "fields_of",
    "figures_of_call",
    "missing_in",
    "money_of",
    "openings_for",
    "own_applications",
    "place_in",
    "played",
    "questions_of",
    "ranked_cases",
    "recommendations_of",
    "rules_of",
    "scenarios_of",
    "with_counts",
]
