"""What the views of forms share: how they read the query of an address."""

from typing import TypeVar

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

_T = TypeVar("_T", bound=str)
LARGEST = 2**31 - 1


class Asked:
    """The query parameters of a request; what is wrong raises DRF's `ValidationError`."""

    def __init__(self, request: Request) -> None:
        self._given = request.query_params

    def number(self, name: str) -> int:
        text = self._given.get(name, "")
        if not text.isascii() or not text.isdigit() or int(text[:11]) > LARGEST:
            raise ValidationError({name: "Podaj numer wersji."})
        return int(text)

    def number_or(self, name: str, word: str | None) -> int | None:
        """The number; None where it is left out, or is `word`."""
        text = self._given.get(name)
        return None if text in (None, "", word) else self.number(name)

    def one_of(self, name: str, choices: tuple[_T, ...]) -> _T:
        """One of the choices, the first where it is left out."""
        text = self._given.get(name, choices[0])
        for choice in choices:
            if choice == text:
                return choice
        raise ValidationError({name: f"Wybierz jedno z: {', '.join(choices)}."})
