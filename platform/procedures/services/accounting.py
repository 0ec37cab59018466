"""How the granted money of a case is accounted for: its budget, and who enters or accepts."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from budget import services as budget
from budget.selectors import held_together
from forms import selectors as forms
from invoices.registry import BuyerCheck, Line, Matter, Subject
from opium import identifiers
from opium.errors import NotFound
from procedures.desk import hold
from procedures.kinds.registry import StageLike, amount
from procedures.kinds.settlement import accounting_stage, budget_table
from procedures.models import Case
from procedures.published import definition_of
from procedures.registry import url_of
from procedures.services.questions import QUESTIONS
from procedures.waits import OWNER
from units.selectors import unit_facts

MOST_NAME = 500


def _matter(case_id: UUID) -> Matter:
    whole = Case.objects.select_related("revision", "procedure", "sheet")
    case = whole.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    owner = budget.Subject(OWNER, case.pk, case.unit_id)
    stage = accounting_stage(definition_of(case.revision).stages)
    if stage is None:
        told = "W tej sprawie nie rozlicza się faktur."
        return Matter(title=str(case), url=url_of(case), owner=owner, closed=told)
    said = stage.parameters
    return Matter(
        title=str(case),
        url=url_of(case),
        owner=owner,
        lines=list(_lines(case, stage)),
        tolerance=amount(said.get("tolerance")),
        buyers=_buyers(case, stage),
        buyer_check=cast("BuyerCheck", said.get("buyer_check") or "warn"),
        closed=_closed(case),
    )


def _closed(case: Case) -> str:
    if not case.is_open:
        return "Ta sprawa jest zakończona."
    held = held_together(OWNER, case.pk)
    if held.granted <= held.returned:
        return "Najpierw trzeba przyznać środki."
    return ""


def _lines(case: Case, stage: StageLike) -> Iterator[Line]:
    """The rows of the table, as they were submitted; those without a name or a sum are none."""
    answers: Mapping[str, Any] = forms.submitted_answers(case.sheet) if case.sheet else {}
    rows = answers.get(budget_table(stage))
    item, sum_ = str(stage.parameters.get("budget_item")), stage.parameters.get("budget_amount")
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        name, planned = str(row.get(item) or "").strip(), amount(row.get(str(sum_)))
        if name and planned:
            yield Line(str(row.get("id") or number), name[:MOST_NAME], Decimal(planned))


def _buyers(case: Case, stage: StageLike) -> frozenset[str]:
    said = str(stage.parameters.get("buyers") or "").replace(";", ",").split(",")
    found = {identifiers.compact(one) for one in said}
    if case.unit_id is not None:
        found.add(unit_facts({case.unit_id}).get(case.unit_id, {}).get("nip", ""))
    return frozenset(found - {""})


def _hold(case_id: UUID) -> None:
    hold([case_id])


INVOICES = Subject(standing=QUESTIONS.standing, matter=_matter, hold=_hold)
