"""The members of one JSON object, taken one by one; what is of the wrong kind becomes a fault."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from forms.definition.model import Fault
from forms.definition.places import Place
from forms.definition.storable import is_storable

MAX_TEXT = 10_000
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,10})?")
_MAX_COUNT = 10**12
_MAX_LIST = 1000


class Members:
    """Reads an object; every taker gives a value of its kind, whatever stands there."""

    def __init__(self, document: object, place: Place, faults: list[Fault]) -> None:
        self.place = place
        self._faults = faults
        self._left: dict[str, Any] = {}
        if isinstance(document, Mapping):
            self._left = {str(member): value for member, value in document.items()}
        else:
            faults.append(place.fault("Tu ma być obiekt z polami w nawiasach { }."))

    def fault(self, member: str, sentence: str) -> None:
        place = self.place.down(member) if member else self.place
        self._faults.append(place.fault(sentence))

    def nothing_else(self, sentence: str = "Nie znam takiego pola.") -> None:
        """Everything that nobody took is a fault: a mistyped member must not be lost in silence."""
        for member in self._left:
            self.fault(member, f"„{member[:60]}”: {sentence}")

    def take(self, member: str, absent: Any) -> Any:
        value = self._left.pop(member, None)
        return absent if value is None else value

    def text(self, member: str) -> str:
        value = self.take(member, "")
        if isinstance(value, str) and len(value) <= MAX_TEXT and is_storable(value):
            return value
        self.fault(member, f"Tu ma być tekst, najwyżej {MAX_TEXT} znaków.")
        return ""

    def one_of(self, member: str, known: Mapping[str, Any]) -> str:
        value = self.take(member, "")
        if isinstance(value, str) and value in known:
            return value
        self.fault(member, f"Nie znam typu „{str(value)[:60]}”. Typy: {', '.join(known)}.")
        return ""

    def flag(self, member: str) -> bool:
        value = self.take(member, absent=False)
        if not isinstance(value, bool):
            self.fault(member, "Tu ma być prawda albo fałsz.")
            return False
        return value

    def number(self, member: str, default: int) -> int:
        value = self.take(member, default)
        return value if isinstance(value, int) and not isinstance(value, bool) else -1

    def count(self, member: str) -> int | None:
        value = self.take(member, None)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_COUNT:
            return value
        self.fault(member, "Tu ma być liczba całkowita, nie mniejsza od zera.")
        return None

    def decimal(self, member: str) -> Decimal | None:
        value = self.take(member, None)
        if value is None or value == "":
            return None
        text = "" if isinstance(value, bool) else str(value)
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        self.fault(member, "Tu ma być liczba, np. 3000 albo 0.5.")
        return None

    def day(self, member: str) -> date | None:
        value = self.take(member, None)
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fault(member, "Tu ma być data, np. 2026-11-23.")
            return None

    def list(self, member: str) -> "list[Any]":
        value = self.take(member, [])
        if isinstance(value, list):
            return value
        self.fault(member, "Tu ma być lista w nawiasach [ ].")
        return []

    def texts(self, member: str) -> tuple[str, ...]:
        values = self.list(member)
        if len(values) <= _MAX_LIST and all(
            isinstance(value, str) and 0 < len(value) <= MAX_TEXT and is_storable(value)
            for value in values
        ):
            return tuple(values)
        self.fault(member, "Tu ma być lista niepustych tekstów.")
        return ()
