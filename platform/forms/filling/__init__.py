"""Filling a form: what a definition looks like over answers. Pure Python, no I/O."""

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

__all__ = [
    "Cell",
    "Drawn",
    "DrawnSection",
    "Facts",
    "FileFact",
    "Mistake",
    "Projection",
    "Row",
    "environment",
    "prefill",
    "project",
    "spoken",
]
