"""What a draft still lacks: said once, here, for whoever sends it and for the screens."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from modules.messaging.models import AnswerRequest, Audience, Message
from opium.errors import FieldError


def missing_in(message: Message) -> list[FieldError]:
    """What has to be put right before the message can be sent, each with its field; in order.

    Reads its audience, attachments and request. Nothing of one that is no draft.
    """
    if message.state != Message.State.DRAFT:
        return []
    return list(_lacks(message))


def _lacks(message: Message) -> Iterator[FieldError]:
    if _is_nobody(message.audience):
        yield FieldError("audience", "Wybierz, do kogo wysłać wiadomość.")
    if not message.subject.strip():
        yield FieldError("subject", "Podaj temat wiadomości.")
    if not message.body.strip() and not message.attachments.all():
        yield FieldError("body", "Napisz treść albo dołącz plik.")
    request: AnswerRequest | None = getattr(message, "answer_request", None)
    if request is not None:
        yield from _lacks_of(request, timezone.now())


def _is_nobody(audience: Audience) -> bool:
    chosen = (audience.units, audience.kinds, audience.groups, audience.people)
    return not audience.all_units and not any(chosen)


def _lacks_of(request: AnswerRequest, now: datetime) -> Iterator[FieldError]:
    if not (request.wants_text or request.wants_files or request.wants_workbook):
        yield FieldError("answer_request", "Zaznacz, o co prosisz: tekst, pliki albo arkusz.")
    if request.wants_workbook and request.template_id is None:
        yield FieldError(
            "answer_request.template", "Dołącz arkusz i wskaż go jako arkusz do wypełnienia."
        )
    if request.due_at is not None and request.due_at <= now:
        yield FieldError("answer_request.due_at", "Termin odpowiedzi już minął.")
    if request.locks_at is not None and request.locks_at <= max(request.due_at or now, now):
        yield FieldError(
            "answer_request.locks_at",
            "Zamknięcie odpowiedzi musi być późniejsze niż termin odpowiedzi.",
        )
