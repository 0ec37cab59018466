"""A city at work, for what requests cost: units, messages, cases, a form, a log."""

from dataclasses import dataclass
from typing import Any

from accounts import services as accounts
from accounts.models import Function, Holder, Person, Role
from accounts.permissions import Permission as Accounts
from audit.permissions import Permission as Audit
from bench.city import add_clerk, add_units
from forms import services as forms
from modules.directory.permissions import Permission as Directory
from modules.messaging import services as messaging
from modules.messaging.models import Delivery, Message
from modules.messaging.permissions import Permission as Messaging
from opium.permissions import SYSTEM
from procedures.models import Case, Procedure, ProcedureRevision
from procedures.permissions import Permission as Procedures
from procedures.services import steps
from units.models import Membership, Unit

HEAD = (Messaging.ANSWER_MESSAGE, Procedures.OPEN_CASE, Directory.VIEW_UNITS)
CLERK = (
    *(Messaging.SEND_MESSAGE, Messaging.VIEW_MESSAGES, Directory.VIEW_UNITS),
    *(Procedures.ACT_IN_CASE, Procedures.VIEW_CASES),
    *(Audit.VIEW_LOG, Accounts.VIEW_RIGHTS),
)
QUESTIONS = 24


@dataclass(frozen=True, slots=True)
class Office:
    """Who works there, and on what; `case` waits for the clerk, `draft` for the head."""

    clerk: Person
    heads: list[Person]
    message: Message
    delivery: Delivery
    case: Case
    draft: Case


def furnish(*, units: int, messages: int, cases: int, heads: int = 1) -> Office:
    """Every message goes to all the units; the cases are opened by the heads in turns."""
    messaging.change_sending_rules(actor=SYSTEM, undo_seconds=0)  # delivered as it is sent
    places = add_units(units)
    clerk = _clerk()
    role = accounts.add_role(actor=SYSTEM, name="Dyrekcja", permissions=sorted(HEAD))
    working = [head_of(number, unit, role) for number, unit in enumerate(places[:heads])]
    sent = [_sent(clerk, number) for number in range(messages)]
    procedure = procedure_of_office()
    opened = [
        _case(working[number % heads], procedure, places[number % heads], number)
        for number in range(cases)
    ]
    for case in opened[: cases // 2 if heads == 1 else 0]:
        steps.perform(actor=working[0], case=case, action="submitted")
    return Office(
        clerk=clerk,
        heads=working,
        message=sent[-1],
        delivery=Delivery.objects.get(message=sent[-1], unit=places[0]),
        case=opened[0],
        draft=opened[-1],
    )


def _clerk() -> Person:
    clerk = add_clerk("ewa")
    role = accounts.add_role(actor=SYSTEM, name="Wydział", permissions=sorted(CLERK))
    accounts.assign_role(actor=SYSTEM, person=clerk, role=role)
    function = Function.objects.create(code="referent", name="Referent prowadzący")
    Holder.objects.create(function=function, person=clerk)
    return clerk


def head_of(number: int, unit: Unit, role: Role) -> Person:
    person = accounts.add_person(
        actor=SYSTEM, email=f"dyrektor{number}@example.org", first_name="Jan", last_name="Sowa"
    )
    accounts.assign_role(
        actor=SYSTEM, person=person, role=role, scope_kind="unit", scope_id=unit.pk
    )
    Membership.objects.create(person=person, unit=unit)
    return person


def _sent(clerk: Person, number: int) -> Message:
    draft = messaging.write_draft(
        actor=clerk,
        content={
            "subject": f"Ankieta o obiadach {number}",
            "body": "Proszę o odpowiedź do piątku.\n" * 10,
            "audience": {"all_units": True},
            "answer_request": {"wants_text": True},
        },
    )
    message = messaging.send_message(actor=clerk, message=draft)
    messaging.deliver_message(actor=SYSTEM, message=message)
    return message


def procedure_of_office() -> Procedure:
    questions = [
        {"key": f"pytanie_{number}", "type": "short_text", "label": f"Pytanie {number}"}
        for number in range(QUESTIONS)
    ]
    sections = [{"key": "dane", "title": "Dane", "questions": questions}]
    definition: dict[str, Any] = {"format": 1, "title": "Wniosek", "sections": sections}
    form = forms.add_form(actor=SYSTEM, name="Wniosek", definition=definition)
    forms.publish_form(actor=SYSTEM, form=form)
    ways = [
        ("nabor", "submitted", "ocena"),
        ("ocena", "complete", "koniec"),
        ("ocena", "rejected", "koniec"),
    ]
    document = {
        "format": 1,
        "name": "Grant",
        "applicant": "unit",
        "form": str(form.pk),
        "functions": [{"key": "referent", "name": "Referent prowadzący"}],
        "stages": [
            _stage("nabor", "submission", "applicant"),
            _stage("ocena", "formal_check", "referent"),
            _stage("koniec", "closing", "", parameters={"meaning": "positive"}),
        ],
        "transitions": [
            {"key": on, "from": here, "to": there, "on": on, "label": on.capitalize()}
            for here, on, there in ways
        ],
    }
    procedure = Procedure.objects.create(name="Grant", draft=document, form=form)
    ProcedureRevision.objects.create(procedure=procedure, number=1, definition=document)
    return procedure


def _stage(key: str, kind: str, function: str, **fields: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "name": key.capitalize(), "function": function, **fields}


def _case(head: Person, procedure: Procedure, unit: Unit, number: int) -> Case:
    return steps.open_case(
        actor=head, procedure=procedure, unit_id=unit.pk, title=f"Sprawa {number}"
    )
