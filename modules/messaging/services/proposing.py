"""Which way of merging fits the template of a message: read in the background, for whoever asks."""

from typing import Any

from django.db import transaction

from files import services as files
from files.registry import Purpose, Source
from modules.messaging import selectors
from modules.messaging.models import Message
from modules.messaging.permissions import Permission
from opium.permissions import Actor, require
from spreadsheets import template
from spreadsheets.readers import Reader


def _read(source: Source) -> dict[str, Any]:
    with Reader() as reader:
        return {"mode": template.proposal(template.read_template(reader, source.path)).mode}


READING = Purpose(_read, ask=None)


@transaction.atomic
def look_at_template(*, actor: Actor, message: Message) -> selectors.MergeProposal:
    """Have the template looked at, once for all who ask; `selectors.merge_proposal` tells of it.

    Raises `TemplateMissing`.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    files.read_kept(file=selectors.template_of(message), purpose=selectors.TEMPLATE_READING)
    return selectors.merge_proposal(actor, message)
