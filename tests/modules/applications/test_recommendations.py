"""What a recommendation may still book after the cases of it have gone their own ways."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.applications import services
from modules.applications.errors import ApplicationsFellOut, HeldOtherwise, TrialCall
from modules.applications.models import Recommendation
from opium.permissions import SYSTEM
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import budget, procedures
from tests.factories.directory import UnitFactory
from tests.factories.procedures import end, from_pots, stage, way
from tests.modules.applications.test_scenarios import figures, handed_in, scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    UnitFactory()
    return made.published()


@pytest.fixture
def granting_call():
    """The procedure grants money in a stage of its own, before it ends."""
    UnitFactory()
    stages = [
        stage("nabor", "submission", "applicant"),
        stage(
            "podzial", "allocation", "kierownik", parameters=from_pots(made.POT, requested="kwota")
        ),
        stage("zgoda", "approval", "kierownik"),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "zgoda"),
        way("podzial", "none", "odmowa"),
        way("zgoda", "approved", "koniec"),
        way("zgoda", "returned", "podzial", reason="required"),
    ]
    return made.published(procedure=procedures.published(stages, ways))


def recommended(call):
    return services.recommend_scenario(actor=SYSTEM, scenario=scenario(call))


def award(standing):
    return services.award_recommendation(
        actor=SYSTEM, recommendation=standing, decision="12/2026", decided_on=date(2026, 11, 30)
    )


def send_back(standing):
    return services.send_back_recommendation(
        actor=SYSTEM, recommendation=standing, reason="Na nowo"
    )


def act(application, who, action, **told):
    return procedures.perform(procedures.fresh(application.case), who, action, **told)


def name_of(application):
    return rf"\b{application.unit.short_name}\b"


def money(call):
    found = figures(call)
    return found.reserved, found.granted


def test_what_was_granted_in_the_case_is_not_granted_again_by_the_award(granting_call):
    application = handed_in(granting_call, "3000")
    standing = recommended(granting_call)
    act(application, procedures.officer("kierownik"), "allocated", data={"kwota": "3000.00"})

    with pytest.raises(HeldOtherwise, match=name_of(application)):
        award(standing)
    assert money(granting_call) == (0, Decimal("3000.00"))

    send_back(standing)
    assert money(granting_call) == (0, Decimal("3000.00"))
    with pytest.raises(HeldOtherwise, match=name_of(application)):
        services.recommend_scenario(actor=SYSTEM, scenario=scenario(granting_call, name="Drugi"))
    assert money(granting_call) == (0, Decimal("3000.00"))


def test_an_application_that_was_rejected_since_is_not_awarded_and_is_named(call):
    rejected = handed_in(call, "3000")
    other = handed_in(call, "1000")
    standing = recommended(call)
    act(rejected, procedures.officer("referent"), "rejected", reason="Brak podpisu")

    with pytest.raises(ApplicationsFellOut, match=name_of(rejected)) as refusal:
        award(standing)
    assert not re.search(name_of(other), str(refusal.value))
    assert money(call) == (Decimal("1000.00"), 0)
    assert Recommendation.objects.get().state == "recommended"


def test_an_application_that_its_unit_has_taken_back_since_is_not_awarded(call):
    unit = UnitFactory()
    head = procedures.head_of(unit)
    application = made.handed_in(call, head, unit, tytul="Za 3000", kwota="3000")
    standing = recommended(call)
    steps.undo(actor=head, case=procedures.fresh(application.case))
    with pytest.raises(ApplicationsFellOut, match=name_of(application)):
        award(standing)

    act(application, head, "withdrawn")
    with pytest.raises(ApplicationsFellOut, match=name_of(application)):
        award(standing)
    assert money(call) == (0, 0)


def test_sent_back_it_gives_back_what_the_ended_cases_have_not_given_back_already(call):
    rejected = handed_in(call, "3000")
    handed_in(call, "1000")
    standing = recommended(call)
    act(rejected, procedures.officer("referent"), "rejected", reason="Brak podpisu")

    assert send_back(standing).state == "sent_back"
    assert money(call) == (0, 0)
    assert recommended_anew(call).total == Decimal("1000.00")


def recommended_anew(call):
    return services.recommend_scenario(actor=SYSTEM, scenario=scenario(call, name="Bez niego"))


def test_a_trial_call_is_divided_for_trial_alone_and_takes_no_money():
    UnitFactory()
    trial = made.published(is_test=True)
    made.handed_in(trial, SYSTEM, UnitFactory(), tytul="Próba", kwota="3000")
    tried = scenario(trial)

    with pytest.raises(TrialCall, match="jest próbny"):
        services.recommend_scenario(actor=SYSTEM, scenario=tried)
    assert money(trial) == (0, 0)
    assert not Recommendation.objects.exists()


def test_all_pots_are_held_at_once_before_anything_is_booked_in_one_of_them():
    UnitFactory()
    other = budget.in_city("druga")
    shared = made.published(said=made.rules(made.window(pots=[made.POT, "druga"])))
    handed_in(shared, "3000"), handed_in(shared, "1000")
    pots = [{"code": "druga", "amount": "3000.00"}, {"code": made.POT}]
    standing = scenario(shared, pots=pots, one_matter="one_pot")

    with CaptureQueriesContext(connection) as queries:
        services.recommend_scenario(actor=SYSTEM, scenario=standing)

    written = [one["sql"] for one in queries]
    held = [sql for sql in written if "budget_balance" in sql and "FOR UPDATE" in sql]
    booked = next(sql for sql in written if sql.startswith('INSERT INTO "budget_entry"'))
    assert written.index(held[0]) < written.index(booked)
    mine = budget.in_city(made.POT)
    assert (other.pk.hex in held[0], mine.pk.hex in held[0]) == (True, True)
