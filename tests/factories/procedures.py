"""Procedures, their functions and cases, as a city has them."""

from accounts.models import Function, Holder
from procedures.models import Case, Procedure, ProcedureRevision
from procedures.permissions import Permission
from procedures.services import steps
from procedures.waits import OWNER
from tests.factories import forms
from tests.factories.accounts import person_with
from tests.factories.budget import in_city
from tests.factories.directory import MembershipFactory
from todo import selectors as todo

NAMES = {
    "referent": "Referent prowadzący",
    "kierownik": "Kierownik referatu",
    "dyrektor": "Dyrektor wydziału",
    "komisja": "Komisja",
}


def stage(key, kind, function="", **fields):
    return {"key": key, "kind": kind, "name": key.capitalize(), "function": function, **fields}


def way(source, outcome, target, key="", **fields):
    return {
        "key": key or outcome,
        "from": source,
        "to": target,
        "on": outcome,
        "label": fields.pop("label", outcome.capitalize()),
        **fields,
    }


def end(key="koniec", meaning="positive"):
    return stage(key, "closing", parameters={"meaning": meaning})


def document(stages, transitions, **fields):
    functions = {one.get("function") for one in stages} - {"", "applicant", None}
    functions |= set(fields.pop("functions", ()))
    return {
        "format": 1,
        "name": "Grant",
        "noun": "wniosek",
        "applicant": "unit",
        "functions": [{"key": one, "name": NAMES.get(one, one)} for one in sorted(functions)],
        "stages": stages,
        "transitions": transitions,
        **fields,
    }


SIMPLE = (
    [
        stage("nabor", "submission", "applicant"),
        stage("ocena", "formal_check", "referent"),
        stage("poprawa", "correction", "applicant"),
        stage("zgoda", "approval", "kierownik"),
        end(),
        end("odmowa", "negative"),
        end("wycofane", "withdrawn"),
    ],
    [
        way("nabor", "submitted", "ocena"),
        way("nabor", "withdrawn", "wycofane"),
        way("ocena", "complete", "zgoda"),
        way("ocena", "incomplete", "poprawa"),
        way("ocena", "rejected", "odmowa", reason="required"),
        way("poprawa", "corrected", "ocena"),
        way("zgoda", "approved", "koniec"),
        way("zgoda", "returned", "ocena", reason="required"),
    ],
)


def published(stages=SIMPLE[0], transitions=SIMPLE[1], form=None, **fields):
    """A procedure with one revision; its form asks for a title and an amount."""
    asked = form or forms.published()
    for code in pots_named(stages):
        in_city(code)
    definition = document(stages, transitions, form=str(asked.pk), **fields)
    procedure = Procedure.objects.create(name=definition["name"], draft=definition, form=asked)
    revised(procedure, definition)
    return procedure


def pots_named(stages):
    """Codes of every pot that the stages draw on."""
    return [row["pot"] for one in stages for row in one.get("parameters", {}).get("pots", ())]


def from_pots(*codes, **parameters):
    """The parameters of a stage that draws on these pots."""
    rows = [{"id": str(number), "pot": code} for number, code in enumerate(codes, start=1)]
    return {"pots": rows, **parameters}


def revised(procedure, definition, **fields):
    """The next revision of the procedure."""
    number = procedure.revisions.count() + 1
    return ProcedureRevision.objects.create(
        procedure=procedure, number=number, definition=definition, **fields
    )


def holder(code, person, **scope):
    """Let the person play the function, in the whole city by default."""
    function, _ = Function.objects.get_or_create(
        code=code, defaults={"name": NAMES.get(code, code)}
    )
    return Holder.objects.create(function=function, person=person, **scope)


def officer(*functions, **fields):
    """Somebody of the department who acts in cases and sees them, in these functions."""
    person = person_with(Permission.ACT_IN_CASE, Permission.VIEW_CASES, **fields)
    for code in functions:
        holder(code, person)
    return person


def head_of(unit, **fields):
    """A member of the unit who opens and runs its cases."""
    person = person_with(Permission.OPEN_CASE, scope_kind="unit", scope_id=unit.pk, **fields)
    MembershipFactory(person=person, unit=unit)
    return person


def opened(procedure, actor, unit=None, **fields):
    return steps.open_case(
        actor=actor, procedure=procedure, unit_id=unit.pk if unit else None, **fields
    )


def answered(case, **answers):
    """The case with these answers in its application, not submitted."""
    forms.services.save_answers(
        actor=forms.SYSTEM,
        sheet=case.sheet,
        changes=answers,
        draft_version=case.sheet.draft_version,
    )
    return fresh(case)


def submitted(procedure, actor, unit, **answers):
    """A case whose application was submitted with these answers."""
    case = answered(opened(procedure, actor, unit), **{"tytul": "Teatr", **answers})
    steps.perform(actor=actor, case=case, action="submitted")
    return fresh(case)


def perform(case, actor, action, **given):
    """Press the button; gives the case as it stands then."""
    steps.perform(actor=actor, case=case, action=action, **given)
    return fresh(case)


def fresh(case):
    return Case.objects.select_related("sheet", "procedure", "revision").get(pk=case.pk)


def waiting(case):
    """The open rows of those on whom the case waits."""
    return todo.open_rows(OWNER, [case.pk])


def head_of_case(case):
    """Whoever opened the case for its unit."""
    return case.opened_by
