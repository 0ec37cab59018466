"""What a procedure is: read from and written to its document (docs/procedures.md), pure.

`read(write(procedure)) == procedure`, and `write(read(document))` is the document with its absent
members written out. Nothing here knows kinds, forms or the database: see `procedures.checking`.
"""

from procedures.definition.faults import Fault, Unreadable
from procedures.definition.nouns import (
    APPLICANT,
    Applicant,
    Deadline,
    Effect,
    Function,
    Limits,
    Procedure,
    Stage,
    Transition,
)
from procedures.definition.understanding import FORMAT, read
from procedures.definition.writing import write

__all__ = [
    "APPLICANT",
    "FORMAT",
    "Applicant",
    "Deadline",
    "Effect",
    "Fault",
    "Function",
    "Limits",
    "Procedure",
    "Stage",
    "Transition",
    "Unreadable",
    "read",
    "write",
]
