"""What a call asks of an application that is handed in: the second, the limits, the person.

Procedures call these within the step's own transaction (`procedures.registry.Intake`); what they
refuse undoes the step, so that the draft stays as it was.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from modules.applications import models
from modules.applications.errors import CallNotOpen, PersonReached
from modules.applications.models import Application, Call, Recommendation
from modules.applications.models.rules import Limits, Rules
from modules.applications.selectors.counting import (
    HANDED_IN,
    Used,
    overdue_reports,
    used_by_person,
    used_by_units,
)
from modules.applications.selectors.openings import indebted, is_addressed, spent, untimely
from opium.polish import fold
from opium.secrets import digest_in_city
from procedures.registry import Drawn, Intake
from procedures.selectors import panel_of

if TYPE_CHECKING:
    from procedures.models import Case

ELSEWHERE = "Wnioski w tej procedurze składa się w naborach. Otwórz „Wnioski” i wybierz nabór."
KEPT = "Wniosku nie złożono, a szkic jest zachowany."


def hold(call: UUID, owner: object) -> None:
    """Let nobody else count the applications of this owner in this call before this commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(current_schema() || %s), hashtext(%s))",
            [f": call {call}", str(owner)],
        )


def _procedures() -> frozenset[UUID]:
    """Those of every call that was ever published, so that its end opens no other door."""
    real = Call.objects.exclude(state=Call.State.DRAFT).filter(is_test=False)
    return frozenset(real.order_by().values_list("procedure", flat=True))


def _application(case: "Case") -> Application | None:
    whole = Application.objects.select_related("call__edition", "unit__kind", "applicant")
    return whole.filter(case=case.pk).first()


def _rules(call: Call) -> Rules | None:
    return call.edition.said if call.edition is not None else None


def _obstacle(case: "Case", now: datetime) -> str:
    found = _application(case)
    rules = _rules(found.call) if found is not None else None
    if found is None or rules is None:
        return ""
    if found.call.state != Call.State.PUBLISHED:
        return f"Nabór „{found.call.announced_title}” jest zamknięty. {KEPT}"
    if not is_addressed(found.call, found.unit_id, found.applicant):
        whom = "tej jednostki" if found.unit_id is not None else "Twojej jednostki"
        return f"Nabór „{found.call.announced_title}” nie jest już dla {whom}. {KEPT}"
    one = rules.round(found.round)
    kind = found.unit.kind.code if found.unit is not None else None
    sentence = untimely(one, one.closing_for(kind) if one else None, now)
    if not sentence and rules.blocks_overdue:
        owner = found.unit_id or found.applicant_id
        units = [found.unit_id] if found.unit_id is not None else []
        late = overdue_reports(units, found.applicant_id, now)
        sentence = indebted(rules, late.get(owner, 0))
    return f"{sentence} {KEPT}" if sentence else ""


def _submitted(case: "Case", answers: Mapping[str, Any], now: datetime) -> None:
    """A correction counts already, unless it makes the application about somebody else."""
    found = _application(case)
    rules = _rules(found.call) if found is not None else None
    if found is None or rules is None:
        return
    is_first, before = case.stage_kind == "submission", found.person_digest
    if is_first:
        hold(found.call_id, found.unit_id or found.applicant_id)
        _require_within_limit(found, rules.limits)
        found.submitted_at = now
    found.person_digest = person_of(rules.limits, answers)
    if is_first or found.person_digest != before:
        _require_person_free(found, rules.limits.per_person)
    found.save(update_fields=["person_digest", "submitted_at", "updated_at"])


def _obstacle_to_return(case: "Case") -> str:
    """What was withdrawn comes back as one would begin it: drafts count too."""
    found = _application(case)
    rules = _rules(found.call) if found is not None else None
    if found is None or rules is None or case.meaning != "withdrawn":
        return ""
    hold(found.call_id, found.unit_id or found.applicant_id)
    if sentence := spent(*_limit_and_used(found, rules.limits)):
        return sentence
    limit = rules.limits.per_person
    if limit is None or not found.person_digest:
        return ""
    hold(found.call_id, found.person_digest)
    reached = _of_same_person(found) >= limit
    return f"Dla tej samej osoby złożono już inny wniosek (limit: {limit})." if reached else ""


def _limit_and_used(found: Application, limits: Limits) -> tuple[int | None, Used]:
    if found.unit is not None:
        limit = limits.of_unit(found.unit.pk, found.unit.kind.code)
        used = used_by_units([found.call_id], [found.unit.pk])
    else:
        limit = limits.per_unit
        used = used_by_person([found.call_id], found.applicant_id)
    return limit, used[found.call_id, found.unit_id or found.applicant_id]


def _require_within_limit(found: Application, limits: Limits) -> None:
    """What is being handed in still counts as a draft: its case has not left the first stage."""
    limit, used = _limit_and_used(found, limits)
    done = used.handed_in
    if limit is not None and done >= limit:
        sentence = f"Wykorzystano już cały limit złożonych wniosków ({done} z {limit}). {KEPT}"
        raise CallNotOpen(sentence=sentence)


def _require_person_free(found: Application, limit: int | None) -> None:
    if limit is None or not found.person_digest:
        return
    hold(found.call_id, found.person_digest)
    if _of_same_person(found) >= limit:
        raise PersonReached(limit=limit)


def _of_same_person(found: Application) -> int:
    """How many others of the call are about the same person."""
    same = Application.objects.filter(
        HANDED_IN, call=found.call_id, person_digest=found.person_digest
    )
    return same.exclude(pk=found.pk).count()


def person_of(limits: Limits, answers: Mapping[str, Any]) -> str:
    """The digest of whom the answers name; "" where one of the questions is not answered.

    Letters, digits and their order count; case, diacritics, spaces and dashes do not.
    """
    said = [
        re.sub(r"[\W_]+", "", fold(str(answers.get(one) or ""))) for one in limits.person_questions
    ]
    if not said or not all(said):
        return ""
    return digest_in_city("applications.person", "\n".join(said))


def _pots(case: "Case") -> Drawn | None:
    """Those of its round, as the call says now; of a round that is no more, none at all."""
    found = _application(case)
    rules = _rules(found.call) if found is not None else None
    if found is None or rules is None:
        return None
    one = rules.round(found.round)
    return Drawn(found.call.year, one.pots if one is not None else ())


def _obstacle_to_reopen(case: "Case") -> str:
    """A division stands on the scores as long as it has not been sent back."""
    found = _application(case)
    if found is None:
        return ""
    standing = Recommendation.objects.filter(call=found.call_id)
    rows = standing.exclude(state=Recommendation.State.SENT_BACK).values_list("rows", flat=True)
    if not any(row["case"] == str(case.pk) for ranked in rows for row in ranked):
        return ""
    return (
        "Oceny nie można otworzyć ponownie: wniosek jest już w rekomendacji podziału środków. "
        "Najpierw zwróć rekomendację."
    )


def _panel(case: "Case", function: str) -> UUID | None:
    """The panel of the committee whose application it is, where the rules that hold name one."""
    found = Application.objects.select_related("call__edition").filter(case=case.pk).first()
    rules = _rules(found.call) if found is not None else None
    if found is None or rules is None:
        return None
    key = next((one.key for one in rules.committees if one.covers(function, found.round)), None)
    return None if key is None else panel_of((models.INTAKE, found.call_id), key)


INTAKE = Intake(
    panel=_panel,
    procedures=_procedures,
    sentence=ELSEWHERE,
    obstacle=_obstacle,
    submitted=_submitted,
    obstacle_to_return=_obstacle_to_return,
    obstacle_to_reopen=_obstacle_to_reopen,
    pots=_pots,
)
