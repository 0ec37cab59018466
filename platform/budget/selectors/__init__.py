"""What other rooms and the API may ask of the budget."""

from budget.selectors.figures import (
    Figures,
    KindFigures,
    YearFigures,
    figures_by_unit_kind,
    figures_by_year,
    figures_of,
    total_of,
)
from budget.selectors.ledger import (
    Owner,
    entries_of,
    entries_visible_to,
    granted_to,
    held_by,
    owners_of,
)
from budget.selectors.pages import PotShown, shown
from budget.selectors.pots import (
    Fit,
    classifications_visible_to,
    disposers_of,
    left_in,
    may_dispose,
    missing_pots,
    pot_visible_to,
    pots_by_code,
    pots_matching,
    pots_visible_to,
    would_fit,
    years_by_code,
)

__all__ = [
    "Figures",
    "Fit",
    "KindFigures",
    "Owner",
    "PotShown",
    "YearFigures",
    "classifications_visible_to",
    "disposers_of",
    "entries_of",
    "entries_visible_to",
    "figures_by_unit_kind",
    "figures_by_year",
    "figures_of",
    "granted_to",
    "held_by",
    "left_in",
    "may_dispose",
    "missing_pots",
    "owners_of",
    "pot_visible_to",
    "pots_by_code",
    "pots_matching",
    "pots_visible_to",
    "shown",
    "total_of",
    "would_fit",
    "years_by_code",
]
