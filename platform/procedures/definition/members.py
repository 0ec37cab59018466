"""One object of a document, read member by member; every fault is kept, none is raised."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from procedures.definition.faults import Fault

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
FUNCTION = re.compile(r"[A-Za-z0-9_-]{1,60}")
LONGEST_TEXT = 2_000
T = TypeVar("T", bound=str)


class Members:
    """The members of one object. `close` finds fault with those that nobody asked for."""

    def __init__(
        self, found: object, *, path: str, where: str, faults: list[Fault], stage: str = ""
    ) -> None:
        self.path, self.where, self.stage = path, where, stage
        self._faults = faults
        self._asked: set[str] = set()
        self._found: Mapping[str, object] = {}
        if isinstance(found, dict):
            self._found = found
        else:
            self.fault("", "Tu powinien być obiekt z nazwanymi polami.")

    def fault(self, member: str, sentence: str) -> None:
        path = "/".join(part for part in (self.path, member) if part)
        self._faults.append(Fault(path, self.where, sentence, self.stage))

    def raw(self, member: str, default: object = None) -> object:
        self._asked.add(member)
        return self._found.get(member, default)

    def text(self, member: str, *, most: int = LONGEST_TEXT, default: str = "") -> str:
        found = self.raw(member, default)
        if not isinstance(found, str):
            self.fault(member, f"Pole „{member}” ma być tekstem.")
            return default
        if len(found) > most:
            self.fault(member, f"Pole „{member}” ma najwyżej {most} znaków.")
            return default
        return found

    def named(self, member: str, *, most: int = 200) -> str:
        """A text that may not be empty."""
        found = self.text(member, most=most)
        if member not in self._found or (
            isinstance(self._found[member], str) and not found.strip()
        ):
            self.fault(member, f"Pole „{member}” nie może być puste.")
        return found

    def key(self, member: str, *, may_be_empty: bool = False) -> str:
        found = self.text(member, most=60)
        if (found or not may_be_empty) and not KEY.fullmatch(found):
            self.fault(
                member,
                f"Pole „{member}” ma być kluczem: małe litery bez ogonków, cyfry "
                "i podkreślenia, najwyżej 60 znaków, na początku litera.",
            )
        return found

    def function(self, member: str, *, may_be_empty: bool = False) -> str:
        """The code of a function, as a city writes it on its screen of functions."""
        found = self.text(member, most=60)
        if (found or not may_be_empty) and not FUNCTION.fullmatch(found):
            self.fault(
                member,
                f"Pole „{member}” ma być kodem funkcji: litery bez ogonków, cyfry, łączniki "
                "i podkreślenia, najwyżej 60 znaków.",
            )
        return found

    def one_of(self, member: str, allowed: tuple[T, ...], default: T) -> T:
        found = self.raw(member, default)
        if found not in allowed:
            self.fault(member, f"Pole „{member}” ma być jednym z: {', '.join(allowed)}.")
            return default
        return found

    def flag(self, member: str) -> bool:
        found = self.raw(member, default=False)
        if not isinstance(found, bool):
            self.fault(member, f"Pole „{member}” ma być wartością tak albo nie.")
            return False
        return found

    def number(self, member: str, *, least: int, most: int) -> int | None:
        found = self.raw(member)
        if found is None:
            return None
        if not _is_whole(found) or not least <= cast("int", found) <= most:
            self.fault(member, f"Pole „{member}” ma być liczbą całkowitą od {least} do {most}.")
            return None
        return cast("int", found)

    def numbers(self, member: str, *, least: int, most: int) -> tuple[int, ...]:
        found = self.list(member)
        if not all(_is_whole(one) and least <= cast("int", one) <= most for one in found):
            self.fault(
                member, f"Pole „{member}” ma być listą liczb całkowitych od {least} do {most}."
            )
            return ()
        return tuple(cast("Sequence[int]", found))

    def texts(self, member: str) -> tuple[str, ...]:
        found = self.list(member)
        if not all(isinstance(one, str) and len(one) <= LONGEST_TEXT for one in found):
            self.fault(member, f"Pole „{member}” ma być listą tekstów.")
            return ()
        return tuple(cast("Sequence[str]", found))

    def list(self, member: str, *, most: int = 500) -> Sequence[object]:
        found = self.raw(member, [])
        if not isinstance(found, list):
            self.fault(member, f"Pole „{member}” ma być listą.")
            return []
        if len(found) > most:
            self.fault(member, f"Pole „{member}” ma najwyżej {most} pozycji.")
            return []
        return found

    def mapping(self, member: str) -> Mapping[str, Any]:
        found = self.raw(member, {})
        if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
            self.fault(member, f"Pole „{member}” ma być obiektem z nazwanymi polami.")
            return {}
        return found

    def within(self, member: str, where: str = "") -> "Members":
        """The object in the member; an absent one reads as an empty one."""
        place = " › ".join(part for part in (self.where, where) if part)
        return Members(
            self.raw(member, {}),
            path="/".join(part for part in (self.path, member) if part),
            where=place,
            faults=self._faults,
            stage=self.stage,
        )

    def each(self, member: str, *, most: int = 500) -> Iterator["Members"]:
        for index, found in enumerate(self.list(member, most=most)):
            path = "/".join(part for part in (self.path, member, str(index)) if part)
            yield Members(found, path=path, where=self.where, faults=self._faults, stage=self.stage)

    def close(self) -> None:
        for name in sorted(self._found.keys() - self._asked):
            self.fault(str(name), f"Nie ma pola „{name}”. Usuń je albo popraw jego nazwę.")

    def rest(self) -> Mapping[str, Any]:
        """The members that nobody asked for, where they are allowed."""
        return {name: self._found[name] for name in self._found if name not in self._asked}


def _is_whole(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool)
