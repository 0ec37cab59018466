"""Whether a document from outside can be kept as it is: JSON that PostgreSQL takes."""

import json
import math
from typing import Any

from forms.definition.storable import is_storable

LARGEST = 2_000_000
"""Bytes of a definition, or of all the answers of one sheet."""
DEEPEST = 40


def flaw(document: Any, *, largest: int = LARGEST) -> str:
    """Why it cannot be kept, as a Polish sentence; empty where it can."""
    sentence = _flaw(document, 0)
    if not sentence and len(json.dumps(document, ensure_ascii=False).encode()) > largest:
        return f"Treść jest za duża; może mieć najwyżej {largest // 1_000_000} MB."
    return sentence


def _flaw(part: Any, depth: int) -> str:
    if depth > DEEPEST:
        return "Treść jest zbyt głęboko zagnieżdżona."
    match part:
        case str():
            return "" if is_storable(part) else "Tekst zawiera znaki, których nie można zapisać."
        case float():
            return "" if math.isfinite(part) else "Liczba jest za duża."
        case dict():
            parts = (*part.keys(), *part.values())
        case list():
            parts = tuple(part)
        case _:
            return ""
    return next((found for one in parts if (found := _flaw(one, depth + 1))), "")
