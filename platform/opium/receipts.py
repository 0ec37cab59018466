"""The receipt of an official act: one shape for every room, drawn and printed by one screen."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, when by the server, under which number, who sees it now and what follows."""

    title: str
    at: datetime
    number: str
    """What the act is found by again, in words that somebody can read out."""
    by: str
    facts: tuple[Fact, ...]
    """What was handed in; an empty value is left out."""
    seen_by: tuple[str, ...]
    follows: tuple[str, ...]
    """What happens next, as sentences."""
    url: str
    """The screen of what the act was done to."""

    @classmethod
    def facts_of(cls, *pairs: tuple[str, str]) -> tuple[Fact, ...]:
        return tuple(Fact(label, value) for label, value in pairs if value)
