"""Beginning an application, anew or from an older one of one's own."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.scopes import Spot
from audit import services as audit
from forms import selectors as forms
from forms.services import save_answers
from modules.applications.deeds import Deed
from modules.applications.errors import CallNotOpen, NotCopyable
from modules.applications.models import INTAKE, Application, Call
from modules.applications.selectors import place_in
from modules.applications.services.intake import hold
from opium.permissions import Actor, System, require
from procedures.permissions import Permission as Procedures
from procedures.selectors import definition_of
from procedures.services import steps

if TYPE_CHECKING:
    from accounts.models import Person
    from procedures.models import Case, ProcedureRevision

NOT_COPIED = frozenset({"file", "statement"})
"""A file is claimed once, and a statement is made anew each time."""


@transaction.atomic
def begin_application(
    *,
    actor: Actor,
    call: Call,
    unit_id: UUID | None = None,
    title: str = "",
    copied_from: Application | None = None,
) -> Application:
    """Open a draft in the call, for the unit or for oneself, where the limit leaves one.

    Of those who begin the last one at once one gets it. With `copied_from` its answers are those of
    that application, but files and statements. Raises `CallNotOpen` with the reason, `NotCopyable`,
    and the refusals of `procedures.services.steps.open_case`.
    """
    require(actor, Procedures.OPEN_CASE, Spot(unit_id=unit_id) if unit_id is not None else None)
    call = Call.objects.select_related("procedure", "edition", "revision").get(pk=call.pk)
    hold(call.pk, unit_id or actor.pk)
    place = place_in(actor, call, unit_id, timezone.now())
    if not place.may:
        raise CallNotOpen(sentence=place.sentence)
    revision = cast("ProcedureRevision", call.revision)
    case = steps.open_case(
        actor=actor,
        procedure=call.procedure,
        unit_id=unit_id,
        title=title,
        taken=steps.Taken(INTAKE, revision, is_trial=call.is_test),
    )
    is_own = definition_of(revision).applicant == "person" and not isinstance(actor, System)
    made = Application.objects.create(
        call=call,
        round=place.round,
        case=case,
        unit_id=case.unit_id,
        applicant=cast("Person", actor) if is_own else None,
        copied_from=copied_from,
    )
    if copied_from is not None:
        _copy(actor, case, copied_from)
    audit.record(
        actor=actor,
        deed=Deed.BEGIN_APPLICATION,
        right=Procedures.OPEN_CASE,
        target=made,
        after={"call": call.pk, "round": made.round, "case": case.pk}
        | ({"copied_from": copied_from.pk} if copied_from is not None else {}),
    )
    return made


def _copy(actor: Actor, case: "Case", older: Application) -> None:
    """The older answers that the new form still asks for in the same way."""
    sheet, before = case.sheet, older.case.sheet
    if sheet is None or before is None or sheet.form_id != before.form_id:
        raise NotCopyable
    known = forms.definition_of(before.revision).by_key
    changes = {
        question.key: before.answers[question.key]
        for question in forms.definition_of(sheet.revision).questions()
        if question.key in before.answers
        and question.key not in sheet.answers
        and question.type == known[question.key].type
        and question.type not in NOT_COPIED
        and not question.compute
    }
    if changes:
        save_answers(actor=actor, sheet=sheet, changes=changes, draft_version=sheet.draft_version)
