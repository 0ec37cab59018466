"""Asking for a new file in place of one that could not be merged."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.messaging.deeds import Deed
from modules.messaging.errors import FileReplaced
from modules.messaging.models import Answer, Delivery, FileRequest, Merge
from modules.messaging.permissions import Permission
from modules.messaging.services import delivering, duties
from notifications import services as notifications
from notifications.registry import Kind
from notifications.services import News
from opium.errors import NotFound
from opium.permissions import require

if TYPE_CHECKING:
    from accounts.models import Person

WANTED_ANEW = Kind(
    "messaging.new_file",
    "Prośba o nowy plik",
    "Arkusza z odpowiedzi nie dało się scalić i nadawca prosi o nowy.",
)


@transaction.atomic
def ask_for_file(*, actor: "Person", merge: Merge, answer_id: UUID) -> FileRequest:
    """Ask whoever sent a file that the merge left out for a new one, and tell them why.

    Their answer is open for it from now on, whatever was closed, and no later than it was. Asked
    twice, it is asked once. Raises `NotFound` for an answer whose file the merge did take, and
    `FileReplaced` where there is a newer one.
    """
    require(actor, Permission.SEND_MESSAGE, merge.message)
    reason = _reason(merge, answer_id)
    answer = Answer.objects.filter(pk=answer_id, delivery__message=merge.message_id).first()
    if reason is None or answer is None:
        raise NotFound
    rows = Delivery.objects.select_related("message__sent_by", "unit", "person")
    delivery = rows.select_for_update(of=("self",)).get(pk=answer.delivery_id)
    if delivery.newest_id != answer.pk:
        raise FileReplaced(recipient=delivery.recipient_name)
    asked, is_new = FileRequest.objects.get_or_create(
        answer=answer,
        defaults={"reason": reason[:1000], "asked_by": actor, "asked_at": timezone.now()},
    )
    if not is_new:
        return asked
    audit.record(
        actor=actor,
        deed=Deed.ASK_FOR_FILE,
        right=Permission.SEND_MESSAGE,
        target=delivery,
        after={"version": answer.version, "reason": asked.reason},
    )
    duties.ask_for_file(delivery, asked)
    _tell(delivery, asked)
    return asked


def _reason(merge: Merge, answer_id: UUID) -> str | None:
    """Why the merge left the answer's file out; None where it did not."""
    reasons = {one["answer"]: f"{one['file']}: {one['reason']}" for one in merge.left_files}
    return reasons.get(str(answer_id))


def _tell(delivery: Delivery, asked: FileRequest) -> None:
    subject = delivery.message.subject
    title = f"Prośba o nowy plik: {subject}"
    notifications.notify(
        News(
            person=person,
            kind=WANTED_ANEW.key,
            subject_id=asked.pk,
            title=title,
            url=delivery.url,
            letter_subject=title,
            letter_body=f"Dzień dobry,\n\n{asked.asked_by.display_name} prosi o nowy plik "
            f"w odpowiedzi na wiadomość „{subject}”.\nAdresat: {delivery.recipient_name}.\n\n"
            f"Powód: {asked.reason}\n\n"
            "Nowy plik dołącz do odpowiedzi na stronie:",
        )
        for _, person in delivering.people_behind([delivery])
    )
