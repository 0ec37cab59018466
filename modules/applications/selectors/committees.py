"""The committees of calls: what their rules lack, and whoever looks at them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from accounts import scopes
from accounts import selectors as accounts
from accounts.scopes import Spot
from modules.applications.models import INTAKE, Call
from modules.applications.models.committees import CHAIR, Committee, Member
from modules.applications.models.rules import Rules
from modules.applications.permissions import Permission
from opium.errors import FieldError, NotFound
from opium.permissions import Actor, may
from procedures.permissions import Permission as Procedures
from procedures.selectors import definition_of, newest_or_none, stages_with_members
from procedures.selectors.panels import leads, panels_of_owners, panels_with

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Panel, ProcedureRevision

PLACE = "rules.committees"


@dataclass(frozen=True, slots=True)
class Seen:
    """A committee as somebody may look at it."""

    panel: "Panel"
    call: Call
    leads: bool
    """Whether they may say whose each application is: they run the call, or lead the committee."""


def committees_of(actor: Actor) -> list[Seen]:
    """Those that the actor oversees, and those of the calls that they run; the newest call first.

    A number of queries that stays.
    """
    runs = scopes.within(actor.reach(Permission.MANAGE_CALLS), kind="procedure")
    run = Call.objects.filter(runs)
    led = set(panels_with(actor, overseeing=True).values_list("pk", flat=True))
    mine = panels_of_owners(INTAKE, run.values("pk")) | panels_with(actor, overseeing=True)
    found = list(mine.distinct())
    calls = Call.objects.select_related("procedure", "edition").filter(
        pk__in={one.owner_id for one in found}
    )
    known = {one.pk: one for one in calls}
    seen = [
        Seen(one, known[one.owner_id], leads_here(actor, one, known[one.owner_id], led))
        for one in found
        if one.owner_id in known
    ]
    return sorted(seen, key=lambda one: (-one.call.year, one.call.sort_key, one.panel.name))


def leads_here(actor: Actor, panel: "Panel", call: Call, led: Collection[UUID]) -> bool:
    return may(actor, Permission.MANAGE_CALLS, call) or (panel.pk in led and leads(actor.pk, panel))


def committee_seen(actor: Actor, panel_id: UUID) -> Seen:
    """One of `committees_of`. Raises `NotFound`."""
    found = next((one for one in committees_of(actor) if one.panel.pk == panel_id), None)
    if found is None:
        raise NotFound
    return found


def lacks_of_committees(
    call: Call, rules: Rules, revision: "ProcedureRevision | None"
) -> Iterator[FieldError]:
    """What has to be put right in them before the call can be published; in order."""
    if not rules.committees:
        return
    scored = stages_with_members(definition_of(revision)) if revision is not None else {}
    people = _people(rules)
    for number, one in enumerate(rules.committees):
        for sentence in _lacks(one, scored, call, people):
            yield FieldError(f"{PLACE}.{number}", f"Komisja „{one.name}”: {sentence}")
    for one, other in combinations(rules.committees, 2):
        if one.meets(other):
            sentence = (
                f"Komisje „{one.name}” i „{other.name}” oceniałyby te same wnioski w tej samej "
                "funkcji. Podziel między nie tury albo usuń jedną."
            )
            yield FieldError(PLACE, sentence)


def scoring_functions(call: Call) -> dict[str, str]:
    """Function -> its name, of those that score in the call's procedure."""
    revision = call.revision or newest_or_none(call.procedure)
    if revision is None:
        return {}
    procedure = definition_of(revision)
    return {key: procedure.function_name(key) for key in stages_with_members(procedure)}


def _people(rules: Rules) -> "dict[UUID, Person]":
    ids = {member.person for one in rules.committees for member in one.members}
    found = list(accounts.active_people().filter(pk__in=ids))
    return {one.pk: one for one in accounts.with_rights(found)}


def _lacks(
    one: Committee, scored: dict[str, int], call: Call, people: "dict[UUID, Person]"
) -> Iterator[str]:
    if one.function not in scored:
        yield "w tej procedurze jej funkcja niczego nie ocenia. Wybierz inną."
    now = timezone.now()
    chairs = [member for member in one.members if member.part == CHAIR]
    if not chairs:
        yield "wskaż osobę, która przewodniczy."
    if any(a.overlaps(b, now) for a, b in combinations(chairs, 2)):
        yield "dwie osoby przewodniczą w tym samym czasie. Zostaw jedną albo rozdziel terminy."
    for a, b in combinations(one.members, 2):
        if a.person == b.person and a.overlaps(b, now):
            yield f"{a.name} jest w niej dwa razy w tym samym czasie. Zostaw jeden wpis."
    for member in one.members:
        yield from _lacks_of_member(member, call, people)
    for phase in one.phases:
        if phase.from_at is not None and phase.to_at is not None and phase.to_at <= phase.from_at:
            yield "okres oceny w ciemno kończy się, zanim się zacznie. Popraw jego daty."
        if not (phase.hides_applicant or phase.hides_members):
            yield "okres oceny w ciemno niczego nie ukrywa. Zaznacz, co ukryć, albo go usuń."
    yield from _lacks_of_numbers(one, scored.get(one.function, 0))


def _lacks_of_member(member: Member, call: Call, people: "dict[UUID, Person]") -> Iterator[str]:
    person = people.get(member.person)
    if person is None:
        yield f"{member.name or 'ta osoba'} nie ma już konta. Usuń ją z komisji."
        return
    if member.from_at is not None and member.to_at is not None and member.to_at <= member.from_at:
        yield f"{member.name}: udział kończy się, zanim się zacznie."
    spot = Spot(kind_id=call.procedure_id)
    if not may(person, Procedures.ACT_IN_CASE, spot):
        right = Procedures.ACT_IN_CASE.label
        yield f"{member.name} nie ma uprawnienia „{right}”. Nadaj rolę, która je daje."


def _lacks_of_numbers(one: Committee, quorum: int) -> Iterator[str]:
    scoring = len({member.person for member in one.members if member.part != "secretary"})
    if one.each_to is not None and one.each_to > scoring:
        yield f"każdy wniosek ma oceniać {one.each_to} osób, a ocenia w niej {scoring}."
    most = scoring if one.each_to is None else min(one.each_to, scoring)
    if most < quorum:
        yield f"procedura wymaga {quorum} ocen, a wniosek dostanie ich najwyżej {most}."
