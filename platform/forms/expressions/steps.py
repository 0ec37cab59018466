"""What the evaluation of expressions may cost, counted and not timed.

A step is a node of a tree that is looked at, or one value of a list that a name stands for: at
most one and a half microseconds. The same answers cost the same everywhere.
"""

from opium.errors import Invalid

MOST_STEPS = 500_000
"""Of one form over its answers, where nothing else is said: three quarters of a second. The ready
forms take up to 804 with their tables full."""


class TooManySteps(Invalid):
    """The reader can make the answers smaller; only the author can mend the rules."""

    code = "too_many_steps"
    message = (
        "Reguły wymagają tu więcej niż {most} kroków obliczeń, więc nie policzono ich do końca. "
        "Wpisane odpowiedzi zostają. Usuń zbędne wiersze tabel albo poproś autora formularza "
        "lub procedury o prostsze reguły."
    )


class Steps:
    """So many steps may still be taken."""

    def __init__(self, most: int = MOST_STEPS) -> None:
        self._most = most
        self.taken = 0

    def take(self, count: int) -> None:
        """Raise `TooManySteps` where this is more than is left."""
        self.taken += count
        if self.taken > self._most:
            raise self.refusal

    @property
    def is_spent(self) -> bool:
        return self.taken > self._most

    @property
    def refusal(self) -> TooManySteps:
        return TooManySteps(most=f"{self._most:,}".replace(",", "\u00a0"))
