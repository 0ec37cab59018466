"""Filling a form: what a definition looks like over answers. Pure Python, no I/O."""

from forms.filling.composites import accepted_as_shown, is_wordless
from forms.filling.facts import Facts, FileFact
from forms.filling.prefilling import prefill
from forms.filling.projecting import project
from forms.filling.projection import (
    Cell,
    Drawn,
    DrawnSection,
    Mistake,
    Projection,
    Row,
    environment,
)
from forms.filling.speaking import spoken
from forms.filling.statements import worded
from forms.filling.veiling import veiled_answers, veiled_projection

__all__ = [
    "Cell",
    "Drawn",
    "DrawnSection",
    "Facts",
    "FileFact",
    "Mistake",
    "Projection",
    "Row",
    "accepted_as_shown",
    "environment",
    "is_wordless",
    "prefill",
    "project",
    "spoken",
    "veiled_answers",
    "veiled_projection",
    "worded",
]
