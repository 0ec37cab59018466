"""The kinds of stages that code knows, one class in one file each."""

from procedures.kinds import (  # noqa: F401  # each declares itself
    acceptance,
    agreement,
    allocation,
    appeal,
    approval,
    closing,
    correction,
    decision,
    execution,
    formal_check,
    opinion,
    recommendation,
    scoring,
    settlement,
    submission,
)
from procedures.kinds.registry import (
    APPLICANT,
    ASKED,
    CHAIR,
    KINDS,
    Known,
    NotPossible,
    Press,
    Settlement,
    StageKind,
    State,
    Wait,
    after,
)

__all__ = [
    "APPLICANT",
    "ASKED",
    "CHAIR",
    "KINDS",
    "Known",
    "NotPossible",
    "Press",
    "Settlement",
    "StageKind",
    "State",
    "Wait",
    "after",
]
