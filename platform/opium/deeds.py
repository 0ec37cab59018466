"""What can be done in the house, as the log names it: one deed for each service that writes.

A right says what let somebody in, a deed says what they did there. The log keeps both and can
never be corrected, so no two services share a deed, and looking never bears the name of doing.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Self


class Deed(StrEnum):
    """Base of each module's `Deed`: `<module>.<service>`, and the words in which the log says it.

    A member is written down by the service of its name and by no other. The words are a Polish
    noun with a capital letter, such as „Wysłanie wiadomości”. What the log called it before its
    service moved stands behind them, so that old entries are read and found with the new ones.
    """

    label: str
    formerly: tuple[str, ...]

    def __new__(cls, value: str, label: str, *formerly: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.formerly = formerly
        return member

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which the log has it."""
        return (str(self), *self.formerly)


def all_deeds() -> Iterator[Deed]:
    """Every deed of every installed module, in the order of their declaration."""
    return (member for kind in Deed.__subclasses__() for member in kind)
