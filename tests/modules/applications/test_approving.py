"""Who approves a recommendation: functions in their order, each in person or by a substitute."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Assignment, Substitution
from budget.models import Entry
from modules.applications import services
from modules.applications.errors import (
    ApproversUnprepared,
    NotApproved,
    NotInApproval,
    RecommendationEnded,
)
from modules.applications.models import Recommendation
from modules.applications.permissions import Permission
from modules.applications.selectors import recommendation_shown
from notifications.models import Notification
from opium.permissions import SYSTEM, MissingPermission
from procedures.errors import ActionIncomplete, ActionNotAvailable, NotYourPart
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import again, person_with
from tests.factories.directory import UnitFactory
from tests.modules.applications.test_scenarios import figures, handed_in, scenario

pytestmark = pytest.mark.django_db
CHAIN = ["przewodniczacy", "dyrektor", "finanse", "prezydent"]


@pytest.fixture
def chain():
    """Function -> who plays it."""
    return {code: procedures.officer(code, last_name=code.capitalize()) for code in CHAIN}


@pytest.fixture
def divider():
    return person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)


@pytest.fixture
def call(chain):
    UnitFactory()
    found = made.published(said=made.rules(approvers=CHAIN))
    handed_in(found, "3000")
    return found


@pytest.fixture
def standing(call, divider):
    return services.recommend_scenario(actor=divider, scenario=scenario(call))


def says(who, standing, verdict="approve", reason=""):
    return services.approve_recommendation(
        actor=who, recommendation=standing, verdict=verdict, reason=reason
    )


def now(standing):
    return Recommendation.objects.get(pk=standing.pk)


def award(standing):
    return services.award_recommendation(
        actor=SYSTEM, recommendation=standing, decision="12/2026", decided_on=date(2026, 11, 30)
    )


def test_it_is_approved_by_each_function_in_order_and_only_then_decided(chain, standing):
    for code in CHAIN:
        with pytest.raises(NotApproved):
            award(standing)
        says(chain[code], standing)

    assert now(standing).state == "approved"
    assert award(standing).state == "awarded"


def test_nobody_approves_before_their_turn(chain, standing):
    with pytest.raises(ActionNotAvailable, match="Teraz kolej na kogoś innego"):
        says(chain["prezydent"], standing)


def test_sent_back_nothing_approved_below_counts_and_the_money_is_free(chain, standing, divider):
    says(chain["przewodniczacy"], standing)
    says(chain["dyrektor"], standing)
    with pytest.raises(ActionIncomplete):
        says(chain["finanse"], standing, "return")
    assert figures(standing.call).reserved == 3000

    says(chain["finanse"], standing, "return", "Za dużo w paragrafie")

    assert (now(standing).state, now(standing).reason) == ("sent_back", "Za dużo w paragrafie")
    assert figures(standing.call).reserved == 0
    with pytest.raises(NotInApproval):
        says(chain["prezydent"], standing)
    anew = services.recommend_scenario(
        actor=divider, scenario=scenario(standing.call, name="Drugi")
    )
    assert recommendation_shown(divider, anew).approval.waits_for == ["przewodniczacy"]
    with pytest.raises(ActionNotAvailable):
        says(chain["prezydent"], anew)


def test_who_recommends_does_not_approve_though_they_play_the_function(call, chain):
    author = person_with(
        Permission.DIVIDE_MONEY, Procedures.VIEW_CASES, Procedures.ACT_IN_CASE, last_name="Autor"
    )
    procedures.holder("przewodniczacy", author)
    standing = services.recommend_scenario(actor=author, scenario=scenario(call))

    with pytest.raises(ActionNotAvailable, match="Autor nie może zatwierdzać własnej sprawy"):
        says(author, standing)


def test_one_person_approves_once_though_they_play_two_functions(chain, standing):
    procedures.holder("dyrektor", chain["przewodniczacy"])
    says(chain["przewodniczacy"], standing)

    with pytest.raises(ActionNotAvailable, match="Twój głos w tym etapie jest już oddany"):
        says(chain["przewodniczacy"], standing)


def test_a_substitute_approves_in_the_place_of_the_absent_and_the_story_says_so(chain, standing):
    substitute = person_with(Procedures.ACT_IN_CASE, Procedures.VIEW_CASES, last_name="Zastępca")
    with pytest.raises(NotYourPart):
        says(substitute, standing)
    today = timezone.localdate()
    Substitution.objects.create(
        person=chain["przewodniczacy"], substitute=substitute, starts_on=today, ends_on=today
    )

    event = says(again(substitute), standing)

    assert event.in_place_of == chain["przewodniczacy"]
    assert recommendation_shown(chain["dyrektor"], standing).approval.can == ["approve", "return"]


def test_whose_role_ended_a_moment_ago_approves_nothing(chain, standing):
    yesterday = timezone.localdate() - timedelta(days=1)
    held = Assignment.objects.filter(person=chain["przewodniczacy"])
    held.update(valid_to=yesterday)

    with pytest.raises(NotYourPart):
        says(again(chain["przewodniczacy"]), standing)


def test_a_stranger_sees_no_recommendation_and_approves_nothing(standing):
    stranger = person_with(Procedures.ACT_IN_CASE)

    with pytest.raises(NotYourPart):
        says(stranger, standing)


def test_while_it_is_being_approved_who_divides_takes_it_back_with_its_money_once(
    chain, divider, standing
):
    says(chain["przewodniczacy"], standing)
    with pytest.raises(MissingPermission):
        services.send_back_recommendation(
            actor=chain["dyrektor"], recommendation=standing, reason="Nie moja"
        )
    assert "send_back" in recommendation_shown(divider, standing).can
    assert figures(standing.call).reserved == 3000

    services.send_back_recommendation(actor=divider, recommendation=standing, reason="Pomyłka")

    assert (now(standing).state, now(standing).reason) == ("sent_back", "Pomyłka")
    assert figures(standing.call).reserved == 0
    released = Entry.objects.filter(kind="released").values_list("amount", flat=True)
    assert [abs(one) for one in released] == [3000]
    shown = recommendation_shown(divider, now(standing))
    assert (shown.approval.waits_for, shown.approval.can) == ([], [])
    last = shown.approval.steps[-1]
    assert (last.label, last.actor, last.reason) == ("Rekomendację wycofano", divider, "Pomyłka")
    with pytest.raises(NotInApproval):
        says(chain["dyrektor"], standing)
    with pytest.raises(RecommendationEnded):
        services.send_back_recommendation(actor=divider, recommendation=standing, reason="Znów")
    anew = services.recommend_scenario(
        actor=divider, scenario=scenario(standing.call, name="Drugi")
    )
    assert recommendation_shown(divider, anew).approval.waits_for == ["przewodniczacy"]


def test_a_function_that_loses_its_last_holder_keeps_no_money_reserved(chain, divider, standing):
    says(chain["przewodniczacy"], standing)
    chain["dyrektor"].is_active = False
    chain["dyrektor"].save()

    services.send_back_recommendation(actor=divider, recommendation=standing, reason="Wakat")

    assert (now(standing).state, figures(standing.call).reserved) == ("sent_back", 0)


def test_functions_that_have_no_person_each_are_asked_for_no_approval(divider):
    UnitFactory()
    both = procedures.officer("dyrektor", last_name="Obojga")
    procedures.holder("prezydent", both)
    third = procedures.officer("finanse", last_name="Trzecia")
    call = made.published(said=made.rules(approvers=["finanse", "dyrektor", "prezydent"]))
    handed_in(call, "3000")

    with pytest.raises(
        ApproversUnprepared, match="Funkcje „Dyrektor wydziału”, „prezydent” pełni za"
    ):
        services.recommend_scenario(actor=divider, scenario=scenario(call))
    assert (figures(call).reserved, Recommendation.objects.count()) == (0, 0)

    procedures.holder("prezydent", third)
    with pytest.raises(ApproversUnprepared, match=r"Funkcje „[^”]*”, „[^”]*”, „[^”]*” pełni za"):
        services.recommend_scenario(actor=divider, scenario=scenario(call, name="Drugi"))

    procedures.holder("finanse", procedures.officer("inna", last_name="Czwarta"))
    made_of = services.recommend_scenario(actor=divider, scenario=scenario(call, name="Trzeci"))
    assert made_of.state == "recommended"


def test_approved_it_can_still_be_sent_back_before_it_is_decided(chain, divider, standing):
    for code in CHAIN:
        says(chain[code], standing)

    services.send_back_recommendation(actor=divider, recommendation=standing, reason="Na nowo")

    assert figures(standing.call).reserved == 0


def test_without_anybody_to_approve_nothing_is_recommended_nor_reserved(call, chain):
    chain["prezydent"].is_active = False
    chain["prezydent"].save()

    with pytest.raises(ApproversUnprepared, match="prezydent"):
        services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))
    assert (figures(call).reserved, Recommendation.objects.count()) == (0, 0)


def test_its_author_hears_what_came_of_it(chain, divider, standing):
    says(chain["przewodniczacy"], standing, "return", "Brakuje szkół specjalnych")

    told = Notification.objects.get(person=divider, kind="applications.recommendation_settled")
    assert "zwrócona przez: " in told.title
