from procedures.models.cases import Case, Event, Exclusion, Opinion, Vote
from procedures.models.classes import CaseClass, CaseSign, ClassYear
from procedures.models.letters import (
    Letter,
    LetterJob,
    LetterTemplate,
    LetterYear,
    TemplateRevision,
)
from procedures.models.procedures import Procedure, ProcedureRevision

__all__ = [
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
    "Procedure",
    "ProcedureRevision",
    "TemplateRevision",
    "Vote",
]
