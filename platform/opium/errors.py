"""The ways a rule can say no. `api.errors` turns each into one HTTP status; nothing else does.

A refusal is a class next to its rule. Its `message` is a Polish sentence (what is wrong, where,
what to do); names in braces are filled from the keyword arguments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field of the input: its dotted path, and a Polish sentence about it."""

    field: str
    detail: str


class DomainError(Exception):
    code: ClassVar[str] = "error"
    message: ClassVar[str] = "Nie można wykonać tej czynności."

    def __init__(
        self, message: str | None = None, /, *, errors: Sequence[FieldError] = (), **facts: object
    ) -> None:
        super().__init__(message or self.message.format(**facts))
        self.errors = tuple(errors)


class Invalid(DomainError):
    """What was given cannot be accepted (422)."""

    code = "invalid"
    message = "Podane dane są nieprawidłowe. Popraw wskazane pola."


class Forbidden(DomainError):
    """The actor sees the subject but may not do this to it (403)."""

    code = "forbidden"
    message = "Nie masz uprawnienia do tej czynności. Poproś o nie administratora."


class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is (404)."""

    code = "not_found"
    message = "Nie ma takiej strony albo nie masz do niej dostępu."


class Conflict(DomainError):
    """The subject's state does not allow it, or somebody was faster (409)."""

    code = "conflict"
    message = "Tej czynności nie można teraz wykonać. Odśwież stronę i spróbuj ponownie."


class PreconditionRequired(DomainError):
    """A change says which version it is made from, and this one does not (428)."""

    code = "precondition_required"
    message = "Odśwież stronę i spróbuj ponownie."


class TooOften(DomainError):
    """It was tried too many times; it works again later (429)."""

    code = "too_often"
    message = "Zbyt wiele prób. Odczekaj chwilę i spróbuj ponownie."

    def __init__(
        self,
        message: str | None = None,
        /,
        *,
        errors: Sequence[FieldError] = (),
        retry_after: int | None = None,
        **facts: object,
    ) -> None:
        super().__init__(message, errors=errors, **facts)
        self.retry_after = retry_after
        """Seconds to wait, where they are known."""
