"""A case of a call draws on the pots of its round, whatever pots its procedure names."""

from decimal import Decimal

import pytest
from django.utils import timezone

from budget.selectors import figures_of
from modules.applications import services
from modules.applications.errors import CallIncomplete
from opium.permissions import SYSTEM
from procedures.desk import Desk
from procedures.errors import ActionNotAvailable
from procedures.services import steps
from tests.factories import applications as made
from tests.factories import budget, procedures
from tests.factories.directory import UnitFactory
from tests.factories.procedures import end, from_pots, stage, way

pytestmark = pytest.mark.django_db
OWN, YEAR = "pula_procedury", timezone.localdate().year


@pytest.fixture
def granting():
    """A procedure that names a pot of its own."""
    UnitFactory()
    stages = [
        stage("nabor", "submission", "applicant"),
        stage("podzial", "allocation", "kierownik", parameters=from_pots(OWN, requested="kwota")),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "koniec"),
        way("podzial", "none", "odmowa"),
    ]
    return procedures.published(stages, ways)


def handed_in(call, amount="3000"):
    unit = UnitFactory()
    return made.handed_in(call, procedures.head_of(unit), unit, kwota=amount)


def allocated(application, **data):
    return procedures.perform(
        procedures.fresh(application.case), procedures.officer("kierownik"), "allocated", data=data
    )


def of_pot(code, year=YEAR):
    pot = budget.in_city(code, year=year)
    return figures_of([pot.pk])[pot.pk]


def test_what_is_asked_and_granted_is_booked_on_the_pot_of_the_round_alone(granting):
    call = made.published(granting, made.rules(made.window(pots=[made.POT])))

    application = handed_in(call)
    assert (of_pot(made.POT).asked, of_pot(OWN).asked) == (Decimal("3000.00"), 0)

    allocated(application, kwota="2500.00")
    assert (of_pot(made.POT).granted, of_pot(OWN).granted) == (Decimal("2500.00"), 0)


def test_each_round_has_its_own_pots_and_a_question_for_each_of_several(granting):
    for code in ("jesien", "zapas"):
        budget.in_city(code, amount="2000")
    two = made.window(pots=["jesien", "zapas"])
    application = handed_in(made.published(granting, made.rules(two)))

    look = Desk(procedures.fresh(application.case)).look()
    assert list(look.known().pots) == ["jesien", "zapas"]
    allocated(application, kwota_1="1000.00", kwota_2="500.00")
    assert (of_pot("jesien").granted, of_pot("zapas").granted) == (Decimal(1000), Decimal(500))


def test_the_year_of_the_call_is_the_year_of_the_pots(granting):
    later = YEAR + 1
    call = made.published(granting, made.rules(made.window(days=400)), year=later)

    allocated(handed_in(call), kwota="2500.00")

    assert of_pot(made.POT, later).granted == Decimal("2500.00")
    assert of_pot(made.POT).granted == 0


def test_the_pots_of_the_newest_edition_hold(granting):
    call = made.published(granting)
    application = handed_in(call)
    budget.in_city("nowa")
    said = made.rules({**made.window(), "pots": ["nowa"]})
    services.change_call(actor=SYSTEM, call=call, content={"rules": said})
    services.publish_call(actor=made.clerk(), call=call)

    allocated(application, kwota="2500.00")

    assert (of_pot("nowa").granted, of_pot(made.POT).granted) == (Decimal("2500.00"), 0)


def test_no_more_is_granted_than_the_round_has_though_the_procedures_pot_has_it(granting):
    budget.in_city("uboga", amount="1000")
    call = made.published(granting, made.rules(made.window(pots=["uboga"])))
    application = handed_in(call)

    with pytest.raises(ActionNotAvailable, match=r"zostało 1.000,00.zł"):
        allocated(application, kwota="2500.00")
    assert (of_pot("uboga").granted, of_pot(OWN).granted) == (0, 0)


def test_taking_the_grant_back_gives_it_to_the_pot_of_the_round(granting):
    application = handed_in(made.published(granting))
    officer = procedures.officer("kierownik")
    case = procedures.perform(
        procedures.fresh(application.case), officer, "allocated", data={"kwota": "2500.00"}
    )

    steps.undo(actor=officer, case=case)

    assert (of_pot(made.POT).granted, of_pot(OWN).granted) == (0, 0)


def test_a_call_whose_procedure_grants_money_is_not_published_without_pots(granting):
    with pytest.raises(CallIncomplete) as refusal:
        made.published(granting, made.rules(made.window(pots=[])))

    assert [(one.field, one.detail) for one in refusal.value.errors] == [
        ("rules.rounds.0", "Tura „Tura”: wybierz pule, bo procedura przyznaje z nich środki.")
    ]


def test_the_pots_that_the_procedure_names_need_not_be_there(granting):
    later = YEAR + 1
    call = made.published(granting, made.rules(made.window(days=400)), year=later)

    assert handed_in(call).case.state == "open"
