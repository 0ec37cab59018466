"""A letter read before it is issued: no number is drawn, nothing is kept."""

from typing import TYPE_CHECKING

from django.utils import timezone

from documents import letters
from files.services import read_chunks
from opium.calendar import day_of
from opium.permissions import Actor, require
from procedures.permissions import Permission
from procedures.selectors.issuing import require_issuer
from procedures.services.correspondence.entrusted import newest_of
from procedures.services.correspondence.values import values_of

if TYPE_CHECKING:
    from procedures.models import Case, LetterTemplate


def preview_letter(*, actor: Actor, case: "Case", template: "LetterTemplate") -> list[str]:
    """What the letter would say if it were issued now, paragraph by paragraph.

    Raises what `issue_letter` raises, and the refusals of `documents` for a template that cannot be
    filled: whoever looks first draws no number for a letter that fails.
    """
    require(actor, Permission.ACT_IN_CASE, case)
    require_issuer(actor, case, template)
    values = values_of([case])[case.pk].of_letter(
        number=None, day=day_of(timezone.now()), actor_name=actor.display_name
    )
    content = b"".join(read_chunks(newest_of(template).file))
    return letters.read_through(content, values)
