"""The decision: prepared unseen, published at one moment, carried into each case."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from budget.errors import PotOverdrawn
from budget.models import Entry
from budget.selectors import held_by
from budget.services import change_amount
from modules.applications import services
from modules.applications.errors import (
    ApplicationsFellOut,
    AwardAboveAsked,
    AwardWithoutReason,
    NotInRanking,
    RecommendationEnded,
    RecommendationStands,
)
from modules.applications.models import Award, Recommendation
from modules.applications.selectors import OWNER
from notifications.models import Notification
from opium.permissions import SYSTEM
from outbox.models import Job
from procedures.models import Case
from tests.factories import applications as made
from tests.factories import budget, procedures
from tests.factories.accounts import again
from tests.factories.directory import UnitFactory
from tests.factories.procedures import end, from_pots, stage, way
from tests.modules.applications.test_scenarios import figures, scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure():
    stages = [
        stage("nabor", "submission", "applicant"),
        stage("podzial", "allocation", "kierownik", parameters=from_pots(made.POT)),
        stage("rekomendacja", "recommendation", "kierownik"),
        stage(
            "decyzja",
            "decision",
            "kierownik",
            parameters=from_pots(made.POT, with_amount=True, requested="kwota"),
        ),
        stage("realizacja", "execution", "applicant"),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "rekomendacja"),
        way("podzial", "none", "decyzja"),
        way("rekomendacja", "recommended", "decyzja"),
        way("decyzja", "granted", "realizacja"),
        way("decyzja", "partly", "realizacja"),
        way("decyzja", "refused", "odmowa"),
        way("realizacja", "executed", "koniec"),
    ]
    return procedures.published(stages, ways)


@pytest.fixture
def call(procedure):
    UnitFactory()
    return made.published(procedure)


@pytest.fixture
def cases(call):
    """Asking for 3,000, 2,000 and 1,000; only the first two are over the line of 5,500."""
    return [handed_in(call, amount).case for amount in ("3000", "2000", "1000")]


@pytest.fixture
def standing(call, cases):
    said = scenario(call, pots=[{"code": made.POT, "amount": "5500.00"}])
    return services.recommend_scenario(actor=SYSTEM, scenario=said)


def handed_in(call, amount):
    unit = UnitFactory()
    head = procedures.head_of(unit)
    return made.handed_in(call, head, unit, tytul=f"Za {amount}", kwota=amount)


def decide(standing, *changes, **fields):
    told = {"decision": "12/2026", "decided_on": date(2026, 11, 30), **fields}
    given = [services.Change(case.pk, Decimal(amount), why) for case, amount, why in changes]
    return services.decide_recommendation(
        actor=SYSTEM, recommendation=standing, changes=given, **told
    )


def publish(standing, **fields):
    return services.publish_decision(actor=SYSTEM, recommendation=standing, **fields)


def carry(standing):
    for one in standing.awards.select_related("recommendation__call"):
        services.carry_award(actor=SYSTEM, award=one)


def awards(standing):
    found = standing.awards.order_by("place").values_list("place", "recommended", "amount")
    return [(place, str(recommended), str(amount)) for place, recommended, amount in found]


def held(case):
    [figures_] = held_by(OWNER, case.pk).values()
    return figures_.reserved, figures_.granted


def test_prepared_it_changes_no_case_tells_nobody_and_grants_nothing(standing, cases):
    before = [(one.stage, one.version, one.facts) for one in map(procedures.fresh, cases)]
    jobs, told = Job.objects.count(), Notification.objects.count()

    decide(standing)

    assert [(one.stage, one.version, one.facts) for one in map(procedures.fresh, cases)] == before
    assert (Job.objects.count(), Notification.objects.count()) == (jobs, told)
    assert (figures(standing.call).reserved, figures(standing.call).granted) == (5000, 0)
    assert awards(standing) == [
        (1, "3000.00", "3000.00"),
        (2, "2000.00", "2000.00"),
        (3, "0.00", "0.00"),
    ]


SEEN_BY_THE_UNIT = (
    "/api/v1/applications/own/",
    "/api/v1/applications/openings/",
    "/api/v1/procedures/cases/",
    "/api/v1/procedures/cases/{case}/",
    "/api/v1/procedures/cases/{case}/events/",
    "/api/v1/procedures/cases/{case}/letters/",
    "/api/v1/todo/waiting/",
    "/api/v1/todo/running/",
    "/api/v1/notifications/",
    "/api/v1/applications/calls/",
)


def seen(api, case):
    """All that its head can read of the application, as it stands."""
    browser = api(again(case.opened_by))
    answers = [browser.get(one.format(case=case.pk)) for one in SEEN_BY_THE_UNIT]
    return [(one.status_code, json.dumps(one.json(), sort_keys=True)) for one in answers]


def test_before_it_is_published_nothing_that_the_unit_reads_has_changed(api, standing, cases):
    before = [seen(api, case) for case in cases]
    assert [status for status, _ in before[0]][:3] == [200, 200, 200]

    decide(standing, (cases[0], "2500", "Mniej uczestników"))
    assert [seen(api, case) for case in cases] == before
    publish(standing, at=timezone.now() + timedelta(days=1))
    assert [seen(api, case) for case in cases] == before

    publish(standing)
    carry(standing)
    after = [seen(api, case) for case in cases]
    assert all(now != then for now, then in zip(after, before, strict=True))
    assert "12/2026" in after[0][3][1]


def test_published_everybody_gets_what_was_decided_and_each_case_goes_on(standing, cases):
    publish(decide(standing))
    assert [held(case) for case in cases[:2]] == [(0, Decimal(3000)), (0, Decimal(2000))]

    carry(standing)

    got, also, refused = map(procedures.fresh, cases)
    assert (got.stage, also.stage, refused.stage) == ("realizacja", "realizacja", "odmowa")
    assert got.facts["decyzja"] | {"kwota": "3000.00", "numer": "12/2026"} == got.facts["decyzja"]
    assert refused.facts["decyzja"]["data"] == "2026-11-30"
    assert "3. miejsce na liście" in refused.facts["decyzja"]["uzasadnienie"]
    assert set(standing.awards.values_list("state", flat=True)) == {"carried"}
    assert (figures(standing.call).reserved, figures(standing.call).granted) == (0, 5000)
    versions = [one.version for one in map(procedures.fresh, cases)]
    carry(standing)
    assert [one.version for one in map(procedures.fresh, cases)] == versions


def test_each_case_goes_on_in_a_job_of_its_own_after_the_commit(
    standing, cases, django_capture_on_commit_callbacks
):
    decide(standing)
    publish(standing)

    jobs = Job.objects.filter(task="applications.carry_award")
    assert {one.args[0] for one in jobs} == {str(one.pk) for one in standing.awards.all()}


def ledger(call):
    """All that its pot shows: the entries, and what they come to."""
    pot = budget.in_city(made.POT)
    rows = Entry.objects.filter(pot=pot).order_by("pk").values_list("kind", "owner_id", "amount")
    return list(rows), figures(call)


def test_changed_it_says_why_and_no_entry_of_the_ledger_tells_it_before_it_is_published(
    standing, cases
):
    before = ledger(standing.call)
    with pytest.raises(AwardWithoutReason):
        decide(standing, (cases[0], "2500", " "))
    decide(
        standing,
        (cases[0], "2500", "Mniej uczestników"),
        (cases[1], "0", "Podwójne finansowanie"),
        (cases[2], "1000", "Szkoła specjalna"),
    )

    assert ledger(standing.call) == before
    publish(standing)
    assert [
        [(f.reserved, f.granted) for f in held_by(OWNER, one.pk).values()] for one in cases
    ] == [[(0, 2500)], [(0, 0)], [(0, 1000)]]
    carry(standing)
    assert [one.stage for one in map(procedures.fresh, cases)] == [
        "realizacja",
        "odmowa",
        "realizacja",
    ]
    part = procedures.fresh(cases[0]).facts["decyzja"]
    assert (part["kwota"], part["uzasadnienie"]) == (
        "2500.00",
        "Zarządzenie 12/2026 z 30.11.2026: Mniej uczestników",
    )
    assert figures(standing.call).granted == 3500


def test_prepared_anew_it_replaces_what_was_prepared_to_the_grosz(standing, cases):
    decide(standing, (cases[0], "2999.99", "Mniej"), (cases[2], "1000", "Dodatkowo"))
    decide(standing, (cases[2], "1000", "Dodatkowo"))
    decide(standing, decision="13/2026")

    assert figures(standing.call).reserved == 5000
    assert awards(standing)[0] == (1, "3000.00", "3000.00")
    assert Recommendation.objects.get().decision == "13/2026"


def test_nobody_gets_more_than_they_asked_for_nor_than_the_pot_has(standing, cases):
    with pytest.raises(AwardAboveAsked, match=r"1.500,00.zł jest wyższa niż wnioskowana"):
        decide(standing, (cases[2], "1500", "Hojnie"))
    pot = budget.in_city(made.POT)
    change_amount(actor=SYSTEM, pot=pot, amount=Decimal(5500), reason="Mniej")
    with pytest.raises(PotOverdrawn, match=r"zostało 500,00.zł, a potrzeba 1.000,00.zł"):
        decide(standing, (cases[2], "1000", "Szkoła specjalna"))
    assert Recommendation.objects.get().state == "recommended"
    assert figures(standing.call).reserved == 5000


def test_what_the_pot_lacks_at_the_moment_of_publication_is_said_and_nobody_gets_anything(
    standing, cases
):
    at = timezone.now() + timedelta(hours=2)
    publish(decide(standing, (cases[2], "1000", "Szkoła specjalna")), at=at)
    pot = budget.in_city(made.POT)
    change_amount(actor=SYSTEM, pot=pot, amount=Decimal(5500), reason="Mniej")
    before = ledger(standing.call)

    services.publish_due(recommendation_id=standing.pk, at=at)

    found = Recommendation.objects.get()
    assert (found.state, ledger(standing.call)) == ("decided", before)
    assert "zostało 500,00\u00a0zł, a potrzeba 1\u00a0000,00\u00a0zł" in found.trouble
    with pytest.raises(PotOverdrawn):
        publish(standing)


def test_what_one_is_given_less_can_be_given_to_another_in_a_pot_that_is_all_taken(standing, cases):
    pot = budget.in_city(made.POT)
    change_amount(actor=SYSTEM, pot=pot, amount=Decimal(5000), reason="Ani grosza więcej")

    publish(decide(standing, (cases[0], "2000", "Mniej"), (cases[2], "1000", "Szkoła specjalna")))

    assert [held(case) for case in cases] == [(0, 2000), (0, 2000), (0, 1000)]


def test_who_was_decided_nothing_and_has_withdrawn_since_keeps_nobody_from_publication(
    standing, cases
):
    decide(standing, (cases[1], "0", "Podwójne finansowanie"))
    Case.objects.filter(pk=cases[1].pk).update(
        state="closed", meaning="withdrawn", closed_at=timezone.now(), ball_side="nobody"
    )

    publish(standing)

    assert (figures(standing.call).reserved, figures(standing.call).granted) == (0, 3000)


def test_after_a_decision_is_published_what_was_left_and_what_came_later_is_divided_again(
    call, standing, cases
):
    publish(decide(standing))
    late = [handed_in(call, amount).case for amount in ("900", "400")]

    again_ = services.recommend_scenario(actor=SYSTEM, scenario=scenario(call, name="Druga tura"))

    assert [one["case"] for one in again_.over] == [str(one.pk) for one in late]
    with pytest.raises(RecommendationStands, match="nie ogłoszono jeszcze decyzji"):
        services.recommend_scenario(actor=SYSTEM, scenario=scenario(call, name="Trzecia"))
    publish(decide(again_, (late[1], "300", "Mniej"), decision="14/2026"))
    carry(standing), carry(again_)
    assert [held(case) for case in late] == [(0, 900), (0, 300)]
    assert figures(call).granted == 6200
    assert set(Award.objects.values_list("state", flat=True)) == {"carried"}
    assert set(Recommendation.objects.values_list("state", flat=True)) == {"awarded"}


def test_planned_it_is_published_at_its_moment_and_not_before(standing, cases):
    at = timezone.now() + timedelta(hours=2)
    publish(decide(standing), at=at)
    assert Job.objects.get(task="applications.publish_due").due_at == at
    assert (Recommendation.objects.get().state, figures(standing.call).granted) == ("decided", 0)

    services.publish_due(recommendation_id=standing.pk, at=at)

    assert Recommendation.objects.get().state == "awarded"
    assert figures(standing.call).granted == 5000


def test_what_was_planned_otherwise_since_is_not_published_at_the_old_moment(standing):
    at = timezone.now() + timedelta(hours=2)
    publish(decide(standing), at=at)
    publish(standing, at=at + timedelta(hours=1))

    services.publish_due(recommendation_id=standing.pk, at=at)

    assert Recommendation.objects.get().state == "decided"


def test_what_was_handed_in_after_the_recommendation_is_left_alone_by_the_decision(
    call, standing, cases
):
    late = handed_in(call, "500").case
    with pytest.raises(NotInRanking):
        decide(standing, (late, "500", "Spóźniony"))

    publish(decide(standing))
    carry(standing)

    assert awards(standing) == [
        (1, "3000.00", "3000.00"),
        (2, "2000.00", "2000.00"),
        (3, "0.00", "0.00"),
    ]
    stages = [one.stage for one in map(procedures.fresh, [*cases, late])]
    assert stages == ["realizacja", "realizacja", "odmowa", "podzial"]
    assert procedures.fresh(late).facts == {}


def test_who_was_below_the_line_and_has_withdrawn_since_is_refused_nothing(standing, cases):
    Case.objects.filter(pk=cases[2].pk).update(
        state="closed", meaning="withdrawn", closed_at=timezone.now(), ball_side="nobody"
    )

    decide(standing)

    assert awards(standing) == [(1, "3000.00", "3000.00"), (2, "2000.00", "2000.00")]


def test_what_cannot_be_published_at_its_moment_says_why_and_gives_nobody_anything(standing, cases):
    at = timezone.now() + timedelta(hours=2)
    publish(decide(standing), at=at)
    Case.objects.filter(pk=cases[0].pk).update(
        state="closed", meaning="withdrawn", closed_at=timezone.now(), ball_side="nobody"
    )

    services.publish_due(recommendation_id=standing.pk, at=at)

    found = Recommendation.objects.get()
    assert (found.state, found.publish_at, figures(standing.call).granted) == ("decided", None, 0)
    assert "nie biorą już udziału w podziale" in found.trouble
    with pytest.raises(ApplicationsFellOut):
        publish(standing)


def test_published_it_can_be_neither_changed_nor_published_again_nor_sent_back(standing, cases):
    publish(decide(standing))

    for deed in (
        lambda: decide(standing),
        lambda: publish(standing),
        lambda: services.send_back_recommendation(
            actor=SYSTEM, recommendation=standing, reason="Na nowo"
        ),
    ):
        with pytest.raises(RecommendationEnded):
            deed()


def test_sent_back_after_it_was_prepared_all_its_money_is_free(standing, cases):
    decide(standing, (cases[2], "1000", "Szkoła specjalna"))

    services.send_back_recommendation(actor=SYSTEM, recommendation=standing, reason="Na nowo")

    assert figures(standing.call).reserved == 0


def test_a_case_that_cannot_go_on_says_why_and_keeps_no_other_from_it(standing, cases):
    publish(decide(standing))
    Case.objects.filter(pk=cases[0].pk).update(stage="realizacja", stage_kind="execution")

    carry(standing)

    stuck = standing.awards.get(state="stuck")
    assert stuck.application.case_id == cases[0].pk
    assert "Sprawa stoi w etapie" in stuck.sentence
    assert standing.awards.filter(state="carried").count() == 2
    services.retry_award(actor=SYSTEM, award=stuck)
    assert Award.objects.get(pk=stuck.pk).state == "waiting"


def test_a_round_is_given_nothing_of_the_pot_of_another(procedure):
    UnitFactory()
    for code in ("wiosna", "jesien"):
        budget.in_city(code, amount="3000")
    rounds = [
        made.window("jesien", pots=["jesien"]),
        {
            **made.window("wiosna", pots=["wiosna"]),
            "opens_at": (timezone.now() + timedelta(days=40)).isoformat(),
            "closes_at": (timezone.now() + timedelta(days=60)).isoformat(),
        },
    ]
    call = made.published(procedure, made.rules(*rounds))
    _, other = [handed_in(call, amount).case for amount in ("3000", "2000")]
    said = scenario(call, pots=[{"code": "jesien"}, {"code": "wiosna"}], beyond="skip")

    found = services.recommend_scenario(actor=SYSTEM, scenario=said)

    assert [one["shares"] for one in found.over] == [[["jesien", "3000.00"]]]
    with pytest.raises(PotOverdrawn):
        services.decide_recommendation(
            actor=SYSTEM,
            recommendation=found,
            decision="1",
            decided_on=date(2026, 11, 30),
            changes=[services.Change(other.pk, Decimal(2000), "Z innej tury")],
        )
