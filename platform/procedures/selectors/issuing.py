"""Who may issue which official letters in a case now."""

from opium.permissions import Actor, may
from procedures.desk import Desk, Look
from procedures.errors import LetterNotYours
from procedures.kinds import APPLICANT, ASKED
from procedures.models import Case, LetterTemplate
from procedures.permissions import Permission
from procedures.selectors.case_list import case_visible_to
from procedures.standing import standing_of


def letters_offered(actor: Actor, look: Look, *, is_from_office: bool) -> list[str] | None:
    """Keys of the templates that the actor may issue in the case; None for every template.

    Whoever keeps the city's letters issues any of them. Others issue those that the stage names,
    as long as they play the function that decides in it: one that only scores decides nothing.
    """
    if not is_from_office or not may(actor, Permission.ACT_IN_CASE, look.case):
        return []
    standing = standing_of(actor)
    if standing is None or may(actor, Permission.MANAGE_LETTERS, look.case):
        return None
    if not look.case.is_open or not any(standing.hats(look.case, _deciding(look))):
        return []
    return list(look.stage.letters)


def require_issuer(actor: Actor, case: Case, template: LetterTemplate) -> None:
    """Raises `LetterNotYours` where the actor does not issue that letter in the case now.

    `NotFound` where they do not see the case.
    """
    seen = case_visible_to(actor, case.pk)
    offered = letters_offered(actor, Desk(seen).look(), is_from_office=seen.is_from_office)
    if offered is not None and template.key not in offered:
        raise LetterNotYours(name=template.name)


def _deciding(look: Look) -> tuple[str, ...]:
    """The functions of the office whose press leads the case out of the stage."""
    pressing = {
        function
        for code, outcome in look.kind.outcomes.items()
        if not outcome.is_automatic
        for function in look.kind.pressed_by(look.stage, code)
    }
    scoring = {look.stage.function} if look.kind.has_members else set()
    return tuple(sorted(pressing - scoring - {APPLICANT, ASKED, ""}))
