from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a procedure from being published, where, and what to do, in Polish."""

    path: str
    """Where in the document: `stages/2/deadline/days`; "" for the whole of it."""
    where: str
    """The same for a person: „Etap „Ocena formalna” › Termin”."""
    sentence: str
    stage: str = ""
    """The key of the stage that it is about; "" where it is about none."""

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


class Unreadable(Exception):
    """The document is not a procedure; `faults` says everything that is wrong with its shape."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
