"""A call with 1,000 applications: the clerk's lists, the committee's, and the list as xlsx.

A list asks as many questions of the database for 1,000 applications as for a few: the ratio is of
their numbers. The export is measured against openpyxl that is told the same values cell by cell,
in processor time. Everything happens in a city of its own, schema `bench_applications`, which is
dropped at the end.
"""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import python_calamine as calamine
from django.utils import timezone

from accounts.models import Person
from bench.city import add_clerk, add_units, own_city, row
from bench.office import procedure_of_office
from bench.serving import Asked, Server, spent
from modules.applications import services
from modules.applications.models import INTAKE, Application, Call
from modules.applications.selectors import applications_of
from opium.permissions import SYSTEM
from procedures.models import Case, Vote
from units.models import Unit

API = "/api/v1/applications/"
CITY, HOST = "bench_applications", "bench-applications.localhost"
MATTERS, FEW, PAGE, ROUNDS = 1_000, 10, 500, 5
TINY = {"MATTERS": 12, "FEW": 3, "PAGE": 4, "ROUNDS": 1}
FASTER_THAN_OPENPYXL = 0.2


def rows() -> list[dict[str, Any]]:
    with own_city(CITY, HOST):
        call, clerk, members = _call(), add_clerk("ewa"), [add_clerk("adam"), add_clerk("iza")]
        server, applications = Server(HOST), f"{API}calls/{call.pk}/applications/"
        lists = {
            "clerk's list": Asked("", clerk, f"{applications}?page_size={PAGE}"),
            "register": Asked("", clerk, f"{API}register/?page_size={PAGE}"),
            "committee's list": Asked("", members[0], f"{API}scoring/"),
        }
        _fill(call, members, 0, FEW)
        few = {name: _queries(server, asked) for name, asked in lists.items()}
        _fill(call, members, FEW, MATTERS)
        found = [
            _counted(f"queries of the {name}, {MATTERS} applications", many, few[name])
            for name, asked in lists.items()
            if (many := _queries(server, asked))
        ]
        return [*found, _export(call)]


def _queries(server: Server, asked: Asked) -> int:
    server.listen(asked)
    return len(asked.queries)


def _counted(name: str, many: int, few: int) -> dict[str, Any]:
    return {
        "name": name,
        "ours_s": many,
        "peer_s": few,
        "ratio": many / few,
        "limit": 1.0,
        "peer": f"the same of {FEW}",
        "unit": "queries",
        "ok": many <= few,
    }


def _export(call: Call) -> dict[str, Any]:
    cases = Case.objects.filter(application__call=call).order_by("-opened_at", "-pk")

    def ours() -> bytes:
        return services.export_applications(actor=SYSTEM, call=call, cases=cases, query={}).read()

    told = calamine.load_workbook(io.BytesIO(ours())).get_sheet_by_index(0).to_python()
    assert len(told) == MATTERS + 1
    taken, peer = [], []
    for _ in range(ROUNDS + 1):
        taken.append(spent(ours))
        peer.append(spent(lambda: _cell_by_cell(call)))
    name = f"CPU of {MATTERS} applications as xlsx"
    compared = "the same SQL, openpyxl cell by cell"
    return row(name, taken, peer, compared, FASTER_THAN_OPENPYXL)


def _cell_by_cell(call: Call) -> bytes:
    """Asked once, written as most people write it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, case in enumerate(applications_of(SYSTEM, call), start=2):
        for column, value in enumerate(_values(case), start=1):
            sheet.cell(row=number, column=column, value=value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _values(case: Case) -> list[Any]:
    """What the columns of the export say."""
    told = case.application  # type: ignore[attr-defined]  # the other end of a module's own key
    moment = told.submitted_at
    return [
        case.sign,
        case.title,
        case.unit_name,
        told.round,
        case.stage_name,
        case.get_state_display(),
        "",
        "",
        None,
        moment.replace(tzinfo=None) if moment else None,
    ]


def _call() -> Call:
    call = services.draft_call(
        actor=SYSTEM, procedure=procedure_of_office(), title="Granty", year=timezone.now().year
    )
    add_units(1)
    window = {
        "key": "tura",
        "name": "Tura",
        "opens_at": (timezone.now() - timedelta(days=1)).isoformat(),
        "closes_at": (timezone.now() + timedelta(days=1)).isoformat(),
        "pots": [],
    }
    rules = {"rounds": [window], "audience": {"all_units": True}}
    call = services.change_call(actor=SYSTEM, call=call, content={"rules": rules})
    return services.publish_call(actor=SYSTEM, call=call)


def _fill(call: Call, members: list[Person], first: int, last: int) -> None:
    """Applications that are being scored, the first half by everybody already."""
    now, [unit] = timezone.now(), Unit.objects.all()[:1]
    cases = [
        Case(
            procedure=call.procedure,
            revision=call.revision,
            stage="ocena",
            stage_kind="scoring",
            stage_name="Ocena",
            public_name="Ocena",
            title=f"Projekt {number}",
            intake=INTAKE,
            unit_id=unit.pk,
            unit_name=unit.short_name,
            opened_at=now,
            ball_since=now,
            ball_side="office",
        )
        for number in range(first, last)
    ]
    Case.objects.bulk_create(cases, batch_size=1_000)
    Application.objects.bulk_create(
        [
            Application(call=call, round="tura", case=case, unit=unit, submitted_at=now)
            for case in cases
        ],
        batch_size=1_000,
    )
    votes = [
        Vote(
            case=case,
            stage="ocena",
            stage_name="Ocena",
            round=1,
            person=who,
            function="komisja",
            verdict="scored",
            verdict_label="ocena",
            points=Decimal(10),
            at=now,
            cast_in=1,
        )
        for case in cases[: len(cases) // 2]
        for who in members
    ]
    Vote.objects.bulk_create(votes, batch_size=1_000)
