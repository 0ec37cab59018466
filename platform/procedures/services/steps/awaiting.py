"""On whom a case waits, as rows of the city's to-do list."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from forms.registry import SHEET
from opium.calendar import add_days, day_of, take_days
from procedures import registry, seating
from procedures.definition import Deadline
from procedures.desk import key_of
from procedures.kinds import APPLICANT, Wait
from procedures.rows import OpinionRow
from procedures.waits import ACT, APPLY, CORRECT_FORM, GIVE_OPINION, OWNER, SCORE
from todo import services as todo

if TYPE_CHECKING:
    from forms.models import Sheet
    from procedures.desk import Desk
    from procedures.models import Case
    from procedures.seating import Bench


def waits_of(desk: "Desk") -> list[todo.Wait]:
    """Whom the stage's kind wants, with the words, the place and the term of the case."""
    look, veil = desk.look(), seating.veil_over(desk.case, desk.now)
    waits = desk.kind.waits(look.state)
    opinions = {key_of(one.id): one for one in look.questions}
    found: list[todo.Wait] = []
    for one in waits:
        told = _told(desk, one, None if one.function == APPLICANT else veil)
        if one.key:
            found.append(_asked(desk, told, opinions[one.key]))
        elif one.function == APPLICANT:
            found += _of_applicant(desk.case, told)
        elif one.person:
            found.append(_seated(desk, told, look.bench, UUID(one.person)))
        else:
            found.append(_played(desk, told, one, {who for _, who in look.rows.exclusions}))
    return found


def _told(desk: "Desk", wait: Wait, veil: seating.Veil | None) -> todo.Wait:
    """While the applicant is hidden from anybody of the office, no row of the office's names them.

    Whom a row means is known when it is read, so it has to say the same to all of them.
    """
    told = replace(_words(desk.case), what=wait.what)
    if veil is not None:
        told = replace(told, title=veil.nick, details=desk.case.procedure.name)
    return _by(desk.case.due_at, desk.stage.deadline, told)


def _by(due_at: datetime | None, deadline: Deadline | None, told: todo.Wait) -> todo.Wait:
    """The same, until then; with the days on which the stage's deadline reminds and escalates."""
    told = replace(told, due_at=due_at)
    if due_at is None or deadline is None:
        return told
    end = day_of(due_at)
    late = add_days(end, deadline.escalate_after or 0, deadline.counted)
    return replace(
        told,
        remind_on=reminders(deadline, end),
        escalate_on=max(late, end + timedelta(days=1)) if deadline.escalate_to else None,
        escalate_to=deadline.escalate_to,
    )


def reminders(deadline: Deadline, end: date) -> list[date]:
    """The days of the reminders, as the deadline counts days."""
    before = [take_days(end, days, deadline.counted) for days in deadline.remind_before]
    after = [add_days(end, days, deadline.counted) for days in deadline.remind_after]
    return sorted({*before, *after})


def _words(case: "Case") -> todo.Wait:
    return todo.Wait(
        subject=(OWNER, case.pk),
        code=ACT.code,
        what="",
        title=case.title,
        url=registry.url_of(case),
        kind_id=case.procedure_id,
        details=" · ".join(filter(None, (case.sign, case.procedure.name, case.unit_name))),
    )


def _at_once(url: str) -> str:
    """The case's page, which leads whoever has a card of their own to fill in on to it."""
    return f"{url}?fill"


def _played(desk: "Desk", told: todo.Wait, wait: Wait, excluded: Collection[UUID]) -> todo.Wait:
    """Of whoever plays a function, but those excluded from the case, in whatever stage."""
    case = desk.case
    return replace(
        told,
        url=_at_once(told.url) if desk.kind.has_members else told.url,
        function=wait.function,
        unit_id=case.unit_id,
        section_id=case.section_id,
        who=desk.procedure.function_name(wait.function),
        excused=sorted({*(UUID(one) for one in wait.done_by), *excluded}),
        barred_unit_id=case.unit_id if desk.kind.has_members else None,
    )


def _seated(desk: "Desk", told: todo.Wait, bench: "Bench | None", person: UUID) -> todo.Wait:
    """Of a member of a panel: until their seat ends, to the second."""
    case = desk.case
    return replace(
        told,
        url=_at_once(told.url),
        code=SCORE.code,
        person=person,
        unit_id=case.unit_id,
        section_id=case.section_id,
        who=bench.panel.name if bench is not None else "",
        ends_at=bench.ends_at(person) if bench is not None else None,
        barred_unit_id=case.unit_id,
    )


def _asked(desk: "Desk", told: todo.Wait, opinion: OpinionRow) -> todo.Wait:
    told = replace(
        told,
        code=GIVE_OPINION.code,
        part=opinion.id.hex,
        person=opinion.person_id,
        unit_id=opinion.unit_id,
        who=opinion.whom,
    )
    return _by(opinion.due_at, desk.stage.deadline, told)


def _of_applicant(case: "Case", told: todo.Wait) -> Iterator[todo.Wait]:
    """The people of the unit that applies, or the person; nobody where the office itself does."""
    if case.unit_id is not None:
        yield replace(told, code=APPLY.code, unit_id=case.unit_id, who=case.unit_name)
    elif case.applicant is not None:
        who = case.applicant.display_name
        yield replace(told, code=APPLY.code, person=case.applicant.pk, who=who)


def ask_to_correct(case: "Case", sheet: "Sheet") -> None:
    """The applicant's side is waited for until the sheet, open again, is submitted."""
    told = replace(
        _words(case),
        subject=(SHEET, sheet.pk),
        what="Uzupełnij odpowiedzi: zmienił się formularz",
        url=f"/forms/sheets/{sheet.pk}",
    )
    todo.wait(replace(one, code=CORRECT_FORM.code) for one in _of_applicant(case, told))
