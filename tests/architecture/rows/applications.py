from types import SimpleNamespace
from typing import Any

from tests.architecture.rows import Row, about
from tests.architecture.secret import SECRET
from tests.factories import applications as made
from tests.factories import procedures


def furnish(here: SimpleNamespace) -> dict[str, Any]:
    procedure = procedures.published(name=f"Nabór {SECRET}")
    said = made.rules(audience={"units": [str(here.unit.pk)]})
    call = made.published(procedure, said, title=SECRET)
    application = made.begun(call, here.head, here.unit, title=SECRET)
    draft = made.draft(here.admin, procedure, said, title=SECRET)
    return {"call": call, "application": application, "draft_call": draft}


ROWS = {
    "applications/calls/": Row(
        body=lambda here: {"procedure": str(here.procedure.pk), "title": "Nowy", "year": 2030}
    ),
    "applications/calls/{pk}/": about("draft_call", body=lambda _: {"title": "Inny"}),
    "applications/calls/{pk}/close/": about("call"),
    "applications/calls/{pk}/copy/": about("call"),
    "applications/calls/{pk}/editions/": about("call"),
    "applications/calls/{pk}/figures/": about("call"),
    "applications/calls/{pk}/publish/": about("draft_call"),
    "applications/calls/{pk}/settle/": about("call"),
    "applications/calls/{call_id}/applications/": about("call", parameter="call_id"),
    "applications/calls/{call_id}/applications/export/": about("call", parameter="call_id"),
    "applications/openings/": Row(by="head"),
    "applications/scoring/": Row(is_shared=True),
    "applications/own/": Row(
        by="head", body=lambda here: {"call": str(here.call.pk), "unit": str(here.unit.pk)}
    ),
}
