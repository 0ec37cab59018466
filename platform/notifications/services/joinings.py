"""Telling people that they are asked into a place, and those who asked what came of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notifications.registry import Channel, Kind
from notifications.services.telling import News, notify
from opium.polish import format_moment
from opium.registry import in_console

if TYPE_CHECKING:
    from accounts.models import Joining, Person

ASKED = Kind(
    "accounts.joining",
    "Prośba o dołączenie",
    "Gdy ktoś prosi, żebyś dołączył(a) do jednostki.",
)
ENDED = Kind(
    "accounts.joining_end",
    "Koniec prośby o dołączenie",
    "Gdy prośba, na którą jeszcze nie ma Twojej odpowiedzi, przestaje czekać.",
    default=Channel.BELL,
)
ANSWERED = Kind(
    "accounts.joining_answer",
    "Odpowiedź na prośbę o dołączenie",
    "Gdy osoba, którą prosisz o dołączenie, zgodzi się, odmówi albo nie odpowie.",
)
_TO_ASKER = {
    "agreed": "{name}: zgoda na dołączenie do: {place}",
    "declined": "{name}: odmowa dołączenia do: {place}",
    "lapsed": "{name}: brak odpowiedzi na prośbę o dołączenie do: {place}",
    "void": "{name}: prośba o dołączenie do: {place} straciła ważność",
}
_TO_ASKED = {
    "withdrawn": "Wycofano prośbę o dołączenie do: {place}",
    "lapsed": "Minął termin prośby o dołączenie do: {place}",
    "void": "Prośba o dołączenie do: {place} straciła ważność",
}


def tell_joining(joining: "Joining") -> None:
    """Tell the person asked while it waits, and both sides what came of it."""
    if in_console():
        return
    if not joining.is_open:
        notify(_of_end(joining))
    elif joining.person is not None:
        question = _question(joining)
        notify([_news(ASKED, joining.person, joining, question, _letter(joining, question))])


def _of_end(joining: "Joining") -> Iterator[News]:
    outcome = joining.state
    words = {"name": joining.name, "place": joining.place}
    if outcome in _TO_ASKER:
        yield _news(ANSWERED, joining.asker, joining, _TO_ASKER[outcome].format(**words))
    if outcome in _TO_ASKED and joining.person is not None and joining.told_at is not None:
        yield _news(ENDED, joining.person, joining, _TO_ASKED[outcome].format(**words))


def _question(joining: "Joining") -> str:
    return f"{joining.asker.display_name} prosi, żebyś {joining.sentence}"


def _letter(joining: "Joining", question: str) -> str:
    return (
        f"{question}.\n\nNic się nie zmieni, dopóki się nie zgodzisz. Prośba czeka do "
        f"{format_moment(joining.expires_at)}; zgodę albo odmowę wybierzesz na stronie:"
    )


def _news(kind: Kind, person: "Person", joining: "Joining", title: str, letter: str = "") -> News:
    return News(
        person=person,
        kind=kind.key,
        subject_id=joining.pk,
        title=title,
        url="/accounts/people" if kind is ANSWERED else f"/accounts/joinings/{joining.pk}",
        letter_subject=title,
        letter_body=letter or f"{title}.\n\nNa stronie:",
    )
