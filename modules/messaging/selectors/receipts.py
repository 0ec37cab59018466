"""Receipts of what was sent: a message by its author, an answer by its recipient."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from modules.messaging.models import Answer, AnswerRequest
from modules.messaging.permissions import sees
from modules.messaging.selectors.inbox import has_received
from modules.messaging.selectors.messages import LEFT, messages_visible_to, with_content
from opium.errors import NotFound
from opium.polish import format_moment, format_size, plural
from opium.receipts import Receipt

if TYPE_CHECKING:
    from accounts.models import Person

_NUMBER_LENGTH = 12
READERS_OF_ALL = "osoby urzędu, które mogą przeglądać wysłane wiadomości"


def receipt_of_answer(actor: "Person", answer_id: UUID) -> Receipt:
    """Of one version of an answer, for those who gave it and those who see the message.

    Raises `NotFound`.
    """
    answer = (
        Answer.objects.select_related(
            "author",
            "delivery__message__sent_by",
            "delivery__message__answer_request",
            "delivery__unit",
            "delivery__person",
        )
        .prefetch_related("files__file")
        .filter(pk=answer_id)
        .first()
    )
    if answer is None:
        raise NotFound
    delivery, message = answer.delivery, answer.delivery.message
    is_recipient = has_received(actor, pk=delivery.pk)
    if not (is_recipient or sees(actor, message)):
        raise NotFound
    files = [f"{one.file.name} ({format_size(one.file.size)})" for one in answer.files.all()]
    sender = message.sent_by.display_name if message.sent_by else ""
    return Receipt(
        title=_title(answer),
        at=answer.sent_at,
        number=_number(answer.pk),
        by=answer.author.display_name,
        facts=Receipt.facts_of(
            ("Na wiadomość", message.subject),
            ("Od", sender),
            ("W imieniu", delivery.recipient_name),
            ("Podstawa", answer.entered_for(delivery.recipient_name)),
            ("Wersja", str(answer.version)),
            ("Termin", "po terminie" if answer.is_late else "w terminie"),
            ("Pliki", ", ".join(files)),
            ("Tekst", answer.text),
        ),
        seen_by=tuple(filter(None, (sender, READERS_OF_ALL, _own_side(answer)))),
        follows=(_after_entry if answer.ground else _after_answer)(answer, message.answer_request),
        url=delivery.url if is_recipient else f"/messaging/messages/{message.pk}",
    )


def _title(answer: Answer) -> str:
    if answer.version == 1:
        entered = "Wpisano odpowiedź w imieniu jednostki"
    else:
        entered = "Poprawiono odpowiedź wpisaną w imieniu jednostki"
    if answer.ground:
        return entered
    earlier = Answer.objects.filter(
        delivery=answer.delivery_id, version__lt=answer.version, ground=""
    )
    return "Wysłano poprawioną odpowiedź" if earlier.exists() else "Wysłano odpowiedź"


def _own_side(answer: Answer) -> str:
    unit = answer.delivery.unit
    return f"osoby jednostki {unit.short_name}" if unit is not None else ""


def _after_answer(answer: Answer, request: AnswerRequest) -> tuple[str, ...]:
    lock = answer.delivery.lock_in(request)
    until = f" do {format_moment(lock)}" if lock else ""
    correction = f"Odpowiedź możesz poprawić{until}; liczy się najnowsza wersja."
    if lock is not None and lock <= timezone.now():
        moment = format_moment(lock)
        correction = f"Odpowiedzi zamknięto {moment}; tej odpowiedzi nie można już poprawić."
    if answer.delivery.newest_id != answer.pk:
        correction = "Po tej wersji wysłano nowszą i to ona się liczy."
    return ("Nadawca widzi odpowiedź od razu. Nie trzeba niczego dosyłać e-mailem.", correction)


def _after_entry(answer: Answer, request: AnswerRequest) -> tuple[str, ...]:
    """What the unit, which sent nothing, can still do about what was entered for it."""
    lock = answer.delivery.lock_in(request)
    moment = format_moment(lock) if lock else ""
    if answer.delivery.newest_id != answer.pk:
        own = "Nowsza wersja zastąpiła tę i to ona się liczy."
    elif lock is not None and lock <= timezone.now():
        own = f"Odpowiedzi zamknięto {moment}; jednostka nie może już wysłać własnej."
    else:
        until = f" do {moment}" if moment else ""
        own = f"Jednostka może wysłać własną odpowiedź{until}; wtedy liczy się jej odpowiedź."
    return ("System powiadamia o tej odpowiedzi osoby jednostki; widzą ją przy wiadomości.", own)


def receipt_of_message(actor: "Person", message_id: UUID) -> Receipt:
    """Of a message that has been sent, for those who see it. Raises `NotFound`."""
    visible = with_content(messages_visible_to(actor)).filter(LEFT)
    message = visible.filter(pk=message_id).first()
    if message is None or message.sent_at is None or message.sent_by is None:
        raise NotFound
    request: AnswerRequest | None = getattr(message, "answer_request", None)
    due = format_moment(request.due_at) if request and request.due_at else ""
    whom = plural(message.recipients, "adresat", "adresatów", "adresatów")
    return Receipt(
        title="Wysłano wiadomość",
        at=message.sent_at,
        number=_number(message.pk),
        by=message.sent_by.display_name,
        facts=Receipt.facts_of(
            ("Temat", message.subject),
            ("Do", whom),
            ("Termin odpowiedzi", due),
            ("Załączniki", ", ".join(one.file.name for one in message.attachments.all())),
        ),
        seen_by=(f"{whom}, każdy od chwili doręczenia", READERS_OF_ALL),
        follows=(
            "System doręcza wiadomość każdemu adresatowi i powiadamia go o niej.",
            *(
                ["Kto nie odpowie, dostanie przypomnienie, gdy naciśniesz „Ponaglij milczących”."]
                if request
                else []
            ),
        ),
        url=f"/messaging/messages/{message.pk}",
    )


def _number(pk: UUID) -> str:
    """The end of a UUIDv7 is drawn at random, so it tells one act of a city from any other."""
    end = pk.hex[-_NUMBER_LENGTH:].upper()
    return "-".join((end[:4], end[4:8], end[8:]))
