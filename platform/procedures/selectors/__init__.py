"""The questions of procedures, limited to what the actor may see."""

from procedures.published import definition_of
from procedures.selectors.beginning import Beginning, beginnings_for
from procedures.selectors.checking import FormsUsed, faults_of, forms_used, problems_of
from procedures.selectors.consequences import Effects, Group, effects_of, effects_on, running
from procedures.selectors.panels import panel_of
from procedures.selectors.procedure_list import (
    EffectNamed,
    FunctionState,
    counts_cases,
    differences_between,
    draft_of,
    effects_for,
    functions_of,
    kinds_for,
    newest_or_none,
    newest_revision,
    newest_revisions,
    procedures_made_by,
    procedures_matching,
    procedures_visible_to,
    revision_of,
    revisions_of,
    with_counts,
)
from procedures.selectors.ranked import Rankable, matters_of, rankable
from procedures.selectors.scoring import scored_by, stages_with_members
from procedures.selectors.simulating import Step, Walk, walk
from procedures.selectors.starting import Start, grants_money, start_for, start_of

__all__ = [
    "Beginning",
    "EffectNamed",
    "Effects",
    "FormsUsed",
    "FunctionState",
    "Group",
    "Rankable",
    "Start",
    "Step",
    "Walk",
    "beginnings_for",
    "counts_cases",
    "definition_of",
    "differences_between",
    "draft_of",
    "effects_for",
    "effects_of",
    "effects_on",
    "faults_of",
    "forms_used",
    "functions_of",
    "grants_money",
    "kinds_for",
    "matters_of",
    "newest_or_none",
    "newest_revision",
    "newest_revisions",
    "panel_of",
    "problems_of",
    "procedures_made_by",
    "procedures_matching",
    "procedures_visible_to",
    "rankable",
    "revision_of",
    "revisions_of",
    "running",
    "scored_by",
    "stages_with_members",
    "start_for",
    "start_of",
    "walk",
    "with_counts",
]
