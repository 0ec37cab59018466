"""What is open for somebody: until when, how many are left, and why not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet, UUIDField, Value
from django.utils import timezone

from modules.applications.models import Call
from modules.applications.models.rules import Round, Rules, read
from modules.applications.permissions import Permission
from modules.applications.selectors.counting import (
    NOTHING,
    Used,
    overdue_reports,
    used_by_person,
    used_by_units,
)
from modules.directory import selectors as directory
from opium.permissions import SYSTEM, Actor, may
from opium.polish import format_second, plural
from procedures.permissions import Permission as Procedures
from procedures.selectors import definition_of
from units.selectors import units_of


@dataclass(frozen=True, slots=True)
class Place:
    """One applicant in one call; `sentence` says why not, or what is left."""

    unit_id: UUID | None
    """None for whoever applies for themselves."""
    name: str
    may: bool
    sentence: str
    round: str
    """The key of the round that is open, or comes next, or was last."""
    opens_at: datetime | None
    closes_at: datetime | None
    """The first moment when it is too late for this applicant."""
    limit: int | None
    used: Used

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(self.limit - self.used.all, 0)


@dataclass(frozen=True, slots=True)
class Opening:
    """A call as a card, with the applicants for whom the person acts."""

    call: Call
    rules: Rules
    noun: str
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit, or the person themselves (`unit_id` None), that may apply in a call."""

    unit_id: UUID | None
    name: str
    kind: str | None
    """The code of the unit's kind."""


def openings_for(actor: Actor) -> list[Opening]:
    """Calls that are open or will be for the actor's units, or for them; by closing date.

    A number of queries that stays, however many calls and units there are.
    """
    calls = list(_published(actor))
    if not calls:
        return []
    ids = [call.pk for call in calls]
    units = _units_of(actor)
    addressed = _addressed(calls, units)
    used = used_by_units(ids, units)
    own = used_by_person(ids, actor.pk)
    now = timezone.now()
    late = overdue_reports(units, actor.pk, now)
    found = []
    for call in calls:
        rules = _rules(call)
        candidates = addressed.get(call.pk, [])
        if not candidates:
            continue
        if _is_for_people(call):
            me = Candidate(None, actor.display_name, None)
            places = [
                judged(rules, me, own.get((call.pk, actor.pk), NOTHING), now, late.get(actor.pk, 0))
            ]
        else:
            places = [
                judged(
                    rules,
                    one,
                    used.get((call.pk, one.unit_id), NOTHING),
                    now,
                    late.get(one.unit_id, 0),
                )
                for one in candidates
            ]
        noun = definition_of(call.revision).noun if call.revision else ""
        found.append(Opening(call, rules, noun, places))
    return sorted(found, key=_by_closing)


def calls_known_to(actor: Actor) -> QuerySet[Call]:
    """Calls that were published, for whoever would apply: that they exist is no secret."""
    if not actor.reach(Procedures.OPEN_CASE):
        return Call.objects.none()
    calls = Call.objects.exclude(state=Call.State.DRAFT)
    return calls if actor.reach(Permission.MANAGE_CALLS) else calls.filter(is_test=False)


def place_in(actor: Actor, call: Call, unit_id: UUID | None, now: datetime) -> Place:
    """The same of one applicant in one call, at that moment; whose right it is is not asked."""
    rules = _rules(call)
    is_anothers_trial = call.is_test and not may(actor, Permission.MANAGE_CALLS, call)
    if call.state != Call.State.PUBLISHED or is_anothers_trial:
        return refused(rules, unit_id, f"Nabór „{call.announced_title}” nie przyjmuje wniosków.")
    if _is_for_people(call):
        if not _addressed([call], _units_of(actor)):
            return refused(
                rules, None, f"Nabór „{call.announced_title}” nie jest dla Twojej jednostki."
            )
        me = Candidate(None, actor.display_name, None)
        used = used_by_person([call.pk], actor.pk).get((call.pk, actor.pk), NOTHING)
        return judged(rules, me, used, now, overdue_reports([], actor.pk, now).get(actor.pk, 0))
    wanted = [unit_id] if unit_id is not None else []
    candidates = _addressed([call], wanted).get(call.pk, [])
    if not candidates:
        return refused(
            rules, unit_id, f"Nabór „{call.announced_title}” nie jest dla tej jednostki."
        )
    used = used_by_units([call.pk], wanted).get((call.pk, unit_id), NOTHING)
    late = overdue_reports(wanted, None, now).get(unit_id, 0)
    return judged(rules, candidates[0], used, now, late)


def is_addressed(call: Call, unit_id: UUID | None, applicant: Actor | None) -> bool:
    """Whether the call is today for the unit, or for a unit of whoever applies for themselves."""
    if unit_id is not None:
        return bool(_addressed([call], [unit_id]))
    return applicant is None or bool(_addressed([call], _units_of(applicant)))


def judged(  # what is known of one applicant in one call
    rules: Rules, candidate: Candidate, used: Used, now: datetime, late: int
) -> Place:
    """Whether one more may be begun now: the window first, then reports owed, then the limit."""
    one = current_round(rules, candidate.kind, now)
    closes_at = one.closing_for(candidate.kind) if one else None
    limit = (
        rules.limits.per_unit
        if candidate.unit_id is None
        else rules.limits.of_unit(candidate.unit_id, candidate.kind or "")
    )
    sentence = untimely(one, closes_at, now) or indebted(rules, late) or spent(limit, used)
    return Place(
        unit_id=candidate.unit_id,
        name=candidate.name,
        may=not sentence,
        sentence=sentence or _left(limit, used),
        round=one.key if one else "",
        opens_at=one.opens_at if one else None,
        closes_at=closes_at,
        limit=limit,
        used=used,
    )


def refused(rules: Rules, unit_id: UUID | None, sentence: str) -> Place:
    one = rules.rounds[0] if rules.rounds else None
    opens_at, closes_at = (one.opens_at, one.closes_at) if one else (None, None)
    key = one.key if one else ""
    return Place(unit_id, "", False, sentence, key, opens_at, closes_at, None, NOTHING)


def current_round(rules: Rules, kind: str | None, now: datetime) -> Round | None:
    """The round that is open for such an applicant; else the next one, else the last."""
    rounds = sorted(rules.rounds, key=lambda one: (one.opens_at is None, one.opens_at or now))
    for one in rounds:
        closes_at = one.closing_for(kind)
        if closes_at is None or now < closes_at:
            return one
    return rounds[-1] if rounds else None


def untimely(one: Round | None, closes_at: datetime | None, now: datetime) -> str:
    """Why it is too early or too late, with the server's time; "" where it is neither."""
    if one is None:
        return "Ten nabór nie ma jeszcze terminu."
    if one.opens_at is not None and now < one.opens_at:
        return f"Nabór zacznie się {format_second(one.opens_at)}."
    if closes_at is not None and now >= closes_at:
        return (
            f"Nabór zakończył się {format_second(closes_at)}. "
            f"Według zegara serwera jest {format_second(now)}."
        )
    return ""


def indebted(rules: Rules, late: int) -> str:
    """Why a report that is overdue keeps from applying; "" where it does not, or is none."""
    if not late or not rules.blocks_overdue:
        return ""
    reports = plural(late, "zaległe sprawozdanie", "zaległe sprawozdania", "zaległych sprawozdań")
    return f"Najpierw złóż to, co zaległe: {reports} z wcześniejszych naborów."


def spent(limit: int | None, used: Used) -> str:
    """Why there can be no more; "" where there can."""
    if limit is None or used.all < limit:
        return ""
    drafts = f", w tym {plural(used.drafts, 'szkic', 'szkice', 'szkiców')}" if used.drafts else ""
    return f"Wykorzystano już cały limit ({used.all} z {limit}{drafts})."


def _left(limit: int | None, used: Used) -> str:
    if limit is None:
        return "Bez limitu wniosków."
    return f"Zostało {limit - used.all} z {limit}."


def _published(actor: Actor) -> QuerySet[Call]:
    """Calls that take applications; a trial is seen by whoever runs it."""
    calls = Call.objects.filter(state=Call.State.PUBLISHED)
    if not actor.reach(Permission.MANAGE_CALLS):
        calls = calls.filter(is_test=False)
    whole = calls.select_related("procedure", "edition", "revision").defer("procedure__draft")
    return whole.order_by("sort_key", "pk")


def _units_of(actor: Actor) -> list[UUID]:
    """The units in whose name the actor applies: an officer of the city, for their own alone."""
    reach = actor.reach(Procedures.OPEN_CASE)
    if not reach.everywhere:
        return list(reach.units)
    return [] if actor is SYSTEM else list(units_of(actor.pk).values_list("pk", flat=True))


def _addressed(calls: Sequence[Call], units: Collection[UUID]) -> dict[UUID, list[Candidate]]:
    """Call -> those of the units that its audience means today, in Polish order; one query."""
    if not units or not calls:
        return {}
    asked = [
        directory.units_addressed(**_rules(call).audience)
        .filter(pk__in=units)
        .order_by()
        .annotate(call=Value(call.pk, output_field=UUIDField()), kind_code=F("kind__code"))
        .values_list("call", "pk", "short_name", "kind_code", "sort_key")
        for call in calls
    ]
    first, *rest = asked
    rows = first.union(*rest, all=True) if rest else first
    found: dict[UUID, list[Candidate]] = {}
    for call, pk, name, kind, _ in sorted(rows, key=lambda row: row[4]):
        found.setdefault(call, []).append(Candidate(pk, name, kind))
    return found


def _rules(call: Call) -> Rules:
    """Those that hold; of a draft, those that are being worked on."""
    return call.edition.said if call.edition is not None else read(call.rules)


def _is_for_people(call: Call) -> bool:
    return call.revision is not None and definition_of(call.revision).applicant == "person"


def _by_closing(one: Opening) -> tuple[bool, datetime, str]:
    moments = [place.closes_at for place in one.places if place.closes_at is not None]
    is_any = any(place.may for place in one.places)
    return (not is_any, min(moments, default=timezone.now()), one.call.sort_key)
