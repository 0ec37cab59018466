from types import SimpleNamespace
from typing import Any

from procedures.models import Exclusion, Tie
from tests.architecture.rows import ALL, SELF, Row, about
from tests.architecture.secret import SECRET
from tests.factories import procedures


def furnish(here: SimpleNamespace) -> dict[str, Any]:
    tie = Tie.objects.create(person=here.admin, other=here.head, name=SECRET)
    left = procedures.opened(here.procedure, here.head, here.unit, title=SECRET)
    conflict = Exclusion.objects.create(
        case=left,
        stage=left.stage,
        person=here.admin,
        reason=SECRET,
        is_declared=True,
        excluded_in=left.version,
    )
    return {"tie": tie, "conflict": conflict}


ROWS = {
    "procedures/ties/": Row(
        serves=SELF,
        own="procedures.declare_ties",
        body=lambda here: {"unit": str(here.unit.pk), "name": "SP 1"},
    ),
    "procedures/ties/{pk}/": about("tie", serves=SELF, own="procedures.declare_ties"),
    "procedures/calendar/{secret}.ics": Row(pk=lambda _: {"secret": "x"}, serves=ALL, by=None),
    "procedures/cases/": Row(
        body=lambda here: {"procedure": str(here.procedure.pk), "unit": str(here.unit.pk)}
    ),
    "procedures/cases/export/": Row(),
    "procedures/cases/{pk}/": about("case"),
    "procedures/cases/{pk}/events/": about("case"),
    "procedures/cases/{pk}/events/{number}/receipt/": Row(
        pk=lambda here: {"pk": here.case.pk, "number": 1}
    ),
    "procedures/cases/{pk}/package/": about("case"),
    "procedures/cases/{pk}/perform/": about("case", body=lambda _: {"action": "withdrawn"}),
    "procedures/cases/{pk}/undo/": about("case"),
    "procedures/cases/{pk}/reopen_scoring/": about("case", body=lambda _: {"reason": "Pomyłka"}),
    "procedures/conflicts/": Row(is_shared=True),
    "procedures/conflicts/{pk}/take_back/": about("conflict", body=lambda _: {"reason": "Pomyłka"}),
    "procedures/cases/{case_id}/letters/": about(
        "case", parameter="case_id", body=lambda here: {"template": str(here.template.pk)}
    ),
    "procedures/cases/{case_id}/letters/preview/": about(
        "case", parameter="case_id", body=lambda here: {"template": str(here.template.pk)}
    ),
    "procedures/classes/": Row(
        body=lambda _: {"unit_symbol": "WES", "symbol": "1", "name": "Nowa"}, is_shared=True
    ),
    "procedures/classes/{pk}/": about("case_class", is_shared=True),
    "procedures/effects/": Row(is_shared=True),
    "procedures/kinds/": Row(is_shared=True),
    "procedures/letter-jobs/{pk}/": about("letter_job"),
    "procedures/letter-jobs/{pk}/download/": about("letter_job"),
    "procedures/letter-templates/": Row(
        body=lambda here: {"key": "nowy", "name": "Nowy", "file": str(here.upload.pk)},
        is_shared=True,
    ),
    "procedures/letter-templates/fields/": Row(is_shared=True),
    "procedures/letter-templates/{pk}/": about("template", is_shared=True),
    "procedures/letter-templates/{pk}/download/": about("template", is_shared=True),
    "procedures/letters/": Row(
        body=lambda here: {"template": str(here.template.pk), "cases": [str(here.case.pk)]}
    ),
    "procedures/letters/{pk}/download/": about("letter"),
    "procedures/letters/{pk}/receipt/": about("letter"),
    "procedures/letters/{pk}/retry/": about("letter"),
    "procedures/procedures/": Row(is_shared=True, body=lambda _: {"name": "Nowa"}),
    "procedures/procedures/beginnings/": Row(is_shared=True),
    "procedures/procedures/import/": Row(body=lambda here: {"file": str(here.upload.pk)}),
    "procedures/procedures/{pk}/": about("procedure", body=lambda _: {"name": "Inna"}),
    "procedures/procedures/{pk}/archive/": about("procedure"),
    "procedures/procedures/{pk}/copy/": about("procedure"),
    "procedures/procedures/{pk}/differences/": about("procedure", body=lambda _: {"older": "1"}),
    "procedures/procedures/{pk}/effects/": about("procedure"),
    "procedures/procedures/{pk}/export/": about("procedure"),
    "procedures/procedures/{pk}/functions/": about("procedure"),
    "procedures/procedures/{pk}/move/": about("procedure"),
    "procedures/procedures/{pk}/publish/": about("procedure"),
    "procedures/procedures/{pk}/revisions/{number}/": Row(
        pk=lambda here: {"pk": here.procedure.pk, "number": 1}
    ),
    "procedures/procedures/{pk}/simulate/": about("procedure"),
    "procedures/procedures/{pk}/start/": about("procedure", is_shared=True),
}
