"""Everything that filling a form may know from outside; whoever calls fetches it beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from forms.expressions import MOST_STEPS, Calendar, Grid, SchoolYear, Value


@dataclass(frozen=True, slots=True)
class FileFact:
    name: str
    size: int
    """In bytes."""


@dataclass(frozen=True)
class Facts:
    """`today` is the day in Warsaw; ids are strings."""

    today: date
    unit: Mapping[str, str] | None = None
    """The facts of the sheet's unit: name, short_name, kind, nip, … (definition.UNIT_FACTS)."""
    own: str = ""
    """The id of the sheet's unit; "" where it is nobody's."""
    tables: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """Of each table of units the row of the sheet's unit: numbers as Decimal."""
    dictionaries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of each dictionary the labels of its entries by their keys."""
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The facts of every unit that the answers name, by its id."""
    files: Mapping[str, FileFact] = field(default_factory=dict)
    """Every uploaded file that the answers name, by its id."""
    people: Mapping[str, str] = field(default_factory=dict)
    """The names of the people whom the answers name, by their ids."""
    grids: Mapping[str, Grid] = field(default_factory=dict)
    """The tables with keys that the rules look up, by their keys."""
    editions: Mapping[str, int] = field(default_factory=dict)
    """Which edition of each of them that is."""
    reference: date | None = None
    """The day that the form reckons from: of the call, or on which it was submitted; else today."""
    school: SchoolYear = field(default_factory=SchoolYear)
    """When the city's school years and semesters begin."""
    most_steps: int = MOST_STEPS
    """What the rules of a form may cost over one sheet."""

    @property
    def calendar(self) -> Calendar:
        """What the functions of days may know."""
        return Calendar(self.reference or self.today, self.school)
