"""What a case has come to so far, in words: sums, numbers, days; for its page and its letters."""

from collections.abc import Collection
from dataclasses import dataclass

from forms.filling import spoken
from opium.polish import format_money
from procedures.definition import Procedure, Stage
from procedures.desk import Look
from procedures.kinds import APPLICANT, KINDS
from procedures.kinds.registry import amount
from procedures.models import Case
from procedures.routing import facts_form

SUM = "kwota"
UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a case has come to."""

    code: str
    """`requested` and `granted` for the money of the case; else the fact of the stage."""
    label: str
    value: str
    stage: str = ""
    """The stage that has found it; "" for what was asked for."""


def findings(look: Look, *, is_from_office: bool) -> list[Finding]:
    """What was asked for, what was granted, and what each stage has found, in the order of stages.

    The applicant's side sees what was found by the stages that it is let see and that are over.
    """
    case, procedure = look.case, look.procedure
    over = stages_over(case, procedure)
    shown = [one for one in over if is_from_office or _shows(one)]
    found = [*_requested(look)]
    if is_from_office or tells_the_sum(case, procedure):
        found += _granted(case, procedure)
    for stage in shown:
        found += _of_stage(case, stage)
    return found


def parts_shown(stage: Stage) -> Collection[str]:
    """What of the stage the applicant sees: as the procedure says, else as its kind does."""
    chosen = stage.visible_to.get(APPLICANT)
    return KINDS[stage.kind].shown if chosen is None else chosen


def stages_over(case: Case, procedure: Procedure) -> list[Stage]:
    """The stages that the case has left behind and not gone back over, the first one first."""
    entered = sorted(case.entered.items(), key=lambda one: int(one[1]["order"]))
    return [
        procedure.stage_by_key[key]
        for key, one in entered
        if key in procedure.stage_by_key and not one.get(UNDONE) and key != case.stage
    ]


def sum_granted(case: Case, procedure: Procedure) -> str:
    """The sum that the last granting stage has said, as people write it; "" where there is none."""
    if case.meaning in {Case.Meaning.NEGATIVE, Case.Meaning.WITHDRAWN}:
        return ""
    granting = _granting(case, procedure)
    given = amount(case.facts[granting[-1].key][SUM]) if granting else None
    return format_money(given) if given else ""


def tells_the_sum(case: Case, procedure: Procedure) -> bool:
    """Whether the applicant knows the sum: a stage that shows what it finds has settled it."""
    granting = _granting(case, procedure)
    if not granting:
        return False
    over = stages_over(case, procedure)
    return any(_shows(one) for one in over[over.index(granting[-1]) :])


def _granting(case: Case, procedure: Procedure) -> list[Stage]:
    return [
        one
        for one in stages_over(case, procedure)
        if KINDS[one.kind].draws_on_pots and SUM in case.facts.get(one.key, {})
    ]


def _shows(stage: Stage) -> bool:
    return "facts" in parts_shown(stage)


def _requested(look: Look) -> list[Finding]:
    for stage in look.procedure.stages:
        requested = look.requested_at(stage) if KINDS[stage.kind].draws_on_pots else None
        if requested is not None:
            return [Finding("requested", "Wnioskowana kwota", format_money(requested))]
    return []


def _granted(case: Case, procedure: Procedure) -> list[Finding]:
    told = sum_granted(case, procedure)
    if not told:
        return []
    stage = _granting(case, procedure)[-1].key
    return [Finding("granted", "Przyznana kwota", told, stage)]


def _of_stage(case: Case, stage: Stage) -> list[Finding]:
    """The facts that the kind names for people; the sum of a grant is the case's own."""
    kind, known = KINDS[stage.kind], case.facts.get(stage.key, {})
    asked = {one.key: one for one in facts_form(stage.kind).questions()}
    found = [
        Finding(code, label, spoken(asked[code], known.get(code)), stage.key)
        for code, label in kind.told.items()
    ]
    return [one for one in found if one.value]
