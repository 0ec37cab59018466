"""Scenarios of a call, and the recommendation that books all of one or nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from audit import models as audit
from budget.errors import PotOverdrawn
from budget.models import Entry
from budget.selectors import figures_of
from budget.services import change_amount
from modules.applications import services
from modules.applications.deeds import Deed
from modules.applications.errors import (
    NobodyOverLine,
    PotNotOfCall,
    RankingUnseen,
    RecommendationEnded,
    RecommendationStands,
    ScenarioDiscarded,
    ScenarioNameTaken,
    TieAtLine,
    TotalTooLarge,
)
from modules.applications.models import Recommendation, Scenario, ScenarioEdition
from modules.applications.permissions import Permission, verbs_on_call
from modules.applications.selectors import played, scenarios_of
from opium.permissions import SYSTEM, MissingPermission
from procedures.permissions import Permission as Procedures
from ranking.errors import ChangesFaulty, RulesFaulty
from tests.factories import applications as made
from tests.factories import budget, procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db

RULES = {
    "order": [{"by": "kwota"}],
    "amount": {"way": "asked", "by": "kwota"},
    "asked": "kwota",
    "pots": [{"code": made.POT}],
}


@pytest.fixture
def divider():
    return person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)


@pytest.fixture
def call():
    UnitFactory()
    return made.published()


@pytest.fixture
def applications(call):
    """Asking for 3,000, 2,000 and 1,000."""
    return [handed_in(call, amount) for amount in ("3000", "2000", "1000")]


def handed_in(call, amount):
    unit = UnitFactory()
    return made.handed_in(call, procedures.head_of(unit), unit, tytul=f"Za {amount}", kwota=amount)


def scenario(call, actor=SYSTEM, name="Zasadniczy", **fields):
    return services.draft_scenario(actor=actor, call=call, name=name, rules={**RULES, **fields})


def pot_of(call):
    return budget.in_city(made.POT, year=call.year)


def cut_down(call, amount):
    """The pot has only so much from now on."""
    change_amount(actor=SYSTEM, pot=pot_of(call), amount=Decimal(amount), reason="Mniej")


def figures(call):
    pot = pot_of(call)
    return figures_of([pot.pk])[pot.pk]


def over(actor, call, **fields):
    found = played(actor, call, {**RULES, **fields}, {})
    return [str(row.amount) for row in found.outcome.rows if row.is_over]


def with_money(amount):
    return {"pots": [{"code": made.POT, "amount": amount}]}


def test_what_was_handed_in_is_ranked_and_neither_drafts_nor_what_was_withdrawn(
    call, applications, divider
):
    unit = UnitFactory()
    made.begun(call, procedures.head_of(unit), unit)

    assert [row.sentence for row in played(divider, call, RULES, {}).outcome.rows] == ["", "", ""]
    assert over(divider, call) == ["3000.00", "2000.00", "1000.00"]
    assert over(divider, call, **with_money("5500.00")) == [
        "3000.00",
        "2000.00",
    ]


def test_a_pot_that_says_no_amount_has_what_is_left_in_the_budget(call, applications, divider):
    found = played(divider, call, RULES, {}).outcome

    assert found.pots[made.POT].amount == figures(call).left == Decimal("100000.00")


@pytest.mark.parametrize("amount", [{}, {"amount": "1000.00"}])
def test_only_the_pots_that_the_published_call_names_can_be_divided(
    call, applications, divider, amount
):
    budget.in_city("fundusz", year=call.year)
    pots = [{"code": made.POT}, {"code": "fundusz", **amount}]
    with pytest.raises(PotNotOfCall, match="nie korzysta z puli „fundusz”"):
        services.draft_scenario(
            actor=divider, call=call, name="Cudzy", rules={**RULES, "pots": pots}
        )

    said = made.rules(made.window(pots=[made.POT, "fundusz"]))
    wider = services.change_call(actor=SYSTEM, call=call, content={"rules": said})
    with pytest.raises(PotNotOfCall):
        played(divider, wider, {**RULES, "pots": pots}, {})
    wider = services.publish_call(actor=made.clerk(), call=wider)
    kept = services.draft_scenario(
        actor=divider, call=wider, name="Wspólny", rules={**RULES, "pots": pots[1:]}
    )

    services.change_call(actor=SYSTEM, call=wider, content={"rules": made.rules()})
    services.publish_call(actor=made.clerk(), call=wider)
    with pytest.raises(PotNotOfCall):
        services.recommend_scenario(actor=SYSTEM, scenario=Scenario.objects.get(pk=kept.pk))
    assert not Entry.objects.filter(kind="reserved").exists()


@pytest.mark.parametrize("pot", ["nazwa", {"code": "x\x00y"}, {"code": {"a": 1}}, {"code": []}])
def test_a_pot_without_a_code_that_can_be_read_is_a_fault_of_the_rules(call, applications, pot):
    with pytest.raises(RulesFaulty):
        scenario(call, pots=[{"code": made.POT}, pot])


def test_each_saving_is_an_edition_that_the_database_keeps_as_it_is(call, applications):
    kept = scenario(call)
    services.change_scenario(
        actor=SYSTEM, scenario=kept, content={"rules": {**RULES, "least": "1500"}}
    )
    services.change_scenario(actor=SYSTEM, scenario=kept, content={"name": "Ostrożny"})

    assert Scenario.objects.get().name == "Ostrożny"
    editions = ScenarioEdition.objects.order_by("number")
    assert [one.rules.get("least") for one in editions] == [None, "1500"]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        editions.update(rules={})


def test_rules_and_changes_that_cannot_be_played_are_not_saved(call, applications):
    with pytest.raises(RulesFaulty):
        scenario(call, order=[{"by": "nie_ma"}])
    key = str(applications[2].case_id)
    changes = {"matters": {key: {"amount": "1000.01", "reason": "Więcej"}}}
    with pytest.raises(ChangesFaulty):
        services.draft_scenario(actor=SYSTEM, call=call, name="x", rules=RULES, changes=changes)

    assert Scenario.objects.count() == 0


def test_a_name_is_taken_once_in_a_call_until_it_is_put_away(call):
    first = scenario(call)
    with pytest.raises(ScenarioNameTaken):
        scenario(call)

    services.discard_scenario(actor=SYSTEM, scenario=first)
    again = scenario(call)
    assert [one.pk for one in scenarios_of(SYSTEM, call)] == [again.pk]
    with pytest.raises(ScenarioDiscarded):
        services.change_scenario(actor=SYSTEM, scenario=first, content={"name": "y"})
    with pytest.raises(ScenarioDiscarded):
        services.recommend_scenario(actor=SYSTEM, scenario=first)


def test_a_recommendation_reserves_for_each_application_what_the_scenario_gives(call, applications):
    made_of = scenario(call, **with_money("5500.00"))
    found = services.recommend_scenario(actor=SYSTEM, scenario=made_of)

    booked = Entry.objects.filter(kind="reserved").order_by("-amount")
    assert [(one.owner_id, str(one.amount), one.unit_id) for one in booked] == [
        (one.case_id, amount, one.unit_id)
        for one, amount in zip(applications, ("3000.00", "2000.00"), strict=False)
    ]
    assert (str(found.total), len(found.over), len(found.rows)) == ("5000.00", 2, 3)
    assert figures(call).left == Decimal("95000.00")
    with pytest.raises(RecommendationStands):
        services.recommend_scenario(actor=SYSTEM, scenario=made_of)


def test_where_one_reservation_is_refused_nothing_is_recommended(call, applications):
    greedy = scenario(call, **with_money("6000.00"))
    cut_down(call, "5500.00")

    with pytest.raises(PotOverdrawn):
        services.recommend_scenario(actor=SYSTEM, scenario=greedy)

    assert not Entry.objects.filter(kind="reserved").exists()
    assert not Recommendation.objects.exists()


def test_sent_back_it_gives_back_everything_and_another_can_be_recommended(call, applications):
    first = services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))
    services.send_back_recommendation(actor=SYSTEM, recommendation=first, reason="Za dużo")

    assert (figures(call).reserved, figures(call).left) == (0, Decimal("100000.00"))
    second = services.recommend_scenario(actor=SYSTEM, scenario=scenario(call, name="Inny"))
    assert second.state == "recommended"
    with pytest.raises(RecommendationEnded, match="zwrócona"):
        services.send_back_recommendation(actor=SYSTEM, recommendation=first, reason="x")


def test_awarded_it_grants_exactly_what_was_reserved(call, applications):
    standing = services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))
    services.award_recommendation(
        actor=SYSTEM, recommendation=standing, decision="12/2026", decided_on=date(2026, 11, 30)
    )

    assert (figures(call).reserved, figures(call).granted) == (0, Decimal("6000.00"))
    with pytest.raises(RecommendationEnded, match="przyznana"):
        services.send_back_recommendation(actor=SYSTEM, recommendation=standing, reason="x")


def test_the_calls_own_reservation_can_be_divided_anew_in_another_scenario(
    call, applications, divider
):
    cut_down(call, "6000.00")
    services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))

    assert figures(call).left == 0
    assert played(divider, call, RULES, {}).outcome.pots[made.POT].amount == Decimal("6000.00")


def test_what_was_awarded_is_not_offered_again(call, divider):
    handed_in(call, "100000")
    standing = services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))
    services.award_recommendation(
        actor=SYSTEM, recommendation=standing, decision="12/2026", decided_on=date(2026, 11, 30)
    )

    assert played(divider, call, RULES, {}).outcome.pots[made.POT].amount == 0


def test_a_tie_at_the_line_and_a_line_above_everybody_are_not_recommended(call):
    handed_in(call, "700"), handed_in(call, "700")
    with pytest.raises(TieAtLine, match="Na linii jest remis"):
        services.recommend_scenario(actor=SYSTEM, scenario=scenario(call, **with_money("1000.00")))
    with pytest.raises(NobodyOverLine):
        nobody = scenario(call, name="Nikt", **with_money("0.00"))
        services.recommend_scenario(actor=SYSTEM, scenario=nobody)


def test_a_total_beyond_what_a_recommendation_holds_is_refused_with_both_sums(call):
    for _ in range(11):
        handed_in(call, "1")
    fixed = {"way": "fixed", "amount": "99999999999.99"}
    lavish = services.draft_scenario(
        actor=SYSTEM, call=call, name="x", rules={"order": RULES["order"], "amount": fixed}
    )

    with pytest.raises(TotalTooLarge, match=r"1\s099\s999\s999\s999,89.*999\s999\s999\s999,99"):
        services.recommend_scenario(actor=SYSTEM, scenario=lavish)
    assert not Recommendation.objects.exists()


def test_who_does_not_see_the_whole_ranking_does_not_recommend_it_and_is_told_no_number(
    call, applications
):
    blind = person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS)
    standing = scenario(call)

    assert played(blind, call, RULES, {}).outcome.rows == ()
    with pytest.raises(RankingUnseen) as found:
        services.recommend_scenario(actor=blind, scenario=standing)
    assert "3" not in str(found.value)


def test_without_the_right_nobody_divides(call, applications):
    clerk, standing = made.clerk(), scenario(call)

    assert not scenarios_of(clerk, call).exists()
    for verb in (
        lambda: scenario(call, clerk, "x"),
        lambda: services.change_scenario(actor=clerk, scenario=standing, content={"name": "x"}),
        lambda: services.discard_scenario(actor=clerk, scenario=standing),
        lambda: services.recommend_scenario(actor=clerk, scenario=standing),
    ):
        with pytest.raises(MissingPermission):
            verb()


def test_dividing_is_offered_to_whoever_may_once_the_call_is_out(call, divider):
    draft = made.draft(procedure=call.procedure, title="Szkic")

    assert verbs_on_call(divider, call) == ["divide"]
    assert "divide" in verbs_on_call(SYSTEM, call)
    assert (
        verbs_on_call(divider, draft)
        == verbs_on_call(person_with(Permission.VIEW_CALLS), call)
        == []
    )


def test_the_log_tells_what_was_recommended_and_why_it_came_back(call, applications):
    first = services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))
    services.send_back_recommendation(actor=SYSTEM, recommendation=first, reason="Za dużo")

    told = {one.deed: one.after for one in audit.Entry.objects.filter(target_id=str(first.pk))}
    assert told[Deed.RECOMMEND_SCENARIO]["total"] == "6000.00"
    assert told[Deed.SEND_BACK_RECOMMENDATION]["reason"] == "Za dużo"


def test_a_scenario_costs_as_many_queries_for_many_applications_as_for_one(
    call, divider, django_assert_num_queries
):
    handed_in(call, "100")
    played(divider, call, RULES, {})
    with django_assert_num_queries(QUERIES):
        played(divider, call, RULES, {})
    for amount in ("200", "300", "400"):
        handed_in(call, amount)
    with django_assert_num_queries(QUERIES):
        assert len(played(divider, call, RULES, {}).outcome.rows) == 4


QUERIES = 8


def test_the_api_plays_saves_compares_and_recommends(call, applications, divider, api):
    client = api(divider)
    address = f"/api/v1/applications/calls/{call.pk}"
    fields = client.get(f"{address}/ranking_fields/").json()
    assert {"name": "kwota", "kind": "number", "label": "Kwota"} in fields

    body = {"name": "A", "rules": {**RULES, **with_money("5500.00")}}
    first = client.post(f"{address}/scenarios/", body, format="json").json()
    assert [row["amount"] for row in first["outcome"]["rows"]] == ["3000.00", "2000.00", "0.00"]
    second = client.post(
        f"{address}/scenarios/", {"name": "B", "rules": RULES}, format="json"
    ).json()
    trial = client.post(
        f"/api/v1/applications/scenarios/{first['id']}/trial/", {"rules": RULES}, format="json"
    )
    assert trial.json()["over"] == 3
    found = client.get(
        f"/api/v1/applications/scenarios/{first['id']}/comparison/?with={second['id']}"
    ).json()
    assert (found["gained"], found["lost"], found["gaining"]) == ("1000.00", "0.00", 1)
    assert [one["name"] for one in client.get(f"{address}/scenarios/").json()] == ["A", "B"]

    made_of = client.post(f"/api/v1/applications/scenarios/{first['id']}/recommend/").json()
    back = client.post(
        f"/api/v1/applications/recommendations/{made_of['id']}/send_back/",
        {"reason": "Za dużo"},
        format="json",
    ).json()
    assert (made_of["state"], back["state"]) == ("recommended", "sent_back")
    assert [one["id"] for one in client.get(f"{address}/recommendations/").json()] == [
        made_of["id"]
    ]
