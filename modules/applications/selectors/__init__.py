"""The questions about calls and applications, limited to what the actor may see."""

from modules.applications.selectors.applications import (
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
from modules.applications.selectors.scoring import Scoring, scorings_of

__all__ = [
    "STATES",
    "CallFigures",
    "Opening",
    "Place",
    "PotLeft",
    "Scoring",
    "StageCount",
    "applications_of",
    "calls_known_to",
    "calls_matching",
    "calls_visible_to",
    "changes_of",
    "editions_of",
    "figures_of_call",
    "missing_in",
    "money_of",
    "openings_for",
    "own_applications",
    "place_in",
    "questions_of",
    "rules_of",
    "scorings_of",
    "with_counts",
]
