"""A step of a case with 1 and with 1,000 events, and the to-do list in a city of 10,000 cases.

Everything happens in a city of its own, schema `bench_procedures`, which is dropped at the end.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Function, Holder, Person
from bench.city import add_clerk, add_units, ask_again, own_city, queries_of, row, seconds
from opium.permissions import SYSTEM
from procedures.models import Case, Event, Procedure, ProcedureRevision
from procedures.permissions import Permission
from procedures.services import steps
from procedures.waits import ACT, OWNER
from todo.models import Waiting
from todo.selectors import todo_of

CITY, HOST = "bench_procedures", "bench-procedures.localhost"
CASES, EVENTS, ROUNDS, PAGE = 10_000, 1_000, 21, 50
TINY = {"CASES": 20, "EVENTS": 3, "ROUNDS": 1}
STEP_LIMIT, LIST_LIMIT = 1.2, 3.0
FUNCTIONS = 10
"""The clerk plays one of so many functions, so a tenth of the city's cases waits for them."""


def rows() -> list[dict[str, Any]]:
    with own_city(CITY, HOST):
        clerk, procedure, unit = _cast()
        return [_steps(clerk, procedure), _todo(clerk, procedure, unit)]


def _cast() -> tuple[UUID, Procedure, UUID]:
    clerk = add_clerk("ewa")
    rights = sorted((Permission.ACT_IN_CASE, Permission.OPEN_CASE, Permission.VIEW_CASES))
    role = accounts.add_role(actor=SYSTEM, name="Prowadzący sprawy", permissions=rights)
    accounts.assign_role(actor=SYSTEM, person=clerk, role=role)
    function = Function.objects.create(code="f0", name="Referent")
    Holder.objects.create(function=function, person=clerk)
    return clerk.pk, _procedure(), add_units(1)[0].pk


def _procedure() -> Procedure:
    """Two stages that pass the case to and fro."""
    stages = [
        {"key": key, "kind": "acceptance", "name": key.upper(), "function": "f0"}
        for key in ("a", "b")
    ]
    ways = [
        {"key": "dalej", "from": here, "to": there, "on": "accepted", "label": "Dalej"}
        for here, there in (("a", "b"), ("b", "a"))
    ]
    document = {
        "format": 1,
        "name": "Próbna",
        "applicant": "office",
        "functions": [{"key": "f0", "name": "Referent"}],
        "stages": stages,
        "transitions": ways,
    }
    procedure = Procedure.objects.create(name="Próbna", draft=document)
    ProcedureRevision.objects.create(procedure=procedure, number=1, definition=document)
    return procedure


def _steps(clerk: UUID, procedure: Procedure) -> dict[str, Any]:
    """The same step on a new case and on one with a thousand events, in turns."""
    person = Person.objects.get(pk=clerk)

    def opened() -> Case:
        return steps.open_case(actor=person, procedure=procedure)

    old = opened()
    _lengthen(old)
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(_step(clerk, old))
        peer.append(_step(clerk, opened()))
    assert Case.objects.get(pk=old.pk).version == EVENTS + ROUNDS + 1
    return row(f"step of a case with {EVENTS} events", ours, peer, "with 1 event", STEP_LIMIT)


def _step(clerk: UUID, case: Case) -> float:
    """With rights read anew, as in a request."""
    actor = Person.objects.get(pk=clerk)
    return seconds(lambda: steps.perform(actor=actor, case=case, action="dalej"))


def _lengthen(case: Case) -> None:
    now = timezone.now()
    Event.objects.bulk_create(
        Event(case=case, number=number, action="dalej", label="Dalej", actor_name="Ewa Lis", at=now)
        for number in range(2, EVENTS + 1)
    )
    Case.objects.filter(pk=case.pk).update(version=EVENTS)


def _todo(clerk: UUID, procedure: Procedure, unit: UUID) -> dict[str, Any]:
    """The first page with its count, rights read anew, against the same SQL sent bare."""
    few = queries_of(lambda: _page(Person.objects.get(pk=clerk)))
    _fill(procedure, unit)
    many = queries_of(lambda: _page(Person.objects.get(pk=clerk)))
    assert len(few) == len(many), (len(few), len(many))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE procedures_case, todo_waiting")
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(seconds(lambda: _page(Person.objects.get(pk=clerk))))
        peer.append(seconds(lambda: ask_again(many)))
    name = f"to-do list, {CASES} cases in the city, {len(many)} queries"
    return row(name, ours, peer, "its own SQL, fetched", LIST_LIMIT)


def _page(person: Person) -> list[Waiting]:
    waiting = todo_of(person)
    waiting.order_by().count()
    return list(waiting[:PAGE])


def _fill(procedure: Procedure, unit: UUID) -> None:
    revision, now = ProcedureRevision.objects.get(procedure=procedure), timezone.now()
    cases = Case.objects.bulk_create(
        [
            Case(
                procedure=procedure,
                revision=revision,
                stage="a",
                stage_kind="acceptance",
                stage_name="A",
                public_name="A",
                unit_id=unit,
                title=f"Sprawa {number}",
                opened_at=now,
                ball_since=now,
                ball_side="office",
            )
            for number in range(CASES)
        ],
        batch_size=1000,
    )
    Waiting.objects.bulk_create(
        [
            Waiting(
                subject_kind=OWNER,
                subject_id=case.pk,
                code=ACT.code,
                function=f"f{number % FUNCTIONS}",
                what="Przyjmij albo odmów",
                title=case.title,
                url=f"/procedures/cases/{case.pk}",
                unit_id=unit,
                kind_id=procedure.pk,
                since=now,
                opened_in=1,
            )
            for number, case in enumerate(cases)
        ],
        batch_size=1000,
    )
