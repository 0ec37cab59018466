"""A case on the desk, and a look at it: everything that the kind of its stage may look at."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.utils import timezone

from accounts import selectors as accounts
from budget import selectors as budget
from budget.services import Subject
from forms import expressions, filling
from forms import selectors as forms
from forms.definition import Definition
from invoices.selectors import is_waiting
from opium.calendar import CITY_TIME, day_of
from opium.errors import NotFound
from opium.polish import format_money
from procedures import kinds, registry, routing, seating
from procedures.definition import Procedure, Stage, Transition
from procedures.kinds import KINDS, Known, Settlement, State
from procedures.kinds.registry import Ballot, Question, Score, amount, pots_of, whole
from procedures.kinds.settlement import budget_table
from procedures.models import Case
from procedures.published import definition_of
from procedures.rows import OpinionRow, Rows, VoteRow, ended_for_the_office, rows_of
from procedures.waits import OWNER

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
    """One case in one transaction as it stands now; whoever has changed it looks again (`look`)."""

    def __init__(self, case: Case, link: Mapping[str, str] | None = None) -> None:
        self.case = case
        self.link = link or {}
        """What the address that the case was opened from says: answers to begin with."""
        self.now: datetime = timezone.now()

    def look(self) -> "Look":
        """What there is to see of the case in the stage where it stands now."""
        return Look(self)

    @property
    def procedure(self) -> Procedure:
        return definition_of(self.case.revision)

    @property
    def today(self) -> "date":
        return day_of(self.now.astimezone(CITY_TIME))

    @property
    def stage(self) -> Stage:
        return self.drawing(self.procedure.stage_by_key[self.case.stage])

    def drawing(self, stage: Stage) -> Stage:
        """The stage with the pots that this case draws on there: those of its intake, or its own.

        A stage that grants nothing of any pot stays as it is.
        """
        if not KINDS[stage.kind].draws_on_pots or not pots_of(stage) or self._drawn is None:
            return stage
        rows = [{"id": code, "pot": code} for code in self._drawn.codes]
        told = {**stage.parameters, "pots": rows, "year": self._drawn.year}
        return replace(stage, parameters=told)

    @cached_property
    def _drawn(self) -> registry.Drawn | None:
        intake = registry.intake_of(self.case.intake)
        return None if intake is None else intake.pots(self.case)

    @property
    def kind(self) -> kinds.StageKind:
        return KINDS[self.stage.kind]

    @property
    def next_number(self) -> int:
        """The number of the event that is being written."""
        return self.case.version + 1

    @property
    def subject(self) -> Subject:
        """The case as the ledgers of pots know it."""
        return Subject(OWNER, self.case.pk, self.case.unit_id)

    def budget_year(self, stage: Stage) -> int:
        """The year whose pots the stage draws on."""
        opened = day_of(self.case.opened_at.astimezone(CITY_TIME))
        return whole(stage, "year", opened.year)

    def purpose(self, stage: str, person: UUID | None = None) -> str:
        """What the sheet of the stage's newest round, or of one member in it, is for."""
        number = self.case.entered.get(stage, {}).get("round", 1)
        return f"{stage}/{number}" if person is None else f"{stage}/{number}/{person}"


class Look:
    """One look at a case: rows are read when they are asked for, once, and never again."""

    def __init__(
        self, desk: Desk, rows: Rows | None = None, absences: accounts.Absences | None = None
    ) -> None:
        """`rows` of a case that was read with them, `absences` that were read already."""
        self.desk, self.case = desk, desk.case
        self.procedure, self.stage, self.kind = desk.procedure, desk.stage, desk.kind
        self._rows, self._absences = rows, absences

    @cached_property
    def rows(self) -> Rows:
        return rows_of(self.case) if self._rows is None else self._rows

    @property
    def _votes(self) -> list[VoteRow]:
        """The valid ones of this stage and round."""
        here = (self.case.stage, self.case.round)
        return [one for one in self.rows.votes if one.is_valid and (one.stage, one.round) == here]

    @property
    def questions(self) -> list[OpinionRow]:
        """Those of this stage and round that were not revoked."""
        here = (self.case.stage, self.case.round)
        return [
            one
            for one in self.rows.opinions
            if not one.revoked_at and (one.stage, one.round) == here
        ]

    @cached_property
    def state(self) -> State:
        """What the stage's kind may look at."""
        case, stage, votes = self.case, self.stage, self._votes
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
            questions=tuple(_question(one) for one in self.questions),
            excluded=frozenset(str(who) for _, who in self.rows.exclusions),
            members=tuple(str(one.pk) for one in self.members) if self.kind.has_members else (),
            chairs=None if self.bench is None else tuple(str(one.pk) for one in self.bench.chairs),
            authors=frozenset(str(pk) for pk in case.authors),
            facts=case.facts.get(case.stage, {}),
            deciders=self._deciders if self.kind.looks_back else (),
            requested=self.requested_at(stage),
            left={code: left for code, (_, left) in self._pots.items()},
            granted=self._money.kept,
            invoiced=self._money.invoiced,
            settled=self._money.settled,
            has_waiting_invoices=bool(budget_table(stage)) and is_waiting(OWNER, case.pk),
        )

    @cached_property
    def bench(self) -> seating.Bench | None:
        """The panel that scores here, as it sits now; None where holders of the function do."""
        if not self.kind.has_members:
            return None
        return seating.bench_of(self.case, self.stage.function, self.desk.now)

    @cached_property
    def members(self) -> "list[Person]":
        """Who scores here: the panel's members, or who plays the stage's function today."""
        if self.bench is not None:
            return self.bench.members
        acting = accounts.holders_of(self.stage.function, self.case, self._absences)
        return [one.person for one in acting]

    @cached_property
    def _deciders(self) -> tuple[frozenset[str], ...]:
        """Whose press ended each stage on the office's side, and who voted or scored there."""
        found: list[frozenset[str]] = []
        for event in ended_for_the_office(self.case):
            who = {event.actor_id, event.in_place_of_id}
            who |= {
                vote.person_id
                for vote in self.rows.votes
                if vote.is_valid and vote.stage == event.from_stage
            }
            found.append(frozenset(str(one) for one in who if one is not None))
        return tuple(found)

    @cached_property
    def conflicts(self) -> Mapping[UUID, str]:
        """Who of those that score, or will, is too near to the case, and how that is known."""
        bench = self.bench
        return seating.conflicts(self.case, self.members if bench is None else bench.people)

    @cached_property
    def application(self) -> Mapping[str, Any]:
        """The submitted answers of the application."""
        return forms.submitted_answers(self.case.sheet) if self.case.sheet else {}

    @cached_property
    def sheets(self) -> "list[Sheet]":
        """Every sheet of the case, with its form, revision and person."""
        return list(forms.sheets_of(OWNER, [self.case.pk]))

    def requested_at(self, stage: Stage) -> Decimal | None:
        """The answer to the question that the stage's parameter `requested` names."""
        key = stage.parameters.get("requested")
        given = self.application.get(str(key)) if key else None
        return amount(given) if isinstance(given, str | int) else None

    @cached_property
    def _pots(self) -> dict[str, tuple[str, Decimal]]:
        """Code -> name and what this case could be given, of the stage's pots that there are.

        What the case holds already is counted as left for it: granting anew takes it back first.
        """
        codes = pots_of(self.stage) if self.kind.draws_on_pots else ()
        if not codes or not self.case.is_open:
            return {}
        pots = budget.pots_of_year(codes, self.desk.budget_year(self.stage))
        left = budget.left_in([pot.pk for pot in pots.values()])
        held = budget.held_by(OWNER, self.case.pk)
        free = {pk: one.reserved + one.free for pk, one in held.items()}
        return {
            code: (pot.name, left[pot.pk] + free.get(pot.pk, Decimal(0)))
            for code, pot in pots.items()
        }

    @cached_property
    def _money(self) -> budget.Figures:
        """What the case has, where its money is accounted for; else nothing."""
        if not self.kind.settles_grants or not self.case.is_open:
            return budget.Figures()
        if self.case.is_trial:
            return budget.Figures(granted=self._granted_on_trial)
        return budget.held_together(OWNER, self.case.pk)

    @property
    def _granted_on_trial(self) -> Decimal:
        """What its newest granting stage said; nothing of a trial stands in the ledger."""
        entered = self.case.entered
        granting = [
            stage.key
            for stage in self.procedure.stages
            if KINDS[stage.kind].draws_on_pots and pots_of(stage) and stage.key in entered
        ]
        newest = max(granting, key=lambda key: int(entered[key]["order"]), default="")
        return amount(self.case.facts.get(newest, {}).get("kwota")) or Decimal(0)

    @cached_property
    def surroundings(self) -> filling.Facts:
        """What expressions may know of the world: today, the unit, the tables of the city."""
        rules = routing.rules_of(self.procedure)
        sheet = self.case.sheet
        if sheet is None:
            nothing = forms.Answered(Definition(), {}, self.case.unit_id, rules=rules)
            [facts] = forms.facts_of_many([nothing], today=self.desk.today)
            return facts
        asked = forms.Answered.of(forms.definition_of(sheet.revision), sheet)
        answered = replace(asked, answers=self.application, rules=rules)
        [facts] = forms.facts_of_many([answered])
        return facts

    @cached_property
    def _names(self) -> routing.Names:
        """Every name that a condition of the procedure may use, with its value now."""
        return self._names_with(self.case.facts)

    def _names_with(self, facts: Mapping[str, Any]) -> routing.Names:
        case = self.case
        application = None
        if case.sheet is not None:
            definition = forms.definition_of(case.sheet.revision)
            application = routing.Filled(definition, self.application)
        return routing.names_of(
            self.procedure,
            application=application,
            officers=self._officers(),
            facts=facts,
            case={"runda": Decimal(case.round), "jednostka": case.unit_name or None},
            surroundings=self.surroundings,
        )

    def names(self) -> routing.Names:
        return self._names

    def _officers(self) -> dict[str, routing.Filled]:
        """Stage -> the newest submitted answers to its form."""
        sheets: dict[str, Sheet] = {}
        for sheet in self.sheets:
            stage = sheet.purpose.split("/")[0]
            if stage in self.procedure.stage_by_key and sheet.purpose == self.desk.purpose(stage):
                sheets[stage] = sheet
        versions = forms.newest_versions([sheet.pk for sheet in sheets.values()])
        return {
            stage: routing.Filled(
                forms.definition_of(versions[sheet.pk].revision), versions[sheet.pk].answers
            )
            for stage, sheet in sheets.items()
            if sheet.pk in versions
        }

    def way_on(self, outcome: str) -> Transition | None:
        """The way that the case takes on the outcome; the world is asked only for conditions."""
        ways = self.procedure.ways_from(self.stage.key, outcome)
        if not any(way.condition for way in ways):
            return ways[0] if ways else None
        return routing.way_on(
            self.procedure, self.stage.key, outcome, self.names, self.surroundings
        )

    def way_after(self, settlement: Settlement) -> Transition | None:
        """The way that the case would take, were that written down."""
        stage = self.stage.key
        facts = {**self.case.facts.get(stage, {}), **settlement.facts}
        return routing.way_on(
            self.procedure,
            stage,
            settlement.outcome,
            lambda: self._names_with({**self.case.facts, stage: facts}),
            self.surroundings,
        )

    def ways_told_by_the_press(self, outcome: str) -> tuple[Transition, ...]:
        """The ways of which only the press tells which one it will be; none where it is known."""
        if not routing.is_told_by_the_press(self.procedure, self.stage, outcome):
            return ()
        return self.procedure.ways_from(self.stage.key, outcome)

    def button_on(self, outcome: str) -> tuple[Transition, str] | None:
        """What to press for the outcome, and what to write on it; None: nothing leaves on it."""
        ways = self.procedure.ways_from(self.stage.key, outcome)
        if not any(way.condition for way in ways):
            return (ways[0], ways[0].label) if ways else None
        return routing.button_on(self.procedure, self.stage, outcome, self.names, self.surroundings)

    def known(self, asked: tuple[str, ...] = ()) -> Known:
        """What the questions of a press may offer to choose from; `asked`: the presser's own."""
        sections: tuple[tuple[str, str], ...] = ()
        if self.case.sheet is not None:
            definition = forms.definition_of(self.case.sheet.revision)
            sections = tuple((one.key, one.title) for one in definition.sections)
        names = {str(one.person_id or one.unit_id): one.whom for one in self.questions}
        left, money = self._pots.items(), self._money
        pots = {code: f"Pula „{name}”: zostało {format_money(one)}." for code, (name, one) in left}
        return Known(sections, self.state.questions, names, asked, pots, money.kept, money.settled)

    def value(self, expression: str) -> expressions.Value:
        """The value of an expression of the procedure."""
        return expressions.evaluate(routing.parsed(expression), self._names, self.surroundings)


def key_of(pk: UUID) -> str:
    """An id as a key of a form: forms' keys begin with a letter."""
    return f"p{pk.hex}"


def id_of(key: str) -> UUID:
    return UUID(key.removeprefix("p"))


def _question(row: OpinionRow) -> Question:
    verdicts: dict[str, Literal["yes", "no"]] = {"yes": "yes", "no": "no"}
    return Question(
        key=key_of(row.id),
        whom=str(row.person_id or row.unit_id),
        is_unit=row.unit_id is not None,
        verdict=verdicts.get(row.verdict, ""),
    )
