"""Telling those who may be the second person, and the proposer what came of it."""

from typing import TYPE_CHECKING

from accounts import selectors as accounts
from accounts.permissions import Permission
from accounts.scopes import CITY
from notifications.registry import Kind
from notifications.services.telling import News, notify
from opium.permissions import SYSTEM
from opium.registry import in_console

if TYPE_CHECKING:
    from accounts.models import Motion, Person

SECOND = Kind(
    "accounts.motion",
    "Potwierdzenie drugiej osoby",
    "Gdy ktoś proponuje nowego administratora, sposób logowania albo zmianę logowania osoby "
    "o szerszych uprawnieniach i potrzeba drugiej osoby.",
)
DECIDED = Kind(
    "accounts.motion_end",
    "Decyzja drugiej osoby",
    "Gdy druga osoba zdecyduje o tym, co proponujesz, albo minie termin.",
)
_ENDS = {
    "confirmed": "Potwierdzono: {title}",
    "refused": "Odmówiono: {title}",
    "lapsed": "Minął termin, nikt nie potwierdził: {title}",
    "void": "Straciło ważność: {title}",
}


def tell_motion(motion: "Motion") -> None:
    """Tell everybody else who assigns roles in the whole city; once decided, the proposer."""
    if in_console():
        return
    if motion.is_open:
        sentence = f"{motion.proposer.display_name} prosi o potwierdzenie: {motion.title}"
        away = {motion.proposer_id, motion.person_id}
        holdings = accounts.who_may(SYSTEM, Permission.MANAGE_ROLES, (CITY, None))
        notify(
            _news(SECOND, one.person, motion, sentence)
            for one in holdings
            if one.person.pk not in away
        )
    elif motion.state in _ENDS:
        sentence = _ENDS[motion.state].format(title=motion.title)
        notify([_news(DECIDED, motion.proposer, motion, sentence)])


def _news(kind: Kind, person: "Person", motion: "Motion", sentence: str) -> News:
    return News(
        person=person,
        kind=kind.key,
        subject_id=motion.pk,
        title=sentence,
        url=f"/accounts/motions/{motion.pk}",
        letter_subject=sentence,
        letter_body=f"{sentence}.\n\nNa stronie:",
    )
