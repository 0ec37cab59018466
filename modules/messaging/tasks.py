"""Celery in: ids come, one service is called; each is safe to run twice."""

from datetime import datetime

from modules.messaging import services
from modules.messaging.models import Answer, Merge, Message
from opium.permissions import SYSTEM
from outbox.registry import CONTENT, task


def _not_delivered(message_id: str, *, sentence: str) -> str:
    told = f"Wiadomość nie dotarła do wszystkich. {sentence}"
    return services.note_trouble(message=_message(message_id), sentence=told)


def _not_reminded(message_id: str, *, sentence: str) -> str:
    told = f"Ponaglenie nie dotarło do wszystkich. {sentence}"
    return services.note_trouble(message=_message(message_id), sentence=told)


def _tried_again(message_id: str) -> None:
    services.settle_trouble(message=_message(message_id))


@task(
    Message.DELIVERING,
    label="Doręczanie wiadomości",
    on_given_up=_not_delivered,
    on_tried_again=_tried_again,
)
def deliver_message(message_id: str) -> None:
    message = Message.objects.filter(pk=message_id).first()
    if message is not None:  # else thrown away since its sending was undone
        services.deliver_message(actor=SYSTEM, message=message)


@task(
    "messaging.deliver_reminders",
    label="Doręczanie ponagleń",
    on_given_up=_not_reminded,
    on_tried_again=_tried_again,
)
def deliver_reminders(message_id: str) -> None:
    services.deliver_reminders(actor=SYSTEM, message=_message(message_id))


def _deadline_not_told(message_id: str, due_at: str, *, sentence: str) -> str:
    told = f"Nie wszyscy dowiedzieli się o nowym terminie ({due_at}). {sentence}"
    return services.note_trouble(message=_message(message_id), sentence=told)


def _told_again(message_id: str, _due_at: str) -> None:
    _tried_again(message_id)


@task(
    "messaging.tell_deadline",
    label="Powiadamianie o nowym terminie",
    on_given_up=_deadline_not_told,
    on_tried_again=_told_again,
)
def tell_deadline(message_id: str, due_at: str) -> None:
    services.tell_deadline(
        actor=SYSTEM, message=_message(message_id), due_at=datetime.fromisoformat(due_at)
    )


@task("messaging.check_workbook", label="Sprawdzanie arkusza z odpowiedzi", queue=CONTENT)
def check_workbook(answer_id: str) -> None:
    answer = Answer.objects.select_related("author", "delivery__message").get(pk=answer_id)
    services.check_workbook(actor=SYSTEM, answer=answer)


def _merge_given_up(merge_id: str, *, sentence: str) -> str:
    told = f"Scalanie zostało przerwane. {sentence}"
    return services.fail_merge(merge=_merge(merge_id), sentence=told)


def _merge_tried_again(merge_id: str) -> None:
    services.await_merge(merge=_merge(merge_id))


@task(
    Merge.WORK,
    label="Scalanie odpowiedzi",
    lease=900,
    queue=CONTENT,
    on_given_up=_merge_given_up,
    on_tried_again=_merge_tried_again,
)
def merge_answers(merge_id: str) -> None:
    services.run_merge(actor=SYSTEM, merge=_merge(merge_id))


def _message(message_id: str) -> Message:
    return Message.objects.get(pk=message_id)


def _merge(merge_id: str) -> Merge:
    return Merge.objects.select_related("message").get(pk=merge_id)
