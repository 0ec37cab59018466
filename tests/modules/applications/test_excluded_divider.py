"""Who is excluded from one application neither decides it nor sees it, though they divide money."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from modules.applications import services
from modules.applications.models import Award
from modules.applications.permissions import Permission
from opium.permissions import SYSTEM
from procedures.models import Case, Exclusion
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import again, person_with
from tests.factories.directory import UnitFactory
from tests.modules.applications.test_paying import (
    OTHER,
    PAYER,
    RIGHT,
    award,
    call,
    carry,
    handed_in,
    pay,
    recommended,
)
from tests.modules.applications.test_scenarios import scenario

__all__ = ["call"]
pytestmark = pytest.mark.django_db
HOME = "/api/v1/applications/"
TOLD = {"decision": "1", "decided_on": "2026-11-30"}


@pytest.fixture
def divider():
    return person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)


@pytest.fixture
def cases(call):
    """Of 3,000 and of 2,000; the divider is excluded from the first."""
    return [handed_in(call, *one).case for one in (("3000", RIGHT), ("2000", OTHER))]


@pytest.fixture
def browser(api, divider, cases):
    Exclusion.objects.create(
        case=cases[0],
        person=divider,
        reason="Rodzina",
        is_declared=True,
        excluded_in=cases[0].version,
    )
    return api(again(divider))


def is_unseen(answer):
    return (answer.status_code, answer.json()["code"]) == (409, "ranking_unseen")


def test_they_decide_and_publish_nothing(browser, call, cases):
    address = f"{HOME}recommendations/{recommended(call).pk}/"
    for amount in ("9000.00", "10.00"):
        changed = [{"case": str(cases[0].pk), "amount": amount, "reason": "x"}]
        assert is_unseen(browser.post(f"{address}decide/", {**TOLD, "changes": changed}))
    assert is_unseen(browser.post(f"{address}award/", TOLD))
    assert not Award.objects.exists()

    standing = services.decide_recommendation(
        actor=SYSTEM,
        recommendation=call.recommendations.get(),
        decision="1",
        decided_on=date(2026, 11, 30),
    )
    assert is_unseen(browser.post(f"{address}publish/", {}))
    standing.refresh_from_db()
    assert standing.state == "decided"


def test_they_neither_send_it_back_nor_have_a_case_tried_again(browser, call):
    standing = recommended(call)
    address = f"{HOME}recommendations/{standing.pk}/send_back/"
    assert is_unseen(browser.post(address, {"reason": "Na nowo"}))
    award(standing)
    standing.awards.update(state="stuck", sentence="Sprawa stoi gdzie indziej")
    for one in standing.awards.all():
        assert is_unseen(browser.post(f"{HOME}awards/{one.pk}/retry/", {}))
    assert set(standing.awards.values_list("state", flat=True)) == {"stuck"}


def test_they_pay_download_and_withdraw_nothing(browser, call):
    standing = carry(award(recommended(call)))
    asked = {
        "account": "konto",
        "title": "x",
        "payer_name": PAYER.name,
        "payer_account": RIGHT,
        "paid_on": "2026-12-01",
    }
    payments = f"{HOME}recommendations/{standing.pk}/payments/"
    assert is_unseen(browser.post(payments, asked))
    address = f"{HOME}payment-lists/{pay(standing).pk}/"
    assert is_unseen(browser.get(f"{address}download/"))
    assert is_unseen(browser.post(f"{address}void/", {"reason": "x"}))
    paper = services.ask_paper(actor=SYSTEM, recommendation=standing, kind="recommendation")
    assert is_unseen(browser.get(f"{HOME}papers/{paper.pk}/download/"))


def test_no_sum_that_they_read_counts_it(browser, call):
    standing = carry(award(recommended(call)))
    pay(standing)

    [line] = browser.get(f"{HOME}calls/{call.pk}/recommendations/").json()
    shown = browser.get(f"{HOME}recommendations/{standing.pk}/").json()

    assert (line["total"], line["applications"]) == ("2000.00", 1)
    assert (shown["total"], len(shown["rows"])) == ("2000.00", 1)
    assert [(one["total"], one["count"]) for one in shown["payment_lists"]] == [("2000.00", 1)]


def test_why_it_was_not_published_names_nothing_to_them(api, browser, call, cases):
    at = timezone.now() + timedelta(hours=1)
    standing = services.decide_recommendation(
        actor=SYSTEM, recommendation=recommended(call), decision="1", decided_on=date(2026, 11, 30)
    )
    services.publish_decision(actor=SYSTEM, recommendation=standing, at=at)
    Case.objects.filter(pk=cases[0].pk).update(
        state="closed", meaning="withdrawn", closed_at=timezone.now(), ball_side="nobody"
    )
    services.publish_due(recommendation_id=standing.pk, at=at)
    other = person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)
    address = f"{HOME}recommendations/{standing.pk}/"

    assert str(cases[0]) in api(other).get(address).json()["trouble"]
    told = browser.get(address).json()["trouble"]
    assert told.startswith("Decyzji nie udało się ogłosić")
    assert str(cases[0]) not in told


def test_before_it_is_published_the_list_tells_who_approves_nothing_of_the_decision(api, divider):
    UnitFactory()
    boss = person_with(Procedures.ACT_IN_CASE, Permission.VIEW_CALLS)
    procedures.holder("dyrektor", boss)
    call = made.published(said=made.rules(approvers=["dyrektor"]))
    unit = UnitFactory()
    made.handed_in(call, procedures.head_of(unit), unit, kwota="3000")
    standing = services.recommend_scenario(actor=divider, scenario=scenario(call))
    services.approve_recommendation(actor=boss, recommendation=standing, verdict="approve")
    address = f"{HOME}calls/{call.pk}/recommendations/"
    before = api(again(boss)).get(address).json()

    services.decide_recommendation(
        actor=divider, recommendation=standing, decision="TAJNE/1", decided_on=date(2026, 11, 30)
    )
    later = timezone.now() + timedelta(days=3)
    services.publish_decision(actor=divider, recommendation=standing, at=later)

    assert api(again(boss)).get(address).json() == before
    assert (before[0]["state"], before[0]["decision"]) == ("approved", "")
    assert api(again(divider)).get(address).json()[0]["decision"] == "TAJNE/1"
