"""What an applicant asks of the office about a case, and the office of the applicant.

The office's side is whoever may view the case, or plays a function that prepares it. Members of a
committee see a case by their part in it alone, so what is asked about it is not theirs; who is
excluded from the case sees none of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from opium.errors import NotFound
from opium.permissions import Actor, System, may
from procedures.definition import APPLICANT
from procedures.kinds import ASKED, KINDS
from procedures.models import Case, Event
from procedures.permissions import Permission
from procedures.published import definition_of
from procedures.registry import url_of
from procedures.selectors.case_list import sided_case_visible_to
from procedures.standing import standing_of
from procedures.waits import QUESTION_TO_APPLICANT, QUESTION_TO_OFFICE
from threads import registry
from threads.registry import Matter, Side, Standing
from todo.services import Wait


def _standing(actor: Actor, case_id: UUID) -> Standing | None:
    if isinstance(actor, System):
        return None
    case = sided_case_visible_to(actor, case_id)
    if case is None:
        return None
    if case.is_on_applicants_side:
        right = Permission.OPEN_CASE if case.unit_id is not None else Permission.KEEP_OWN_CASES
        return Standing(Side.OUTSIDE, right, may_write=may(actor, right, case))
    stands = standing_of(actor)
    plays = stands is not None and any(True for _ in stands.hats(case, functions_of_office(case)))
    views = may(actor, Permission.VIEW_CASES, case)
    if not case.is_from_office or not (plays or views):
        return None
    writes = plays or may(actor, Permission.ACT_IN_CASE, case)
    right = Permission.ACT_IN_CASE if writes else Permission.VIEW_CASES
    return Standing(Side.OFFICE, right, may_write=writes)


def functions_of_office(case: Case) -> list[str]:
    """Those that prepare the case, in the order of its stages; a committee's are not among them."""
    stages = definition_of(case.revision).stages
    closed = {one.function for one in stages if KINDS[one.kind].has_members} | {"", APPLICANT}
    return list(dict.fromkeys(one.function for one in stages if one.function not in closed))


def _matter(case_id: UUID) -> Matter:
    case = _case(case_id)
    return Matter(
        title=str(case),
        outside=case.unit_name or (case.applicant.display_name if case.applicant else ""),
        closed="" if case.is_open else "Ta sprawa jest zakończona.",
    )


def _waits(thread_id: UUID, case_id: UUID, side: Side) -> Sequence[Wait]:
    case = _case(case_id)
    to_office = side is Side.OFFICE
    told = Wait(
        subject=(registry.THREAD, thread_id),
        code=(QUESTION_TO_OFFICE if to_office else QUESTION_TO_APPLICANT).code,
        what="Odpowiedz na pytanie wnioskodawcy" if to_office else "Odpowiedz na pytanie urzędu",
        title=case.title,
        url=_url(case_id, side),
        details=" · ".join(filter(None, (case.sign, case.procedure.name, case.unit_name))),
        kind_id=case.procedure_id,
        unit_id=case.unit_id,
        section_id=case.section_id,
    )
    return [_to_office(case, told)] if to_office else _to_applicant(case, told)


def _to_office(case: Case, told: Wait) -> Wait:
    """To whoever has the case now, or had it last; else to whom it comes first."""
    functions = functions_of_office(case)
    procedure = definition_of(case.revision)
    here = procedure.stage_by_key[case.stage].function
    events = Event.objects.filter(case=case).exclude(part__in=["", APPLICANT, ASKED])
    before = list(events.order_by("-number").values_list("part", flat=True)[:20])
    whose = next((one for one in [here, *before, *functions] if one in functions), "")
    return replace(told, function=whose, who=procedure.function_name(whose))


def _to_applicant(case: Case, told: Wait) -> Sequence[Wait]:
    if case.unit_id is not None:
        return [replace(told, who=case.unit_name)]
    if case.applicant is None:
        return []
    return [replace(told, person=case.applicant.pk, who=case.applicant.display_name)]


def _url(case_id: UUID, _side: Side) -> str:
    return url_of(_case(case_id))


def _case(case_id: UUID) -> Case:
    found = Case.objects.select_related("revision", "procedure", "applicant")
    case = found.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


QUESTIONS = registry.Subject(
    standing=_standing,
    matter=_matter,
    waits=_waits,
    codes={Side.OFFICE: QUESTION_TO_OFFICE.code, Side.OUTSIDE: QUESTION_TO_APPLICANT.code},
    url=_url,
)
