"""What is known of merging a message's answers before it is begun."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from files.selectors import reading_of
from modules.messaging.errors import TemplateMissing
from modules.messaging.models import AnswerRequest, Merge, Message
from modules.messaging.permissions import Permission
from modules.messaging.selectors.messages import newest_workbooks
from opium.permissions import Actor, require
from spreadsheets.template import Mode

if TYPE_CHECKING:
    from files.models import File

TEMPLATE_READING = "messaging.template"
"""The purpose for which templates are looked at."""


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """The mode that fits the template, None until it has been looked at."""

    mode: Mode | None
    is_looked_at: bool
    """Whether somebody has asked for a look: then `mode` or `failure` is there, or soon will be."""
    failure: str
    """Why the template cannot be merged, as a sentence."""
    workbooks: int
    """How many newest answers carry a workbook."""
    fresh: int
    """How many of these came after the last merge that was done has begun."""


def template_of(message: Message) -> "File":
    """What was sent out to be filled; decides nothing about rights. Raises `TemplateMissing`."""
    request = AnswerRequest.objects.select_related("template__file").filter(message=message).first()
    if request is None or request.template is None:
        raise TemplateMissing
    return request.template.file


def merge_proposal(actor: Actor, message: Message) -> MergeProposal:
    """What is known so far. Raises `TemplateMissing`, `MissingPermission`."""
    require(actor, Permission.SEND_MESSAGE, message)
    reading = reading_of(template_of(message), purpose=TEMPLATE_READING, about="")
    is_done = reading is not None and reading.state == reading.State.DONE
    done = Merge.objects.filter(message=message, state=Merge.State.DONE)
    last = done.aggregate(last=Max("created_at"))["last"]
    counted = newest_workbooks(message).aggregate(
        workbooks=Count("pk"),
        fresh=Count("pk", filter=Q(answer__sent_at__gt=last) if last else None),
    )
    return MergeProposal(
        mode=Mode(reading.outcome["mode"]) if reading is not None and is_done else None,
        is_looked_at=reading is not None and not (reading.is_over and reading.may_help_again),
        failure="" if reading is None or not reading.is_over else reading.failure,
        **counted,
    )
