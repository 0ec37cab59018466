from procedures.models.cases import Case, Event, Exclusion, Opinion, Vote
from procedures.models.classes import CaseClass, CaseSign, ClassYear
from procedures.models.letters import (
    Letter,
    LetterJob,
    LetterTemplate,
    LetterYear,
    TemplateRevision,
)
from procedures.models.panels import Allotment, Nick, Panel, Phase, Referral, Seat, Tie
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
    "Nick",
    "Opinion",
    "Panel",
    "Phase",
    "Procedure",
    "ProcedureRevision",
    "Referral",
    "Seat",
    "TemplateRevision",
    "Tie",
    "Vote",
]
