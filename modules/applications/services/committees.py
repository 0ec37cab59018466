"""What follows from a call's committees: their seats, and what their people are told."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from accounts import selectors as accounts
from modules.applications.models import INTAKE, Application, Call, CallEdition
from modules.applications.models.committees import PARTS, Committee, Member
from modules.applications.models.rules import Rules
from notifications.registry import Kind
from notifications.services import News, notify
from opium.permissions import Actor
from opium.polish import format_second
from procedures.services.entrusted.panels import (
    Owner,
    PanelSaid,
    PhaseSaid,
    SeatSaid,
    settle_panels,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accounts.models import Person

SEATED = "applications.seated"
Found = tuple[Committee, tuple[Member, ...]] | None
NEWS = Kind(
    SEATED,
    "Zmiana mojego udziału w komisji",
    "Powołano mnie do komisji naboru, zmieniono mój udział albo go zakończono.",
)


def owner_of(call: Call) -> Owner:
    return INTAKE, call.pk


def dated(rules: Rules, now: datetime) -> Rules:
    """The same rules in which what begins with the publication begins at that moment."""
    second = now.replace(microsecond=0)
    committees = tuple(
        replace(
            one,
            members=tuple(
                replace(member, from_at=member.from_at or second) for member in one.members
            ),
            phases=tuple(replace(phase, from_at=phase.from_at or second) for phase in one.phases),
        )
        for one in rules.committees
    )
    return replace(rules, committees=committees)


def follow(call: Call, before: CallEdition | None, *, by: Actor) -> None:
    """Seat the committees as the newest edition says, and tell whoever it concerns."""
    said = call.edition.said.committees if call.edition is not None else ()
    was = before.said.committees if before is not None else ()
    if not said and not was:
        return
    settle_panels(
        owner=owner_of(call),
        said=[_panel(one, call) for one in said],
        cases=list(Application.objects.filter(call=call).values_list("case", flat=True)),
    )
    _tell(by, call, was, said)


def _panel(one: Committee, call: Call) -> PanelSaid:
    return PanelSaid(
        key=one.key,
        name=one.name,
        function=one.function,
        kind_id=call.procedure_id,
        each_to=one.each_to,
        seats=[
            SeatSaid(member.person, member.part, member.from_at, member.to_at)
            for member in one.members
            if member.from_at is not None
        ],
        phases=[
            PhaseSaid(phase.from_at, phase.to_at, phase.hides_applicant, phase.hides_members)
            for phase in one.phases
            if phase.from_at is not None
        ],
    )


def _tell(by: Actor, call: Call, was: tuple[Committee, ...], said: tuple[Committee, ...]) -> None:
    """Tell each person whose seats in one of the committees have changed, but whoever did it."""
    older, newer = dict(_seats(was)), dict(_seats(said))
    changed = {
        key: newer.get(key)
        for key in {*older, *newer}
        if _plain(older.get(key)) != _plain(newer.get(key))
    }
    people = {
        one.pk: one
        for one in accounts.active_people().filter(pk__in={person for _, person in changed})
    }
    notify(
        _news(people[person], call, key, found, older.get((key, person)))
        for (key, person), found in sorted(changed.items(), key=str)
        if person in people and person != by.pk
    )


def _seats(
    committees: tuple[Committee, ...],
) -> "Iterator[tuple[tuple[str, UUID], tuple[Committee, tuple[Member, ...]]]]":
    for one in committees:
        for person in {member.person for member in one.members}:
            mine = tuple(member for member in one.members if member.person == person)
            yield (one.key, person), (one, mine)


def _plain(found: Found) -> object:
    return None if found is None else (found[0].name, found[1])


def _news(person: "Person", call: Call, key: str, found: Found, before: Found) -> News:
    if found is None:
        name = before[0].name if before is not None else key
        sentence = f"Nie jesteś już w komisji „{name}”"
    else:
        one, mine = found
        sentence = f"Komisja „{one.name}”: " + "; ".join(_told(member) for member in mine)
    title = f"{call.announced_title}: {sentence}"[:400]
    return News(
        person=person,
        kind=SEATED,
        subject_id=_subject(call.edition.pk if call.edition is not None else call.pk, key),
        title=title,
        url="/applications/scoring",
        letter_subject=title,
        letter_body=f"{call.announced_title}\n\n{sentence}.\n\nOcena wniosków w systemie:",
    )


def _subject(edition: UUID, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{edition}:{key}")


def news_of(editions: "Sequence[CallEdition]") -> list[UUID]:
    """About what people were told of the committees of a call in these, all its editions."""
    keys = {one.key for edition in editions for one in edition.said.committees}
    return [_subject(edition.pk, key) for edition in editions for key in keys]


def _told(member: Member) -> str:
    since = f" od {format_second(member.from_at)}" if member.from_at is not None else ""
    until = f" do {format_second(member.to_at)}" if member.to_at is not None else ""
    return f"{PARTS[member.part]}{since}{until}"


def settled(rules: Rules, edition: CallEdition | None) -> Rules:
    """The same rules with the names that their people bear today, and the seats that go on.

    A seat that is said without its beginning, of somebody who sits in the committee as the edition
    has it, is that one. One that has ended is never opened again: they sit anew.

    Who leaves a committee keeps their scores: those given in the round that runs count in it to its
    end, of a committee that another has replaced too.
    """
    ids = {member.person for one in rules.committees for member in one.members}
    if not ids:
        return rules
    names = {one.pk: one.display_name for one in accounts.active_people().filter(pk__in=ids)}
    now = timezone.now()
    begun: dict[tuple[str, UUID], datetime | None] = {}
    for one in edition.said.committees if edition is not None else ():
        for member in one.members:
            if member.to_at is None or member.to_at > now:
                begun[one.key, member.person] = member.from_at
    committees = tuple(
        replace(
            one,
            members=tuple(
                replace(
                    member,
                    name=names.get(member.person, member.name),
                    from_at=member.from_at or begun.get((one.key, member.person)),
                )
                for member in one.members
            ),
        )
        for one in rules.committees
    )
    return replace(rules, committees=committees)
