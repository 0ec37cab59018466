"""Whether a new matter may be opened now, for whom, and how many."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from accounts.scopes import Spot
from budget import selectors as budget
from forms import expressions, filling
from forms import selectors as forms
from forms.definition import Definition
from opium.calendar import CITY_TIME
from opium.permissions import SYSTEM, WHOLE_CITY, Actor, require
from opium.polish import format_moment, plural
from procedures import models, registry
from procedures.definition import Applicant, Limits, Procedure
from procedures.kinds import KINDS
from procedures.kinds.registry import pots_of, whole
from procedures.models import Case, ProcedureRevision
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.routing import parsed
from procedures.selectors.procedure_list import newest_or_none

AS_MUCH_AS_ONE_LIKES = None


@dataclass(frozen=True, slots=True)
class Start:
    """Whether a matter may be opened; `sentence` says why not, or what is left."""

    may: bool
    sentence: str = ""
    limit: int | None = AS_MUCH_AS_ONE_LIKES
    """How many matters the unit (or the person) may have."""
    used: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """The first moment when it is too late."""
    revision: ProcedureRevision | None = None
    applicant: Applicant = "unit"


def start_for(actor: Actor, procedure: models.Procedure, *, unit_id: UUID | None = None) -> Start:
    """What the screen tells before anything is opened. Raises `MissingPermission`.

    A matter of a unit asks for the right to open it there; how many another unit has is not told.
    """
    newest = newest_or_none(procedure)
    applicant = definition_of(newest).applicant if newest is not None else "unit"
    if unit_id is not None:
        require(actor, Permission.OPEN_CASE, Spot(unit_id=unit_id))
    else:
        subject = WHOLE_CITY if applicant == "office" else None
        require(actor, Permission.OPEN_CASE, subject)
    person = actor.pk if applicant == "person" and actor is not SYSTEM else None
    return start_of(procedure, unit_id=unit_id, person_id=person)


def start_of(
    procedure: models.Procedure,
    *,
    unit_id: UUID | None = None,
    person_id: UUID | None = None,
    at: datetime | None = None,
    taken: ProcedureRevision | None = None,
) -> Start:
    """Every limit of the newest revision, judged at one moment (GRA-01, 02, 08 of domain.md 6.5).

    `taken` is the revision of a module that takes the matter in by dates, limits and pots of its
    own; elsewhere a procedure that is taken in so opens nothing.

    Whose right it is to open is not asked here. It locks nothing: whoever opens a matter asks
    under a lock of the procedure, so that two at once cannot both be the last.
    """
    now = at or timezone.now()
    revision = taken or newest_or_none(procedure)
    if revision is None:
        return Start(may=False, sentence=f"Procedura „{procedure.name}” nie jest jeszcze wydana.")
    definition = definition_of(revision)
    limits = definition.limits
    if taken is not None:
        limits = Limits(test_of_overdue=limits.test_of_overdue, reference_day=limits.reference_day)
    start = Start(
        may=True,
        opens_at=moment_of(limits.opens_at),
        closes_at=moment_of(limits.closes_at, is_end=True),
        revision=revision,
        applicant=definition.applicant,
    )
    elsewhere = "" if taken is not None else registry.taken_in().get(procedure.pk, "")
    sentence = elsewhere or _untimely(procedure, start, now)
    if taken is None and not sentence:
        sentence = _without_money(definition, now)
    if sentence:
        return replace(start, may=False, sentence=sentence)
    if unit_id is None and person_id is None:
        return start
    return _within_limits(procedure, limits, start, now, Owner(unit_id, person_id))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose matters are counted."""

    unit_id: UUID | None
    person_id: UUID | None

    @property
    def cases(self) -> Q:
        if self.unit_id is not None:
            return Q(unit_id=self.unit_id)
        return Q(unit_id=None, applicant=self.person_id)


def _untimely(procedure: models.Procedure, start: Start, now: datetime) -> str:
    if procedure.is_archived:
        return f"Procedura „{procedure.name}” jest w archiwum i nie przyjmuje nowych spraw."
    return untimely(start.opens_at, start.closes_at, now)


def untimely(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """Why it is too early or too late; "" where it is neither."""
    if opens_at is not None and now < opens_at:
        return f"Nabór zacznie się {format_moment(opens_at)}."
    if closes_at is not None and now >= closes_at:
        return f"Nabór zakończył się {format_moment(closes_at)}."
    return ""


def grants_money(definition: Procedure) -> bool:
    """Whether any of its stages draws on pots."""
    return any(KINDS[one.kind].draws_on_pots and pots_of(one) for one in definition.stages)


def _without_money(definition: Procedure, now: datetime) -> str:
    """Why nothing could be granted in a matter that began now; "" where every pot is there."""
    codes: dict[int, list[str]] = {}
    for stage in definition.stages:
        if KINDS[stage.kind].draws_on_pots:
            year = whole(stage, "year", now.astimezone(CITY_TIME).year)
            codes.setdefault(year, []).extend(pots_of(stage))
    for year, named in codes.items():
        missing = budget.missing_pots(named, year) if named else []
        if missing:
            names = ", ".join(f"„{code}”" for code in missing)
            return (
                f"W budżecie na {year} r. nie ma jeszcze puli {names}, z której ta procedura "
                "przyznaje środki. Poproś wydział o jej założenie."
            )
    return ""


def _within_limits(
    procedure: models.Procedure, limits: Limits, start: Start, now: datetime, owner: Owner
) -> Start:
    of_this_call = ~Q(meaning=Case.Meaning.WITHDRAWN)
    if start.opens_at is not None:
        of_this_call &= Q(opened_at__gte=start.opens_at)
    is_open = Q(state=Case.State.OPEN)
    counted = Case.objects.filter(owner.cases, procedure=procedure, is_trial=False)
    counts = counted.aggregate(
        used=Count("pk", filter=of_this_call),
        otwarte=Count("pk", filter=is_open),
        zalegle=Count("pk", filter=is_open & Q(ball_side=Case.Side.APPLICANT, due_at__lt=now)),
    )
    names: dict[expressions.Name, expressions.Value] = {
        ("sprawy", name): Decimal(counts[name]) for name in ("otwarte", "zalegle")
    }
    day = limits.reference_day
    asked = forms.Answered(
        Definition(),
        {},
        owner.unit_id,
        reference=date.fromisoformat(day) if day else None,
        rules=tuple(parsed(one) for one in (limits.per_unit, limits.test_of_overdue) if one),
    )
    [facts] = forms.facts_of_many([asked], today=now.astimezone(CITY_TIME).date())
    if limits.test_of_overdue and expressions.holds(parsed(limits.test_of_overdue), names, facts):
        late = plural(counts["zalegle"], "zaległa sprawa", "zaległe sprawy", "zaległych spraw")
        sentence = f"Najpierw trzeba załatwić to, co zaległe ({late})."
        return replace(start, may=False, sentence=sentence, used=counts["used"])
    return _counted(start, _limit(limits.per_unit, names, facts), counts["used"])


def _limit(
    text: str, names: dict[expressions.Name, expressions.Value], facts: filling.Facts
) -> int | None:
    value = expressions.evaluate(parsed(text), names, facts) if text else None
    if not isinstance(value, Decimal):
        return AS_MUCH_AS_ONE_LIKES
    return int(value.to_integral_value(ROUND_FLOOR))


def _counted(start: Start, limit: int | None, used: int) -> Start:
    if limit is AS_MUCH_AS_ONE_LIKES:
        return replace(start, used=used)
    if used >= limit:
        sentence = f"Wykorzystano już cały limit ({used} z {limit})."
        return replace(start, may=False, sentence=sentence, limit=limit, used=used)
    sentence = f"Wykorzystano {used} z {limit}."
    return replace(start, sentence=sentence, limit=limit, used=used)


def moment_of(text: str, *, is_end: bool = False) -> datetime | None:
    """A moment of Polish time; a bare day begins at midnight, and ends at the next one."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if is_end and len(text) == len("2026-11-15"):
        moment = datetime.combine(moment.date() + timedelta(days=1), time())
    return moment.replace(tzinfo=CITY_TIME)
