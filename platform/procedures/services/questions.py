"""What an applicant asks of the office about a case, and the office of the applicant."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from opium.errors import NotFound
from opium.permissions import Actor
from procedures.definition import APPLICANT
from procedures.kinds import ASKED
from procedures.models import Case, Event
from procedures.published import definition_of
from procedures.registry import url_of
from procedures.seating import veil_over
from procedures.selectors.case_list import sided_case_visible_to
from procedures.selectors.questions import excluded_from, functions_of_office, standing_in
from procedures.waits import QUESTION_TO_APPLICANT, QUESTION_TO_OFFICE
from threads import registry
from threads.registry import Matter, Side, Standing
from todo.services import Wait


def _standing(actor: Actor, case_id: UUID) -> Standing | None:
    case = sided_case_visible_to(actor, case_id)
    return standing_in(actor, case) if case is not None else None


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
    """To whoever has the case now, or had it last; else to whom it comes first.

    Nobody who is excluded from the case, or may not know whose it is, is told that it is asked
    about.
    """
    functions = functions_of_office(case)
    procedure = definition_of(case.revision)
    here = procedure.stage_by_key[case.stage].function
    events = Event.objects.filter(case=case).exclude(part__in=["", APPLICANT, ASKED])
    before = list(events.order_by("-number").values_list("part", flat=True)[:20])
    veil = veil_over(case)
    kept_out = excluded_from([case.pk])[case.pk] | (veil.people if veil else frozenset())
    whose = next((one for one in [here, *before, *functions] if one in functions), "")
    return replace(
        told,
        function=whose,
        who=procedure.function_name(whose),
        excused=sorted(kept_out),
    )


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
