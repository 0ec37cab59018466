from procedures.models.cases import Case, Event, Exclusion, Opinion, Vote
from procedures.models.classes import CaseClass, CaseSign, ClassYear
from procedures.models.letters import (
    Letter,
    LetterJob,
    LetterTemplate,
    LetterYear,
    TemplateRevision,
)
from procedures.models.panels import Allotment, Panel, Referral, Seat, Tie
from procedures.models.procedures import Procedure, ProcedureRevision

__all__ = [
    "Allotment",
    "Case",
    "CaseClass",
    "CaseSign",
    "ClassYear",
    "Event",
    "Exclusion",
    "Letter",
    "LetterJob",
    "LetterTemplate",
    "LetterYear",
    "Opinion",
    "Panel",
    "Procedure",
    "ProcedureRevision",
    "Referral",
    "Seat",
    "TemplateRevision",
    "Tie",
    "Vote",
]
