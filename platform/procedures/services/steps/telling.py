"""Telling people: on whom a case waits, where it went, how it ended."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from accounts import selectors as accounts
from notifications.registry import Channel, Kind
from notifications.services import News, notify
from opium.calendar import day_of
from opium.isolation import together
from opium.permissions import Reach, may
from opium.polish import format_date
from outbox.services import after_commit
from procedures import registry, seating
from procedures.kinds import APPLICANT
from procedures.models import Case, Event
from procedures.permissions import Permission
from procedures.rows import rows_of
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

NOTHING = registry.Besides()


def tell_later(event: Event) -> None:
    """Once this transaction has committed, tell those whom the step concerns."""
    after_commit("procedures.tell_event", str(event.pk))


def tell_of_effect(event: Event, who: str, sentence: str) -> None:
    """Once this transaction has committed, tell a function or the applicant that sentence."""
    after_commit("procedures.tell_effect", str(event.pk), who, sentence)


def tell_event(event: Event) -> None:
    """Those on whom the case waits since this step, and its applicant of where it went."""
    case, matter = event.case, _Matter.of(event.case)
    opened = todo.open_rows(OWNER, [case.pk]).filter(opened_in=event.number)
    waits = list(opened.select_related("person"))
    behind = todo.people_behind_each(waits)
    letters = [
        _Letter(person, partial(_waits, matter, waiting))
        for waiting in waits
        for person in behind[waiting.pk]
        if person.pk != event.actor_id
    ]
    told = {one.person.pk for one in letters} | {event.actor_id}
    if event.to_stage:
        moved = partial(_moved, matter, event)
        letters += [_Letter(one, moved) for one in applicants(case) if one.pk not in told]
    _tell(letters)


def tell_effect(event: Event, who: str, sentence: str) -> None:
    case, matter = event.case, _Matter.of(event.case)
    people = applicants(case) if who == APPLICANT else players(case, [who])[who]
    subject = uuid5(NAMESPACE_URL, f"{event.pk}:{who}:{sentence}")
    _tell(_Letter(one, partial(_news, matter, MOVED, subject, sentence)) for one in people)


def players(case: Case, functions: Collection[str]) -> "dict[str, list[Person]]":
    """Function -> who plays it for the case today, may act in it and is not excluded from it.

    Where a panel plays it, its members do. As many queries for many people as for one.
    """
    holders = accounts.holders_of_each(functions, case)
    accounts.ready_to_act(one for acting in holders.values() for one in acting)
    excluded = {who for _, who in rows_of(case).exclusions}
    benches = {one: seating.bench_of(case, one) for one in functions}
    found = {}
    for function, acting in holders.items():
        bench = benches[function]
        if bench is not None:
            people = bench.members
        else:
            people = [one.person for one in acting if may(one.actor, Permission.ACT_IN_CASE, case)]
        found[function] = [one for one in people if one.pk not in excluded]
    return found


def applicants(case: Case) -> "list[Person]":
    """The people of the applicant's side, by surname."""
    if case.unit_id is not None:
        return _people_of_unit(case.unit_id, case)
    return [case.applicant] if case.applicant is not None else []


def _people_of_unit(unit_id: UUID, case: Case) -> "list[Person]":
    people = accounts.people_within(_only(unit_id)).filter(is_active=True).order_by("sort_key")
    spot = Case(unit_id=unit_id, procedure_id=case.procedure_id)
    known = accounts.with_rights(list(people))
    return [one for one in known if may(one, Permission.OPEN_CASE, spot)]


def _only(unit_id: UUID) -> Reach:
    return Reach(units=frozenset({unit_id}))


@dataclass(frozen=True, slots=True)
class _Matter:
    """A case as people are told of it."""

    case: Case
    veil: seating.Veil | None

    @classmethod
    def of(cls, case: Case) -> "_Matter":
        return cls(case, seating.veil_over(case))

    def name_for(self, person: "Person") -> str:
        """What it is called to them: not by its applicant's title while that is hidden."""
        if self.veil is not None and person.pk in self.veil.people:
            return self.veil.nick
        return str(self.case)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What one person is to be told; written when their turn comes."""

    person: "Person"
    write: "Callable[[Person], News]"

    def __str__(self) -> str:
        return self.person.display_name


def _tell(letters: Iterable[_Letter]) -> None:
    """All at once; somebody who cannot be told keeps nobody else from it. Raises `SomeFailed`."""
    together(list(letters), lambda few: notify(one.write(one.person) for one in few))


def _waits(matter: _Matter, waiting: "Waiting", person: "Person") -> News:
    until = f" (termin: {_due(waiting)})" if waiting.due_at else ""
    told = registry.subject_of(matter.case.subject_kind)
    besides = told.letter(matter.case, person) if told is not None else registry.Besides()
    return _news(matter, WAITS, waiting.pk, f"{waiting.what}{until}", person, besides=besides)


def _moved(matter: _Matter, event: Event, person: "Person") -> News:
    case = matter.case
    end = "" if case.is_open else f" ({case.get_meaning_display()})"
    where = event.to_public_name or event.to_name
    return _news(matter, MOVED, event.pk, f"{where}{end}", person)


def _news(  # noqa: PLR0917  # what one letter says
    matter: _Matter,
    kind: str,
    subject: UUID,
    sentence: str,
    person: "Person",
    besides: registry.Besides = NOTHING,
) -> News:
    case, name = matter.case, matter.name_for(person)
    title = f"{name}: {sentence}"[:400]
    more = f"{besides.text}\n\n" if besides.text else ""
    return News(
        person=person,
        kind=kind,
        subject_id=subject,
        title=title,
        link=besides.link,
        url=registry.url_of(case),
        letter_subject=title,
        letter_body=f"{case.procedure.name}\n{name}\n\n{sentence}\n\n{more}Sprawa w systemie:",
    )


def _due(waiting: "Waiting") -> str:
    return format_date(day_of(waiting.due_at)) if waiting.due_at else "bez terminu"
