"""Celery in: ids come, one service is called; each is safe to run twice."""

from modules.messaging import services
from modules.messaging.models import Merge, Message
from opium.permissions import SYSTEM
from outbox.registry import task


@task("messaging.deliver_message")
def deliver_message(message_id: str) -> None:
    services.deliver_message(actor=SYSTEM, message=Message.objects.get(pk=message_id))


@task("messaging.deliver_reminders")
def deliver_reminders(message_id: str) -> None:
    services.deliver_reminders(actor=SYSTEM, message=Message.objects.get(pk=message_id))


@task("messaging.merge_answers", lease=900)
def merge_answers(merge_id: str) -> None:
    services.run_merge(actor=SYSTEM, merge=Merge.objects.get(pk=merge_id))
