"""A case on the desk: locked, with its stage, its kind, and everything that a kind may look at."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from accounts import selectors as accounts
from budget import selectors as budget
from budget.services import Subject
from forms import expressions, filling
from forms import selectors as forms
from opium.calendar import CITY_TIME, day_of
from opium.errors import NotFound
from opium.polish import format_money
from procedures import kinds, routing
from procedures.definition import Stage, Transition
from procedures.kinds import KINDS, Known, State
from procedures.kinds.registry import Ballot, Question, Score, amount, pots_of, whole
from procedures.models import Case, Exclusion, Opinion, Vote
from procedures.selectors.procedures import definition_of
from procedures.waits import OWNER
from units.selectors import homes_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import Person
    from forms.models import Sheet

APPLICATION = "application"
SCORED = "scored"


def locked(case: Case) -> Case:
    """The case as it stands now; whoever else wants to move it waits until this commits.

    Locked before it is joined: a join that was read before the wait would hide a case that was
    moved to another revision meanwhile. Raises `NotFound`.
    """
    hold([case.pk])
    whole = Case.objects.select_related(
        "revision", "procedure", "sheet__form", "sheet__revision", "applicant"
    )
    found = whole.filter(pk=case.pk).first()
    if found is None:
        raise NotFound
    return found


def hold(case_ids: Collection[UUID]) -> None:
    """Lock the cases, in the order of their ids, until the transaction ends."""
    cases = Case.objects.select_for_update(of=("self",)).filter(pk__in=case_ids)
    list(cases.order_by("pk").values_list("pk", flat=True))


class Desk:
    """One case in one transaction. Rows are read when they are asked for, and once."""

    def __init__(self, case: Case, link: Mapping[str, str] | None = None) -> None:
        self.case = case
        self.link = link or {}
        """What the address that the case was opened from says: answers to begin with."""
        self.procedure = definition_of(case.revision)
        self.now: datetime = timezone.now()

    @property
    def today(self) -> "date":
        return day_of(self.now.astimezone(CITY_TIME))

    @property
    def stage(self) -> Stage:
        return self.procedure.stage_by_key[self.case.stage]

    @property
    def kind(self) -> kinds.StageKind:
        return KINDS[self.stage.kind]

    @property
    def next_number(self) -> int:
        """The number of the event that is being written."""
        return self.case.version + 1

    @cached_property
    def state(self) -> State:
        """What the stage's kind may look at, as the rows stood when it was asked for first."""
        case, stage, kind = self.case, self.stage, self.kind
        here = {"case": case, "stage": case.stage, "round": case.round}
        votes = list(Vote.objects.filter(is_valid=True, **here).order_by("cast_in"))
        asked = Opinion.objects.filter(revoked_at=None, **here).order_by("asked_in")
        excluded = Exclusion.objects.filter(case=case, stage=case.stage, lifted_in=None)
        return State(
            stage=stage,
            ballots=tuple(
                Ballot(str(one.person_id), one.verdict, one.function)
                for one in votes
                if one.points is None
            ),
            scores=tuple(
                Score(str(one.person_id), one.points) for one in votes if one.points is not None
            ),
            questions=tuple(_question(one) for one in asked),
            excluded=frozenset(str(pk) for pk in excluded.values_list("person", flat=True)),
            members=tuple(str(one.pk) for one in self.members) if kind.has_members else (),
            authors=frozenset(str(pk) for pk in case.authors),
            facts=case.facts.get(case.stage, {}),
            requested=self.requested_at(stage),
            left={code: left for code, (_, left) in self._pots.items()},
            granted=self._granted,
        )

    @cached_property
    def members(self) -> "list[Person]":
        """Who plays the stage's function for this case today; `forget` when the stage changes."""
        return [one.person for one in accounts.holders_of(self.stage.function, self.case)]

    def own_people(self) -> set[UUID]:
        """Members who belong to the applicant's unit, or are the applicant: a conflict."""
        members = [one.pk for one in self.members]
        homes = homes_of(members) if self.case.unit_id else {}
        return {
            pk
            for pk in members
            if pk == self.case.applicant_id
            or any((one.kind, one.id) == ("unit", self.case.unit_id) for one in homes.get(pk, ()))
        }

    @cached_property
    def application(self) -> Mapping[str, Any]:
        """The submitted answers of the application; drop it after submitting (`forget`)."""
        return forms.submitted_answers(self.case.sheet) if self.case.sheet else {}

    def forget(self) -> None:
        """Read anew what a step has changed."""
        for name in ("application", "members", "state", "_pots", "_granted"):
            self.__dict__.pop(name, None)

    def forget_state(self) -> None:
        """Read anew what was written down of this stage."""
        self.__dict__.pop("state", None)

    def requested_at(self, stage: Stage) -> Decimal | None:
        """The answer to the question that the stage's parameter `requested` names."""
        key = stage.parameters.get("requested")
        given = self.application.get(str(key)) if key else None
        return amount(given) if isinstance(given, str | int) else None

    @property
    def subject(self) -> Subject:
        """The case as the ledgers of pots know it."""
        return Subject(OWNER, self.case.pk, self.case.unit_id)

    def budget_year(self, stage: Stage) -> int:
        """The year whose pots the stage draws on."""
        opened = day_of(self.case.opened_at.astimezone(CITY_TIME))
        return whole(stage, "year", opened.year)

    @cached_property
    def _pots(self) -> dict[str, tuple[str, Decimal]]:
        """Code -> name and what this case could be given, of the stage's pots that there are.

        What the case holds already is counted as left for it: granting anew takes it back first.
        """
        codes = pots_of(self.stage) if self.kind.draws_on_pots else ()
        if not codes or not self.case.is_open:
            return {}
        pots = budget.pots_of_year(codes, self.budget_year(self.stage))
        left = budget.left_in([pot.pk for pot in pots.values()])
        held = budget.held_by(OWNER, self.case.pk)
        free = {pk: one.reserved + one.free for pk, one in held.items()}
        return {
            code: (pot.name, left[pot.pk] + free.get(pot.pk, Decimal(0)))
            for code, pot in pots.items()
        }

    @cached_property
    def _granted(self) -> Decimal:
        if not self.kind.settles_grants or not self.case.is_open:
            return Decimal(0)
        return budget.granted_to(OWNER, self.case.pk)

    def surroundings(self) -> filling.Facts:
        """What expressions may know of the world: today, the unit, the tables of the city."""
        if self.case.sheet is None:
            return filling.Facts(today=self.today)
        definition = forms.definition_of(self.case.sheet.revision)
        return forms.facts_for(definition, self.application, self.case.unit_id)

    def names(self) -> routing.Names:
        """Every name that a condition of the procedure may use, with its value now."""
        case = self.case
        application = None
        if case.sheet is not None:
            definition = forms.definition_of(case.sheet.revision)
            application = routing.Filled(definition, self.application)
        return routing.names_of(
            self.procedure,
            application=application,
            officers=self._officers(),
            facts=case.facts,
            case={"runda": Decimal(case.round), "jednostka": case.unit_name or None},
            surroundings=self.surroundings(),
        )

    def _officers(self) -> dict[str, routing.Filled]:
        """Stage -> the newest submitted answers to its form."""
        sheets: dict[str, Sheet] = {}
        for sheet in forms.sheets_of(OWNER, [self.case.pk]):
            stage = sheet.purpose.split("/")[0]
            if stage in self.procedure.stage_by_key and sheet.purpose == self.purpose(stage):
                sheets[stage] = sheet
        versions = forms.newest_versions([sheet.pk for sheet in sheets.values()])
        return {
            stage: routing.Filled(
                forms.definition_of(versions[sheet.pk].revision), versions[sheet.pk].answers
            )
            for stage, sheet in sheets.items()
            if sheet.pk in versions
        }

    def purpose(self, stage: str, person: UUID | None = None) -> str:
        """What the sheet of the stage's newest round, or of one member in it, is for."""
        number = self.case.entered.get(stage, {}).get("round", 1)
        return f"{stage}/{number}" if person is None else f"{stage}/{number}/{person}"

    def way_on(self, outcome: str) -> Transition | None:
        """The way that the case takes on the outcome; the world is asked only for conditions."""
        ways = self.procedure.ways_from(self.stage.key, outcome)
        if not any(way.condition for way in ways):
            return ways[0] if ways else None
        return routing.way_on(
            self.procedure, self.stage.key, outcome, self.names, self.surroundings()
        )

    def button_on(self, outcome: str) -> tuple[Transition, str] | None:
        """What to press for the outcome, and what to write on it; None: nothing leaves on it."""
        ways = self.procedure.ways_from(self.stage.key, outcome)
        if not any(way.condition for way in ways):
            return (ways[0], ways[0].label) if ways else None
        return routing.button_on(
            self.procedure, self.stage, outcome, self.names, self.surroundings()
        )

    def known(self, asked: tuple[str, ...] = ()) -> Known:
        """What the questions of a press may offer to choose from; `asked`: the presser's own."""
        sections: tuple[tuple[str, str], ...] = ()
        if self.case.sheet is not None:
            definition = forms.definition_of(self.case.sheet.revision)
            sections = tuple((one.key, one.title) for one in definition.sections)
        names: dict[str, str] = {}
        if self.state.questions:
            rows = Opinion.objects.filter(pk__in=[id_of(one.key) for one in self.state.questions])
            names = {str(one.person_id or one.unit_id): one.whom for one in rows}
        pots = {
            code: f"Pula „{name}”: zostało {format_money(left)}."
            for code, (name, left) in self._pots.items()
        }
        return Known(sections, self.state.questions, names, asked, pots, self._granted)

    def value(self, expression: str) -> expressions.Value:
        """The value of an expression of the procedure."""
        return expressions.evaluate(routing.parsed(expression), self.names(), self.surroundings())


def key_of(pk: UUID) -> str:
    """An id as a key of a form: forms' keys begin with a letter."""
    return f"p{pk.hex}"


def id_of(key: str) -> UUID:
    return UUID(key.removeprefix("p"))


def _question(row: Opinion) -> Question:
    verdict = row.verdict if row.verdict in {"yes", "no"} else ""
    return Question(
        key=key_of(row.pk),
        whom=str(row.person_id or row.unit_id),
        is_unit=row.unit_id is not None,
        verdict=verdict,  # type: ignore[arg-type]  # a constraint of the table
    )
