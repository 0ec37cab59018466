"""Telling people: on whom a case waits, where it went, how it ended."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from accounts import places
from accounts import selectors as accounts
from notifications.registry import Channel, Kind
from notifications.services import News, notify
from opium.calendar import day_of
from opium.permissions import Reach, may
from opium.polish import format_date
from outbox.services import after_commit
from procedures import registry
from procedures.kinds import APPLICANT
from procedures.models import Case, Event
from procedures.permissions import Permission
from procedures.waits import OWNER
from todo import selectors as todo

if TYPE_CHECKING:
    from accounts.models import Person
    from todo.models import Waiting

WAITS, MOVED = "procedures.case_waits", "procedures.case_moved"
KINDS_OF_NEWS = (
    Kind(WAITS, "Sprawa czeka na mnie", "Sprawa przeszła do mnie albo do pełnionej funkcji."),
    Kind(
        MOVED,
        "Sprawa poszła dalej",
        "Sprawa mojej jednostki albo moja jest w nowym etapie lub się zakończyła.",
        default=Channel.DIGEST,
    ),
)


def tell_later(event: Event) -> None:
    """Once this transaction has committed, tell those whom the step concerns."""
    after_commit("procedures.tell_event", str(event.pk))


def tell_of_effect(event: Event, who: str, sentence: str) -> None:
    """Once this transaction has committed, tell a function or the applicant that sentence."""
    after_commit("procedures.tell_effect", str(event.pk), who, sentence)


def tell_event(event: Event) -> None:
    """Those on whom the case waits since this step, and its applicant of where it went."""
    case = event.case
    opened = todo.open_rows(OWNER, [case.pk]).filter(opened_in=event.number)
    news = [
        one
        for waiting in opened.select_related("person")
        for one in _waits(case, waiting, todo.people_behind(waiting))
        if one.person.pk != event.actor_id
    ]
    told = {one.person.pk for one in news} | {event.actor_id}
    if event.to_stage:
        news += _moved(case, event, (one for one in applicants(case) if one.pk not in told))
    notify(news)


def tell_effect(event: Event, who: str, sentence: str) -> None:
    case = event.case
    people = applicants(case) if who == APPLICANT else players(case, who)
    subject = uuid5(NAMESPACE_URL, f"{event.pk}:{who}:{sentence}")
    notify(_news(case, person, MOVED, subject, sentence) for person in people)


def players(case: Case, function: str) -> "list[Person]":
    """Who plays the function for the case today and may act in it."""
    return [
        one.person
        for one in accounts.holders_of(function, case)
        if may(one.actor, Permission.ACT_IN_CASE, case)
    ]


def applicants(case: Case) -> "list[Person]":
    """The people of the applicant's side, by surname."""
    if case.unit_id is not None:
        return _people_of_unit(case.unit_id, case)
    return [case.applicant] if case.applicant is not None else []


def _people_of_unit(unit_id: UUID, case: Case) -> "list[Person]":
    people = places.people_within(_only(unit_id)).filter(is_active=True).order_by("sort_key")
    spot = Case(unit_id=unit_id, procedure_id=case.procedure_id)
    return [one for one in people if may(one, Permission.OPEN_CASE, spot)]


def _only(unit_id: UUID) -> Reach:
    return Reach(units=frozenset({unit_id}))


def _waits(case: Case, waiting: "Waiting", people: "Iterable[Person]") -> Iterable[News]:
    until = f" (termin: {_due(waiting)})" if waiting.due_at else ""
    told = registry.subject_of(case.subject_kind)
    return [
        _news(
            case,
            one,
            WAITS,
            waiting.pk,
            f"{waiting.what}{until}",
            besides=told.letter(case, one) if told is not None else "",
        )
        for one in people
    ]


def _moved(case: Case, event: Event, people: "Iterable[Person]") -> Iterable[News]:
    end = "" if case.is_open else f" ({case.get_meaning_display()})"
    where = event.to_public_name or event.to_name
    return [_news(case, one, MOVED, event.pk, f"{where}{end}") for one in people]


def _news(  # noqa: PLR0917  # what one letter says
    case: Case, person: "Person", kind: str, subject: UUID, sentence: str, besides: str = ""
) -> News:
    title = f"{case}: {sentence}"[:400]
    more = f"{besides}\n\n" if besides else ""
    return News(
        person=person,
        kind=kind,
        subject_id=subject,
        title=title,
        url=f"/procedures/cases/{case.pk}",
        letter_subject=title,
        letter_body=f"{case.procedure.name}\n{case}\n\n{sentence}\n\n{more}Sprawa w systemie:",
    )


def _due(waiting: "Waiting") -> str:
    return format_date(day_of(waiting.due_at)) if waiting.due_at else "bez terminu"
