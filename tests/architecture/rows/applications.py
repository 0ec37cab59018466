from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from modules.applications.models import INTAKE, Award, Paper, PaymentList, Recommendation
from procedures.models import Panel
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
    said = {"order": [{"by": "kwota"}], "amount": {"way": "asked", "by": "kwota"}}
    here.scenario_said = said
    scenario, standing = (
        made.services.draft_scenario(actor=here.admin, call=call, name=name, rules=said)
        for name in (SECRET, f"Drugi {SECRET}")
    )
    recommendation = Recommendation.objects.create(
        call=call, edition=standing.edition, rows=[], total=0, made_at=timezone.now()
    )
    committee = Panel.objects.create(
        owner_kind=INTAKE,
        owner_id=call.pk,
        key="komisja",
        name=SECRET,
        function="komisja",
        kind_id=procedure.pk,
    )
    here.matter = {"case": str(application.case_id), "person": str(here.head.pk)}
    award = Award.objects.create(
        recommendation=recommendation, application=application, recommended=0, amount=0
    )
    paper = Paper.objects.create(
        recommendation=recommendation, kind="recommendation", made_at=timezone.now()
    )
    payment_list = PaymentList.objects.create(
        recommendation=recommendation,
        number=1,
        paid_on=timezone.localdate(),
        payer_name=SECRET,
        payer_account="61109010140000071219812874",
        total=0,
        made_at=timezone.now(),
    )
    return {
        "committee": committee,
        "payment_list": payment_list,
        "award": award,
        "paper": paper,
        "call": call,
        "application": application,
        "draft_call": draft,
        "scenario": scenario,
        "recommendation": recommendation,
    }


ROWS = {
    "applications/calls/": Row(
        body=lambda here: {"procedure": str(here.procedure.pk), "title": "Nowy", "year": 2030}
    ),
    "applications/calls/{pk}/": about("draft_call", body=lambda _: {"title": "Inny"}),
    "applications/calls/{pk}/charts/": about("call"),
    "applications/calls/{pk}/close/": about("call"),
    "applications/calls/{pk}/copy/": about("call"),
    "applications/calls/{pk}/editions/": about("call"),
    "applications/calls/{pk}/figures/": about("call"),
    "applications/calls/{pk}/package/": about("call"),
    "applications/calls/{pk}/publish/": about("draft_call"),
    "applications/calls/{pk}/settle/": about("call"),
    "applications/calls/{pk}/throw_away/": about("call"),
    "applications/calls/{call_id}/applications/": about("call", parameter="call_id"),
    "applications/calls/{call_id}/applications/export/": about("call", parameter="call_id"),
    "applications/calls/{call_id}/ranking_fields/": about("call", parameter="call_id"),
    "applications/calls/{call_id}/recommendations/": about("call", parameter="call_id"),
    "applications/calls/{call_id}/scenarios/": about(
        "call",
        parameter="call_id",
        body=lambda here: {"name": "Nowy", "rules": here.scenario_said},
    ),
    "applications/scenarios/{pk}/": about("scenario", body=lambda _: {"name": "Inny"}),
    "applications/scenarios/{pk}/comparison/": about("scenario"),
    "applications/scenarios/{pk}/recommend/": about("scenario"),
    "applications/scenarios/{pk}/trial/": about(
        "scenario", body=lambda here: {"rules": here.scenario_said}
    ),
    "applications/awards/{award_id}/retry/": about("award", parameter="award_id"),
    "applications/papers/{paper_id}/download/": about("paper", parameter="paper_id"),
    "applications/payment-lists/{pk}/download/": about("payment_list"),
    "applications/payment-lists/{pk}/void/": about(
        "payment_list", body=lambda _: {"reason": "Bank odrzucił"}
    ),
    "applications/recommendations/{pk}/payments/": about(
        "recommendation",
        body=lambda _: {
            "account": "konto",
            "title": "Grant",
            "payer_name": "Gmina",
            "payer_account": "61109010140000071219812874",
            "paid_on": "2026-12-01",
        },
    ),
    "applications/recommendations/{pk}/": about("recommendation"),
    "applications/recommendations/{pk}/approval/": about(
        "recommendation", body=lambda _: {"verdict": "approve"}
    ),
    "applications/recommendations/{pk}/decide/": about(
        "recommendation", body=lambda _: {"decision": "1/2026", "decided_on": "2026-11-30"}
    ),
    "applications/recommendations/{pk}/letters/": about("recommendation"),
    "applications/recommendations/{pk}/papers/": about(
        "recommendation", body=lambda _: {"kind": "recommendation"}
    ),
    "applications/recommendations/{pk}/publish/": about("recommendation"),
    "applications/recommendations/{pk}/award/": about(
        "recommendation", body=lambda _: {"decision": "1/2026", "decided_on": "2026-11-30"}
    ),
    "applications/recommendations/{pk}/send_back/": about(
        "recommendation", body=lambda _: {"reason": "Za dużo"}
    ),
    "applications/committees/": Row(),
    "applications/committees/{committee_id}/": about("committee", parameter="committee_id"),
    "applications/committees/{committee_id}/matters/": about("committee", parameter="committee_id"),
    "applications/committees/{committee_id}/allotments/": about(
        "committee", parameter="committee_id", body=lambda here: here.matter
    ),
    "applications/committees/{committee_id}/withdrawals/": about(
        "committee", parameter="committee_id", body=lambda here: {**here.matter, "reason": "Urlop"}
    ),
    "applications/committees/{committee_id}/evening/": about("committee", parameter="committee_id"),
    "applications/register/": Row(),
    "applications/register/choices/": Row(),
    "applications/register/export/": Row(),
    "applications/register/figures/": Row(),
    "applications/openings/": Row(by="head"),
    "applications/scoring/": Row(is_shared=True),
    "applications/own/": Row(
        by="head", body=lambda here: {"call": str(here.call.pk), "unit": str(here.unit.pk)}
    ),
}
